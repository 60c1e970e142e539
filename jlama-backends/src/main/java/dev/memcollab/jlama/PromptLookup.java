package dev.memcollab.jlama;

/// Guesses what comes next in a text: what followed where its last tokens stood before.
///
/// Of several such places the one counts that agrees with the end furthest back, and of these the
/// last. Prompt lookup decoding: A. Saxena, 2023.
final class PromptLookup {
    // Looked for from end to start, without an index: nothing beside a pass of a network.

    /// Tokens that must agree; after fewer, prose goes on differently nearly always.
    static final int FEWEST = 4;
    /// Tokens beyond which agreement says nothing more.
    static final int ENOUGH = 8;

    private PromptLookup() {}

    /// The tokens that may come next, or none where the end of the text is new.
    ///
    /// @param length how many of the ids are the text
    /// @param count tokens to guess
    static int[] guess(int[] ids, int length, int count) {
        int place = place(ids, length);
        if (place == 0) {
            return new int[0];
        }
        int[] guess = new int[count];
        for (int i = 0; i < count; i++) {
            // Beyond the end of the text, what is guessed repeats itself.
            guess[i] = place + i < length ? ids[place + i] : guess[place + i - length];
        }
        return guess;
    }

    /// Where what may come next stood before, or 0.
    private static int place(int[] ids, int length) {
        int place = 0;
        int longest = FEWEST - 1;
        for (int end = length - 1; end >= FEWEST && longest < ENOUGH; end--) {
            int agreeing = agreeing(ids, end, length);
            if (agreeing > longest) {
                longest = agreeing;
                place = end;
            }
        }
        return place;
    }

    /// How many tokens before two places are the same.
    private static int agreeing(int[] ids, int end, int length) {
        int count = 0;
        while (count < Math.min(end, ENOUGH)
                && ids[end - 1 - count] == ids[length - 1 - count]) {
            count++;
        }
        return count;
    }
}
