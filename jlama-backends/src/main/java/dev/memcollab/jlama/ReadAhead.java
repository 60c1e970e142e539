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
    private final int begun; // where the answer begins in the text
    private final DraftLength draftLength = new DraftLength();
    private final int[] text; // earlier answers, the prompt, then what was chosen
    private int length;
    private int[] drafted = NONE;
    private int accepted;
    private float[][] logits = {}; // after the token that was chosen, and after each drafted one
    private int passes;

    /// Prepares the answer to a prompt.
    ///
    /// @param earlier what was answered to other prompts, which this answer may repeat
    /// @param maxTokens most tokens of the answer
    /// @param drafting whether to guess at all
    ReadAhead(Engine engine, int[] earlier, int[] prompt, int maxTokens, boolean drafting) {
        this.engine = engine;
        this.drafting = drafting;
        this.begun = earlier.length + prompt.length;
        this.length = begun;
        this.text = Arrays.copyOf(earlier, length + maxTokens);
        System.arraycopy(prompt, 0, text, earlier.length, prompt.length);
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

    /// What was chosen, but for a last token that nothing came after.
    int[] answer() {
        return Arrays.copyOfRange(text, begun, length);
    }

    /// How often the network was run.
    int passes() {
        return passes;
    }
}
