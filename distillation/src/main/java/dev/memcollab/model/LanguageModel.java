package dev.memcollab.model;

import java.util.List;

/// A language model that runs in this process and belongs to whoever opened it.
///
/// One call at a time: concurrent callers wait for one another. An interrupt ends the call under
/// way between two tokens (or two batches of a prefill) with [InterruptedException] and leaves the
/// model usable. A failure of the engine or its files is a [ModelFailedException].
public interface LanguageModel extends AutoCloseable {
    /// The catalogue name of the model, such as `qwen2.5-coder-0.5b`.
    String name();

    /// The most tokens that prompt and answer may have together.
    int contextTokens();

    /// The number of tokens of the prompt after the model's own chat template.
    int countTokens(Prompt prompt);

    /// Continues the prompt.
    ///
    /// @throws PromptTooLongException when prompt and answer can not fit the context
    Generation generate(Prompt prompt, Decoding decoding) throws InterruptedException;

    /// The log-likelihood of each continuation after the prompt, teacher-forced: no token is sampled.
    /// The prompt is prefilled once for all of them.
    ///
    /// @throws PromptTooLongException when prompt and a continuation can not fit the context
    List<Score> score(Prompt prompt, List<String> continuations) throws InterruptedException;

    /// Frees the weights; a second close does nothing, any other call after it throws
    /// [IllegalStateException].
    @Override
    void close();
}
