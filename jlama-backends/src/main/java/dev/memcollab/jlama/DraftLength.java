package dev.memcollab.jlama;

/// How many tokens to draft, from what became of the drafts before.
///
/// A draft that is accepted whole is followed by a longer one; one of which too little is accepted,
/// by a pause, which is twice as long each time until a draft pays.
final class DraftLength {
    // With the token that was chosen, a pass then has four rows, or eight.

    static final int SHORT = 3;
    static final int LONG = 7;
    /// Tokens of a draft that must be accepted, or all of a shorter one, for it to have paid.
    private static final int PAYING = 2;
    /// Most tokens chosen without a draft.
    private static final int LONGEST_PAUSE = 32;

    private int next = SHORT;
    private int pause = 1;
    private int pausing;

    /// Tokens to draft before the next pass; 0 in a pause.
    int next() {
        if (pausing > 0) {
            pausing--;
            return 0;
        }
        return next;
    }

    /// Takes into account what became of a draft, of one token or more.
    void judge(int drafted, int accepted) {
        next = accepted == drafted ? LONG : SHORT;
        if (accepted >= Math.min(PAYING, drafted)) {
            pause = 1;
        } else {
            pausing = pause;
            pause = Math.min(LONGEST_PAUSE, 2 * pause);
        }
    }
}
