package dev.memcollab.jlama.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TensorTypeTest {
    @ParameterizedTest
    @EnumSource
    void valuesEqualThoseOfThePythonPackageBitByBit(TensorType type) throws IOException {
        var encoded = TestFiles.bytes(type + ".encoded.bin");
        var expected = TestFiles.floats(type + ".decoded.bin");

        var decoded = new float[expected.length];
        type.decode(encoded, decoded, decoded.length);

        assertThat(encoded).hasSize((int) type.bytes(expected.length));
        assertThat(decoded).isEqualTo(expected);
    }

    @Test
    void aPartOfABlockCanNotBeDecoded() {
        assertThatThrownBy(() -> TensorType.Q4_K.decode(new byte[144], new float[256], 128))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("values must be a multiple of 256 for Q4_K, got 128");
    }
}
