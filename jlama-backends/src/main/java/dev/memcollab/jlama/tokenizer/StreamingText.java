package dev.memcollab.jlama.tokenizer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Makes text of tokens as they come, whole characters only.
///
/// A token may end inside a character of several bytes: these wait for the tokens that complete
/// them. What can not become UTF-8 any more is U+FFFD.
public final class StreamingText {
    private final ByteLevelTokenizer tokenizer;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private byte[] waiting = new byte[0];

    public StreamingText(ByteLevelTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /// Takes a token; gives the characters that it completes, often none.
    public String append(int id) {
        return decode(tokenizer.bytes(id), false);
    }

    /// The characters that [#append] would give for the token, without taking it.
    public String peek(int id) {
        byte[] kept = waiting;
        String text = append(id);
        waiting = kept;
        return text;
    }

    /// Gives what is left once no token follows: U+FFFD for a character that stayed incomplete.
    public String finish() {
        return decode(new byte[0], true);
    }

    private String decode(byte[] more, boolean last) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(waiting);
        bytes.writeBytes(more);
        ByteBuffer in = ByteBuffer.wrap(bytes.toByteArray());
        CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
        decoder.decode(in, out, last);
        if (last) {
            decoder.flush(out);
            decoder.reset();
        }
        waiting = new byte[in.remaining()];
        in.get(waiting);
        return out.flip().toString();
    }
}
