/// The [LanguageModel][dev.memcollab.model.LanguageModel] port in this process: Jlama reads the weights, our
/// kernels compute.
///
/// [JlamaLanguageModel][dev.memcollab.jlama.JlamaLanguageModel] opens a model directory and is all that others see; no
/// Jlama type leaves this package. Below it:
///
/// - `ModelDirectory`: what the files say about the model.
/// - `Engine`: tokens in, logits out, with the texts read last kept for the next (`ReadText`); on a
///   [Network][dev.memcollab.jlama.network.Network].
/// - `Threads`: the team that all models of the process compute with, in turns.
/// - `ReadAhead`: the logits after each token of an answer, with guesses (`PromptLookup`) read ahead, as
///   many as pay (`DraftLength`).
/// - `TokenChoice`: greedy, sampled and masked choice among the logits, on a lazy `Ranking`.
/// - `Answer`: the text so far and why it ends.
@NullMarked
package dev.memcollab.jlama;

import org.jspecify.annotations.NullMarked;
