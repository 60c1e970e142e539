package dev.memcollab.server.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memcollab.server.stdio.LineReader.Line;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LineReaderTest {
    private static final int CAP = 10;
    private static final List<String> PIECES = List.of("\n", "\n", "a", "é€", "😀", "\r");

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void linesAreThoseThatSplittingTheWholeGives(long seed) throws IOException {
        var random = new Random(seed);
        var text = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        var expected = new ArrayList<Line>();
        for (String line : text.toString().split("\n", -1)) {
            int bytes = line.getBytes(StandardCharsets.UTF_8).length;
            expected.add(bytes > CAP ? new Line.TooLong(bytes) : new Line.Text(line, bytes));
        }
        if (text.toString().endsWith("\n")) {
            expected.removeLast();
        }

        var bytes = text.toString().getBytes(StandardCharsets.UTF_8);

        assertThat(all(new Trickle(bytes, random))).isEqualTo(expected);
    }

    static LongStream seeds() {
        return LongStream.of(1, 2, 3, System.nanoTime());
    }

    @Test
    void aLineOfJustTheCapIsText() throws IOException {
        assertThat(all("0123456789\n01234567890\n"))
                .containsExactly(new Line.Text("0123456789", 10), new Line.TooLong(11));
    }

    @Test
    void theLastLineNeedsNoEnd() throws IOException {
        assertThat(all("a\nb")).containsExactly(new Line.Text("a", 1), new Line.Text("b", 1));
    }

    @Test
    void aCutCharacterIsNotUtf8() throws IOException {
        assertThat(all(new ByteArrayInputStream(new byte[]{'a', (byte) 0xC3, '\n', 'b', '\n'})))
                .containsExactly(new Line.NotUtf8(), new Line.Text("b", 1));
    }

    private static List<Line> all(String text) throws IOException {
        return all(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Line> all(InputStream in) throws IOException {
        var reader = new LineReader(in, CAP);
        var lines = new ArrayList<Line>();
        for (Line line = reader.next(); !(line instanceof Line.End); line = reader.next()) {
            lines.add(line);
        }
        return lines;
    }

    /// A stream that gives a few bytes at a time.
    private static final class Trickle extends ByteArrayInputStream {
        private final Random random;

        Trickle(byte[] bytes, Random random) {
            super(bytes);
            this.random = random;
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, 1 + random.nextInt(7)));
        }
    }
}
