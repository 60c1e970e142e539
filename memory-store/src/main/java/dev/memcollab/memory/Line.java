package dev.memcollab.memory;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import java.util.Scanner;
import java.util.zip.CRC32C;

/// A line of the journal that has come to its end.
sealed interface Line {
    Position end();

    /// Its bytes, without the line break.
    byte[] bytes();

    /// Its seal fits.
    record Intact(Place place, String text) implements Line {
        static Intact of(Place place, byte[] bytes) {
            return new Intact(place, new String(bytes, StandardCharsets.UTF_8));
        }

        @Override
        public Position end() {
            return place.end();
        }

        @Override
        public byte[] bytes() {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    /// Its seal does not fit.
    ///
    /// @param latin1 its bytes, each as one character
    record Damaged(Position start, Position end, String latin1) implements Line {
        static Damaged of(Position start, Position end, byte[] bytes) {
            return new Damaged(start, end, new String(bytes, StandardCharsets.ISO_8859_1));
        }

        @Override
        public byte[] bytes() {
            return latin1.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    /// Where an intact line is, and what it was.
    ///
    /// @param segment number of its file
    /// @param offset bytes in front of it
    /// @param line lines in front of it
    /// @param length in bytes, its line break included
    /// @param crc its checksum
    record Place(int segment, long offset, long line, int length, int crc)
            implements
                Comparable<Place> {
        Position end() {
            return new Position(segment, offset + length, line + 1);
        }

        /// Reads what [#toString] wrote.
        ///
        /// @throws IllegalArgumentException when it is anything else
        static Place parse(String text) {
            try (var numbers = new Scanner(text)) {
                return new Place(numbers.nextInt(), numbers.nextLong(), numbers.nextLong(),
                        numbers.nextInt(), numbers.nextInt());
            } catch (NoSuchElementException e) {
                throw new IllegalArgumentException("not a place: " + text, e);
            }
        }

        @Override
        public String toString() {
            return "%d %d %d %d %d".formatted(segment, offset, line, length, crc);
        }

        @Override
        public int compareTo(Place other) {
            return segment == other.segment
                    ? Long.compare(offset, other.offset)
                    : Integer.compare(segment, other.segment);
        }
    }

    /// A place between two lines.
    ///
    /// @param segment number of the file; 0: the first there is
    /// @param offset bytes in front of it
    /// @param lines lines in front of it
    record Position(int segment, long offset, long lines) implements Comparable<Position> {
        static final Position START = new Position(0, 0, 0);

        static Position startOf(int segment) {
            return new Position(segment, 0, 0);
        }

        @Override
        public int compareTo(Position other) {
            return segment == other.segment
                    ? Long.compare(offset, other.offset)
                    : Integer.compare(segment, other.segment);
        }

        Position after(long bytes) {
            return new Position(segment, offset + bytes, lines + 1);
        }
    }

    /// The last member of each line's JSON object, over the UTF-8 bytes in front of it.
    final class Seal {
        /*
         * The seal is checked on bytes, before anything is parsed, so that fields unknown here are
         * covered too. It ends the line in every version of the format.
         */
        private static final String OPENING = ",\"crc\":\"";
        private static final int HEX_DIGITS = 8;
        private static final int LENGTH = OPENING.length() + HEX_DIGITS + "\"}".length();

        private Seal() {}

        /// A line for the journal, its line break included.
        ///
        /// @param json an object, without line breaks
        static byte[] close(String json) {
            byte[] open = json.substring(0, json.length() - 1).getBytes(StandardCharsets.UTF_8);
            String seal = OPENING + hex(checksum(open, open.length)) + "\"}\n";
            byte[] line = new byte[open.length + LENGTH + 1];
            System.arraycopy(open, 0, line, 0, open.length);
            byte[] end = seal.getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(end, 0, line, open.length, end.length);
            return line;
        }

        /// The checksum of a line, if it is right.
        static OptionalInt verified(byte[] line) {
            int covered = line.length - LENGTH;
            if (covered <= 0) {
                return OptionalInt.empty();
            }
            String written = new String(line, covered, LENGTH, StandardCharsets.US_ASCII);
            int checksum = checksum(line, covered);
            return written.equals(OPENING + hex(checksum) + "\"}")
                    ? OptionalInt.of(checksum)
                    : OptionalInt.empty();
        }

        private static String hex(int checksum) {
            return HexFormat.of().toHexDigits(checksum);
        }

        private static int checksum(byte[] bytes, int length) {
            var crc = new CRC32C();
            crc.update(bytes, 0, length);
            return (int) crc.getValue();
        }
    }
}
