package dev.memcollab.jlama;

import java.util.Arrays;

/// The logits after each token of an answer, where some tokens are guessed and read ahead.
///
/// Whoever chooses the tokens is given the same logits, one after the other, whether or not they were
/// guessed: a right guess saves a pass, a wrong one is overwritten by the next.
final class ReadAhead {
    private static final int[] NONE = {};

    private final Engine engine;
    private final boolean drafting;
    private final DraftLength draftLength = new DraftLength();
    private final int[] text; // the prompt, then what was chosen
    private int length;
    private int[] drafted = NONE;
    private int accepted;
    private float[][] logits = {}; // after the token that was chosen, and after each drafted one
    private int passes;

    /// Prepares the answer to a prompt.
    ///
    /// @param maxTokens most tokens of the answer
    /// @param drafting whether to guess at all
    ReadAhead(Engine engine, int[] prompt, int maxTokens, boolean drafting) {
        this.engine = engine;
        this.drafting = drafting;
        this.text = Arrays.copyOf(prompt, prompt.length + maxTokens);
        this.length = prompt.length;
    }

    /// The logits after one more token, which was chosen; the engine has read those before it.
    float[] after(int id) throws InterruptedException {
        text[length++] = id;
        if (accepted < drafted.length && drafted[accepted] == id) {
            engine.accept(id);
            return logits[++accepted];
        }
        if (drafted.length > 0) {
            draftLength.judge(drafted.length, accepted);
        }
        drafted = draft();
        accepted = 0;
        passes++;
        logits = engine.append(id, drafted);
        return logits[0];
    }

    /// A guess, no longer than it can be of use: the last token of the answer is not read.
    private int[] draft() {
        int count = drafting ? Math.min(draftLength.next(), text.length - length - 1) : 0;
        return count > 0 ? PromptLookup.guess(text, length, count) : NONE;
    }

    /// How often the network was run.
    int passes() {
        return passes;
    }
}
