/// The [LanguageModel][dev.memcollab.model.LanguageModel] port on Jlama, in this process.
///
/// [JlamaLanguageModel][dev.memcollab.jlama.JlamaLanguageModel] opens a model directory and is all that others see; no
/// Jlama type leaves this package. Below it:
///
/// - `ModelDirectory`: what the files say about the model.
/// - `Engine`: tokens in, logits out, with the keys and values of the last text kept for the next.
/// - `TokenChoice`: greedy, sampled and masked choice among the logits, on a lazy `Ranking`.
/// - `Answer`: the text so far and why it ends.
@NullMarked
package dev.memcollab.jlama;

import org.jspecify.annotations.NullMarked;
