package dev.memcollab.memory;

import java.util.regex.Pattern;

/// What a value that stands where a secret would stand looks like.
record Secrecy(String value) {
    private static final Pattern PLACEHOLDER = Pattern.compile("(?i)[$%{<*\\[].*|x{3,}.*|\\.{3}.*"
            + "|(?:your|my|the|some|change|replace|insert|enter|example|sample|placeholder|dummy"
            + "|fake|none|null|nil|true|false|undefined|todo|tbd|default|required|optional|invalid"
            + "|missing|hidden|masked|string|str|text|bytes)(?![a-z]).*"
            + "|(?:your|my|some|the|change|replace|insert|enter)[a-z_-]*"
            + "|.{0,20}(?:password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key|credential)s?"
            + "[\\p{Punct}]{0,3}|.*\\[redacted:.*|.*(?:example|placeholder|here)");
    private static final Pattern REFERENCE = Pattern
            .compile("[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[@&]?[A-Za-z_]\\w*(?:(?:\\.|->|::|/)\\w+)+"
                    + "|(?:https?|file|s3)://.*|[./~].*");
    private static final double RANDOM_BITS = 3.0;
    private static final int RANDOM_LENGTH = 16;

    static Secrecy of(String value) {
        return new Secrecy(value.strip());
    }

    /// One word that nobody would write to say what belongs there.
    boolean isNoPlaceholder() {
        return !value.isEmpty() && value.chars().noneMatch(Character::isWhitespace)
                && !PLACEHOLDER.matcher(value).matches();
    }

    /// Not the name of something that holds a value, such as a variable or a file.
    boolean isNoReference() {
        return !REFERENCE.matcher(value).matches();
    }

    /// Letters and digits, as in a password.
    boolean isWord() {
        return isNoPlaceholder() && value.chars().anyMatch(Character::isDigit)
                && value.chars().anyMatch(Character::isLetter);
    }

    /// A word with digits, or capitals where no name has them.
    boolean isCode() {
        boolean mixed = Pattern.compile("[a-z][A-Z]{2}|[A-Z]{2}[a-z]+[A-Z]|=$").matcher(value)
                .find();
        return value.length() >= 8 && (isWord() || (isNoPlaceholder() && mixed));
    }

    /// Long, and without the regularity of a word.
    boolean isRandom() {
        return value.length() >= RANDOM_LENGTH && isWord() && bitsOfCharacter() >= RANDOM_BITS;
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
