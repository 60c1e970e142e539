/// The forward pass of the networks that the models are: llama and qwen2.
///
/// What is computed with the weights is [the kernels'][dev.memcollab.jlama.kernel].
///
/// - [Network][dev.memcollab.jlama.network.Network]: tokens in, hidden states and logits out.
/// - [TextMemory][dev.memcollab.jlama.network.TextMemory]: keys and values of one text.
/// - [WeightFile][dev.memcollab.jlama.network.WeightFile]: what tensors a model's file has; `LoadedWeights`
///   maps them.
/// - `Layer`: one block, attention and feed-forward, each added to what goes through.
/// - `Rotation`: the rotary embedding of positions.
@NullMarked
package dev.memcollab.jlama.network;

import org.jspecify.annotations.NullMarked;
