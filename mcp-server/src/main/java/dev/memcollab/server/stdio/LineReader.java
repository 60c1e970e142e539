package dev.memcollab.server.stdio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Lines of UTF-8 from a stream, none of them held beyond a cap.
public final class LineReader {
    private final InputStream in;
    private final int cap;
    private final byte[] chunk = new byte[64 * 1024];
    private int position;
    private int filled;
    private long consumed;

    public LineReader(InputStream in, int cap) {
        this.in = in;
        this.cap = cap;
    }

    /// What a line turned out to be.
    public sealed interface Line {
        /// A line of text, without its end.
        record Text(String text, int bytes) implements Line {}

        /// A line beyond the cap; its bytes were skipped.
        record TooLong(long bytes) implements Line {}

        /// A line that is not UTF-8.
        record NotUtf8() implements Line {}

        /// The stream has ended. A last line without an end was delivered before.
        record End() implements Line {}
    }

    /// Bytes of all lines that were given out, with their ends.
    public long consumed() {
        return consumed;
    }

    public Line next() throws IOException {
        var line = new ByteArrayOutputStream(1024);
        long length = 0;
        while (true) {
            if (position == filled && !fill()) {
                return length == 0 ? new Line.End() : finished(line, length);
            }
            int end = position;
            while (end < filled && chunk[end] != '\n') {
                end++;
            }
            length += end - position;
            if (length <= cap) {
                line.write(chunk, position, end - position);
            }
            boolean complete = end < filled;
            consumed += end - position + (complete ? 1 : 0);
            position = complete ? end + 1 : end;
            if (complete) {
                return finished(line, length);
            }
        }
    }

    private boolean fill() throws IOException {
        position = 0;
        filled = Math.max(0, in.read(chunk));
        return filled > 0;
    }

    private Line finished(ByteArrayOutputStream line, long length) {
        if (length > cap) {
            return new Line.TooLong(length);
        }
        try {
            var text = StandardCharsets.UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(line.toByteArray()));
            return new Line.Text(text.toString(), (int) length);
        } catch (CharacterCodingException notUtf8) {
            return new Line.NotUtf8();
        }
    }
}
