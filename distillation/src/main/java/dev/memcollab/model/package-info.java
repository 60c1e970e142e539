/// The port to a language model that runs in this process: chat, constrained decoding, scoring.
///
/// [LanguageModel][dev.memcollab.model.LanguageModel] is all the method knows of an engine. Weak and strong are
/// roles of a [ModelPair][dev.memcollab.model.ModelPair], never names of models.
@NullMarked
package dev.memcollab.model;

import org.jspecify.annotations.NullMarked;
