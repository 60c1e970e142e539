/// GGUF files: reading them, and importing them into a directory that the engine loads.
///
/// [GgufFile][dev.memcollab.jlama.gguf.GgufFile] opens a file and checks all that its header
/// claims; [TensorType][dev.memcollab.jlama.gguf.TensorType] decodes blocks of weights;
/// [GgufImport][dev.memcollab.jlama.gguf.GgufImport] writes a directory with Hugging Face's
/// names (`config.json`, `tokenizer.json`, `model.safetensors`) and our own
/// [ModelManifest][dev.memcollab.jlama.gguf.ModelManifest], `memcollab.json`.
///
/// Matrices keep the codes that they have, of 4, 5 or 8 bits, with one scale, and perhaps a shift, for
/// each 32 weights of a row: `RowFormat` says which, `QuantisedRows` makes them. Types that have no such
/// scale are rounded anew. Vectors (norms, biases) stay F32.
///
/// The format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
@NullMarked
package dev.memcollab.jlama.gguf;

import org.jspecify.annotations.NullMarked;
