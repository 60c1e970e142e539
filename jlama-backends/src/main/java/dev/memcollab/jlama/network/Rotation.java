package dev.memcollab.jlama.network;

import dev.memcollab.jlama.kernel.Matrix;
import java.lang.foreign.Arena;

/// Rotary position embedding: float i of a head and float i + size/2 are a point that is turned by
/// position · base^(−2i/size).
final class Rotation {
    private final Matrix cosines; // a row a position
    private final Matrix sines;
    private final int half;

    Rotation(Arena arena, int headSize, int positions, double base) {
        this.half = headSize / 2;
        this.cosines = Matrix.zeros(arena, positions, half);
        this.sines = Matrix.zeros(arena, positions, half);
        for (int i = 0; i < half; i++) {
            double step = Math.pow(base, -2.0 * i / headSize);
            for (int position = 0; position < positions; position++) {
                cosines.set(position, i, (float) Math.cos(position * step));
                sines.set(position, i, (float) Math.sin(position * step));
            }
        }
    }

    /// Turns all heads of a row.
    void turn(Matrix rows, int row, int position) {
        for (int head = 0; head < rows.columns(); head += 2 * half) {
            for (int i = 0; i < half; i++) {
                float x = rows.get(row, head + i);
                float y = rows.get(row, head + half + i);
                float cosine = cosines.get(position, i);
                float sine = sines.get(position, i);
                rows.set(row, head + i, x * cosine - y * sine);
                rows.set(row, head + half + i, x * sine + y * cosine);
            }
        }
    }
}
