package dev.memcollab.memory;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/// A complete line of the journal.
sealed interface Line {
    Position end();

    /// Its seal fits.
    record Intact(Place place, String text) implements Line {
        @Override
        public Position end() {
            return place.end();
        }
    }

    /// Its seal does not fit.
    record Damaged(Position start, Position end) implements Line {}

    /// Where a line is, and what it was.
    ///
    /// @param end just behind the line break
    /// @param seal its checksum
    record Place(Position start, Position end, String seal) {}

    /// A place between two lines.
    ///
    /// @param offset bytes in front of it
    /// @param lines lines in front of it
    record Position(long offset, long lines) {
        static final Position START = new Position(0, 0);

        Position after(long bytes) {
            return new Position(offset + bytes, lines + 1);
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
            String seal = OPENING + checksum(open, open.length) + "\"}\n";
            byte[] line = new byte[open.length + LENGTH + 1];
            System.arraycopy(open, 0, line, 0, open.length);
            byte[] end = seal.getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(end, 0, line, open.length, end.length);
            return line;
        }

        /// The checksum of a line, if it is right.
        static Optional<String> verified(byte[] line) {
            int covered = line.length - LENGTH;
            if (covered <= 0) {
                return Optional.empty();
            }
            String written = new String(line, covered, LENGTH, StandardCharsets.US_ASCII);
            String checksum = checksum(line, covered);
            return written.equals(OPENING + checksum + "\"}")
                    ? Optional.of(checksum)
                    : Optional.empty();
        }

        private static String checksum(byte[] bytes, int length) {
            var crc = new CRC32C();
            crc.update(bytes, 0, length);
            return HexFormat.of().toHexDigits((int) crc.getValue());
        }
    }
}
