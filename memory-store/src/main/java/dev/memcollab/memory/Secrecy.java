package dev.memcollab.memory;

import java.util.regex.Pattern;

/// What a value that stands where a secret would stand looks like.
record Secrecy(String value) {
    /// Is filled in by a program, or was filled in by [Redaction].
    private static final Pattern TEMPLATE = Pattern.compile("\\$(?:[({].*|\\w+(?:\\W{0,2}"
            + "|[-/.:@].*))|%(?:[sdvqr](?:\\W{0,2}|[@:/].*)|\\(.*|\\w+%)|[{<\\[].*|\\*{3,}.*"
            + "|.*\\[redacted:.*");
    /// Says what belongs there.
    private static final Pattern PLACEHOLDER = Pattern.compile("(?i)x{3,}.*|\\.{3}.*"
            + "|(?:your|my|the|some|change|replace|insert|enter|example|sample|placeholder|dummy"
            + "|fake|none|null|nil|true|false|undefined|todo|tbd|default|required|optional|invalid"
            + "|missing|hidden|masked|string|str|text|bytes)(?![a-z]).*"
            + "|(?:your|my|some|the|change|replace|insert|enter)[a-z_-]*"
            + "|.{0,20}(?:password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key|credential)s?"
            + "[\\p{Punct}]{0,3}|.*(?:example|placeholder|here)");
    private static final Pattern REFERENCE = Pattern
            .compile(
                    "[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[@&]?[A-Za-z_]\\w*(?:(?:\\.|->|::|/)(?:[A-Za-z_]\\w*|\\d+))+"
                            + "|(?:https?|file|s3)://.*|[./~][\\w./~@-]*");
    private static final Pattern TYPE = Pattern
            .compile("(?:[a-z_]\\w*\\.)*[A-Z]+[a-z]*\\d*(?:[A-Z][a-z]+){2,}");
    private static final Pattern PADDED = Pattern
            .compile("(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)");
    private static final Pattern CAPITALS_WITHIN = Pattern
            .compile("[a-z][A-Z]{2}|[A-Z]{2}[a-z]+[A-Z]|=$");
    private static final double RANDOM_BITS = 3.0;
    private static final int RANDOM_LENGTH = 16;
    private static final double SCRAMBLED_SHARE = 0.4;
    private static final double SCRAMBLED_SHARE_OF_THREE = 0.3;
    private static final int SCRAMBLED_PAIRS = 8;

    static Secrecy of(String value) {
        return new Secrecy(value.strip());
    }

    /// One word that nobody would write to say what belongs there.
    boolean isNoPlaceholder() {
        return !value.isEmpty() && value.chars().noneMatch(Character::isWhitespace)
                && !TEMPLATE.matcher(value).matches()
                && (!PLACEHOLDER.matcher(value).matches() || isScrambled());
    }

    /// Not the name of something that holds a value, such as a variable or a file.
    boolean isNoReference() {
        return !TYPE.matcher(value).matches()
                && (!REFERENCE.matcher(value).matches() || isScrambled());
    }

    /// Letters and digits, as in a password, or the base64 of one.
    boolean isWord() {
        boolean mixed = value.chars().anyMatch(Character::isDigit)
                && value.chars().anyMatch(Character::isLetter);
        return isNoPlaceholder() && (mixed || isScrambled() || PADDED.matcher(value).matches());
    }

    /// A word with digits, or capitals where no name has them.
    boolean isCode() {
        return value.length() >= 8 && (isWord()
                || (isNoPlaceholder() && CAPITALS_WITHIN.matcher(value).find()));
    }

    /// Long, and without the regularity of a word.
    boolean isRandom() {
        return value.length() >= RANDOM_LENGTH && isWord() && bitsOfCharacter() >= RANDOM_BITS;
    }

    /// Whether small letters, capitals and digits take turns more often than in any word. Where all
    /// three are there, less of it is enough.
    private boolean isScrambled() {
        int pairs = 0;
        int turns = 0;
        for (int i = 1; i < value.length(); i++) {
            char before = value.charAt(i - 1);
            char after = value.charAt(i);
            if (Character.isLetterOrDigit(before) && Character.isLetterOrDigit(after)) {
                pairs++;
                turns += kind(before) == kind(after) ? 0 : 1;
            }
        }
        long kinds = value.chars().filter(Character::isLetterOrDigit)
                .map(c -> kind((char) c)).distinct().count();
        double share = kinds == 3 ? SCRAMBLED_SHARE_OF_THREE : SCRAMBLED_SHARE;
        return pairs >= SCRAMBLED_PAIRS && turns >= share * pairs;
    }

    private static int kind(char c) {
        if (Character.isDigit(c)) {
            return 0;
        }
        return Character.isUpperCase(c) ? 1 : 2;
    }

    /// Shannon's entropy of its characters.
    private double bitsOfCharacter() {
        return value.chars().distinct().mapToDouble(character -> {
            double share = (double) value.chars().filter(other -> other == character).count()
                    / value.length();
            return -share * Math.log(share) / Math.log(2);
        }).sum();
    }
}
