/// GGUF files: reading them, and importing them into the directory that Jlama loads.
///
/// [GgufFile][dev.memcollab.jlama.gguf.GgufFile] opens a file and checks all that its header
/// claims; [TensorType][dev.memcollab.jlama.gguf.TensorType] decodes blocks of weights;
/// [GgufImport][dev.memcollab.jlama.gguf.GgufImport] writes a directory with Hugging Face's
/// names (`config.json`, `tokenizer.json`, `model.safetensors`) and our own
/// [ModelManifest][dev.memcollab.jlama.gguf.ModelManifest], `memcollab.json`.
///
/// Matrices become Q4: blocks of 32 along a row, value = (q − 8) · scale. Q4_0 is that already and
/// is copied bit by bit; other types are decoded and quantised anew, which loses precision. Vectors
/// (norms, biases) stay F32.
///
/// The format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
@NullMarked
package dev.memcollab.jlama.gguf;

import org.jspecify.annotations.NullMarked;
