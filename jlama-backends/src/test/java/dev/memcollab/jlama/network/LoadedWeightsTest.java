package dev.memcollab.jlama.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memcollab.jlama.kernel.Matrix;
import dev.memcollab.model.ModelFailedException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadedWeightsTest {
    /// A matrix of 2 × 32 with five bits and a shift, and a vector of two.
    private static final String HEADER = """
            {"__metadata__": {"format": "any"},
             "x": {"dtype": "U8", "shape": [2, 16], "data_offsets": [0, 32]},
             "x.high": {"dtype": "U8", "shape": [2, 4], "data_offsets": [32, 40]},
             "x.scale": {"dtype": "BF16", "shape": [2, 1], "data_offsets": [40, 44]},
             "x.shift": {"dtype": "BF16", "shape": [2, 1], "data_offsets": [44, 48]},
             "v": {"dtype": "F32", "shape": [2], "data_offsets": [48, 56]},
             "f": {"dtype": "F32", "shape": [1, 2], "data_offsets": [48, 56]}}""";

    @TempDir
    private Path directory;
    private final Arena arena = Arena.ofShared();

    @AfterEach
    void unmap() {
        arena.close();
    }

    @Test
    void aMatrixIsMadeOfItsPlanes() throws IOException {
        var matrix = load(HEADER).matrix("x", 2, 32);

        assertThat(matrix.bits()).isEqualTo(5);
        var row = Matrix.zeros(arena, 1, 32);
        matrix.unpack(0, row, 0);
        // Codes 18 and 17, two times (code − 16), from −1 on.
        assertThat(row.get(0, 0)).isEqualTo(3);
        assertThat(row.get(0, 1)).isEqualTo(1);
        matrix.unpack(1, row, 0);
        assertThat(row.get(0, 31)).isEqualTo(-63);
    }

    @Test
    void floatsAreTakenAsTheyAre() throws IOException {
        var weights = load(HEADER);

        assertThat(weights.vector("v", 2).row(0)).containsExactly(1.5f, -2f);
        assertThat(weights.vectorIfAny("w", 2)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            "x": {       | "y": {        | x must be there, and is not
            "x.scale"    | "y.scale"     | x.scale must be there, and is not
            [2, 4]       | [1, 8]        | x.high must be 2 × 4 times 1, 2 or 4, got [1, 8]
            [2, 16]      | [1, 32]       | x must be U8 of the shape [2, 16], got U8 of [1, 32]
            "U8", "shape": [2, 16] | "Q4", "shape": [2, 16] | x must be U8 of the shape [2, 16], got Q4 of [2, 16]
            """)
    void whatATensorMustBeIsSaid(String right, String wrong, String said) throws IOException {
        assertThat(HEADER).contains(right);
        var weights = load(HEADER.replace(right, wrong));

        assertThatThrownBy(() -> weights.matrix("x", 2, 32))
                .isInstanceOf(IllegalArgumentException.class).hasMessage(said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            [48, 56]}} | [48, 57]}}  | data_offsets of f must be a range within 0..56, got [48, 57]
            [40, 44]   | [44, 40]    | data_offsets of x.scale must be a range within 0..56, got [44, 40]
            [32, 40]   | [32, -40]   | data_offsets of x.high must be whole numbers from 0 on, got [32,-40]
            [2, 16]    | [2, 17]     | x of U8 with the shape [2, 17] must have 34 bytes, got 32
            {"__meta   | {__meta     | the header must be JSON
            """)
    void aHeaderThatCanNotBeIsNamed(String right, String wrong, String said) {
        assertThat(HEADER).contains(right);

        assertThatThrownBy(() -> load(HEADER.replace(right, wrong)))
                .isExactlyInstanceOf(ModelFailedException.class)
                .hasMessageContainingAll(directory.toString(), said);
    }

    @Test
    void anAbsentFileIsNamed() {
        assertThatThrownBy(() -> LoadedWeights.map(directory.resolve("none"), arena))
                .isExactlyInstanceOf(ModelFailedException.class).hasMessageContaining("none");
    }

    private LoadedWeights load(String header) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        var file = ByteBuffer.allocate(8 + json.length + 56).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(json.length).put(json);
        byte[] low = new byte[32];
        low[0] = 0x12;
        byte[] high = new byte[8];
        high[0] = 0b10001; // the fifth bits of codes 0 and 1
        Arrays.fill(low, 16, 32, (byte) 0x11);
        file.put(low).put(high);
        for (float factor : new float[]{2, 2, -1, -33}) {
            file.putShort((short) (Float.floatToIntBits(factor) >> 16));
        }
        file.putFloat(1.5f).putFloat(-2);
        return LoadedWeights.map(Files.write(directory.resolve("x.safetensors"), file.array()),
                arena);
    }
}
