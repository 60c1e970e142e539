package dev.memcollab.trajectory;

import java.text.Normalizer;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

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

    /// Letters of other alphabets that look like Latin ones, and the ones they look like.
    private static final String LOOKALIKES = "аеорсухіјѕһԁӏορνικαАВЕКМНОРСТХΑΒΕΗΙΚΜΝΟΡΤΧ";
    private static final String LOOKED_LIKE = "aeopcyxijshdlopvikaABEKMHOPCTXABEHIKMNOPTX";
    private static final Pattern ENCODED = Pattern.compile("[A-Za-z0-9+/]{24,}={0,2}");

    private Quoted() {}

    /// The text between marks that it can not close.
    public static String block(String text) {
        return OPENING + plain(text) + CLOSING;
    }

    /// The text without hidden characters, encoded words, markup of chats and what we ourselves write
    /// in prompts.
    public static String plain(String text) {
        String plain = ENCODED.matcher(HIDDEN.matcher(text).replaceAll(""))
                .replaceAll(found -> isReadable(found.group())
                        ? ""
                        : Matcher.quoteReplacement(found.group()));
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

    /// The text as a reader takes it: without hidden characters, and with Latin letters for those
    /// that only look like them.
    public static String asRead(String text) {
        String seen = Normalizer.normalize(HIDDEN.matcher(text).replaceAll(""),
                Normalizer.Form.NFKC);
        return seen.codePoints().map(c -> {
            int lookalike = LOOKALIKES.indexOf(c);
            return lookalike < 0 ? c : LOOKED_LIKE.charAt(lookalike);
        }).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /// Whether bytes in base 64 are text: words that hide; paths and hashes decode to anything else.
    private static boolean isReadable(String base64) {
        String whole = base64.replaceAll("=+$", "");
        byte[] bytes = Base64.getDecoder().decode(whole.substring(0, whole.length() / 4 * 4));
        long printable = IntStream.range(0, bytes.length)
                .filter(i -> bytes[i] >= ' ' && bytes[i] <= '~').count();
        return printable >= 0.9 * bytes.length;
    }
}
