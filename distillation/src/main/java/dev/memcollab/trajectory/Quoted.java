package dev.memcollab.trajectory;

import java.util.regex.Pattern;

/// Prepares text from outside for a prompt, where it is material and must not pass for a turn of the
/// chat, for words of ours or for the end of the quotation. Ordinary text stays as it is.
public final class Quoted {
    private static final String OPENING = "<quoted>";
    private static final String CLOSING = "</quoted>";

    /// What a reader does not see and a model does: controls, invisible and unassigned characters,
    /// the selectors and blanks that pass for letters or marks, halves of surrogate pairs.
    private static final Pattern HIDDEN = Pattern.compile(
            "[[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}\\p{Zl}\\p{Zp}\\x{FE00}-\\x{FE0F}"
                    + "\\x{E0100}-\\x{E01EF}\\x{34F}\\x{115F}\\x{1160}\\x{17B4}\\x{17B5}\\x{2800}"
                    + "\\x{3164}\\x{FFA0}]&&[^\\n\\t]]");
    private static final Pattern CHAT_MARKUP = Pattern.compile(
            "<[|｜][\\w/.▁-]{1,40}[|｜]>|</?s>|\\[/?INST]|<</?SYS>>|<(?:start|end)_of_turn>|<[be]os>"
                    + "|</?(?:system|assistant|user|human|im_start|im_end|think|tool_call"
                    + "|tool_response|instructions?)>|</?\\s*quoted\\b[^>\\n]{0,40}>",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ROLE = Pattern.compile(
            "^[ \\t]*(?:#{1,6} ?(?:instructions?|responses?|input|system|assistant|user|human)"
                    + "[ \\t]*(?::|$)|(?:system|assistant|user|human)[ \\t]*:)[ \\t]*",
            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
    private static final Pattern OUR_HEADING = Pattern.compile(
            "^[ \\t]*(?:Task|Diagnosis|What was seen when B failed|Advice from earlier work):[ \\t]*"
                    + "|\\bAttempt [AB]\\b[,:]?[ \\t]*",
            Pattern.MULTILINE);
    private static final Pattern OUR_RULE = Pattern.compile(
            "\\bWhen\\b[^;\\n]{1,400}?, enforce\\b[^;\\n]{1,400}; avoid\\b[^.\\n]{0,400}\\.?",
            Pattern.CASE_INSENSITIVE);

    private Quoted() {}

    /// The text between marks that it can not close.
    public static String block(String text) {
        return OPENING + plain(text) + CLOSING;
    }

    /// The text without hidden characters, markup of chats and what we ourselves write in prompts.
    public static String plain(String text) {
        String plain = HIDDEN.matcher(text).replaceAll("");
        String before;
        do { // what is taken out may have stood inside of what is left
            before = plain;
            plain = CHAT_MARKUP.matcher(plain).replaceAll("");
            plain = ROLE.matcher(plain).replaceAll("");
            plain = OUR_HEADING.matcher(plain).replaceAll("");
            plain = OUR_RULE.matcher(plain).replaceAll("");
        } while (!plain.equals(before));
        return plain;
    }
}
