package dev.memcollab.contrast;

import dev.memcollab.model.TokenMask;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Refuses words that say that something is right or wrong without saying what, so that the model
/// goes on with what it is: a small one else says that an attempt "did not correctly calculate the
/// price", of which no rule can be made.
enum PreciseWords implements TokenMask {
    ONLY;

    private static final Set<String> VAGUE = Set.of("correct", "correctly", "incorrect",
            "incorrectly", "wrong", "wrongly", "proper", "properly", "improper", "improperly",
            "accurate", "accurately", "inaccurate", "appropriate", "appropriately");
    private static final Pattern LAST_WORD = Pattern.compile("\\p{L}+$");

    @Override
    public boolean allows(String soFar, String next) {
        var last = LAST_WORD.matcher(soFar + next);
        return !last.find() || !VAGUE.contains(last.group().toLowerCase(Locale.ROOT));
    }
}
