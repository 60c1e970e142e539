package dev.memcollab.jlama.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// Makes of numbers of [Weights] what the other inner loops take: floats of scales and shifts, and, for
/// many rows of activations, of a vector of ints of each block of a bundle floats or shorts.
final class UnpackTiles {
    private static final long LANES_BYTES = (long) Lanes.COUNT * Integer.BYTES;

    private UnpackTiles() {}

    /// The last lanes come first, for what is written beyond is where the first ones belong.
    private static long last(long side) {
        return (side - 1) / LANES_BYTES * LANES_BYTES;
    }

    /// Writes codes less their middle, two shorts to an int: for each of four steps of [ShortTiles] an
    /// int of each block.
    ///
    /// @param high where the upper bits are; anywhere, where there are none
    /// @param down from which bit on
    /// @param side bytes of ints that lie side by side
    static void shorts(int highBits, long low, long high, int down, long side, long target) {
        IntVector mask = Lanes.broadcast(((1 << highBits) - 1) * 0x00100010);
        IntVector middle = Lanes.broadcast((1 << (highBits + 3)) * 0x00010001);
        for (long at = last(side); at >= 0; at -= LANES_BYTES) {
            IntVector lower = Memory.ints(low + at);
            IntVector upper = Memory.ints(high + at).lanewise(VectorOperators.LSHR, down);
            for (int step = 0; step < Weights.FIELDS / 2; step++) {
                IntVector codes = lower.and(0x000F000F)
                        .or(upper.lanewise(VectorOperators.LSHL, 4).and(mask));
                Memory.put(codes.reinterpretAsShorts().sub(middle.reinterpretAsShorts()),
                        target + step * side + at);
                lower = lower.lanewise(VectorOperators.LSHR, 4);
                upper = upper.lanewise(VectorOperators.LSHR, 4);
            }
        }
    }

    /// Writes weights: for each field a float of each block.
    ///
    /// @param scales floats of the blocks, as `zeros` are: what codes of zero stand for
    static void floats(int highBits, long low, long high, int down, long side, long scales,
            long zeros, long target) {
        IntVector mask = Lanes.broadcast(((1 << highBits) - 1) << 4);
        for (long at = last(side); at >= 0; at -= LANES_BYTES) {
            IntVector lower = Memory.ints(low + at);
            IntVector upper = Memory.ints(high + at).lanewise(VectorOperators.LSHR, down);
            FloatVector scale = Memory.lanes(scales + at);
            FloatVector zero = Memory.lanes(zeros + at);
            for (int field = 0; field < Weights.FIELDS; field++) {
                IntVector codes = lower.and(15)
                        .or(upper.lanewise(VectorOperators.LSHL, 4).and(mask));
                Memory.put(Codes.floats(codes).fma(scale, zero), target + field * side + at);
                lower = lower.lanewise(VectorOperators.LSHR, 4);
                upper = upper.lanewise(VectorOperators.LSHR, 4);
            }
        }
    }

    /// Writes the floats whose upper halves begin at an address, up to a vector more than asked for.
    static void bfloats(long from, int count, long target) {
        for (int i = 0; i < count; i += Lanes.COUNT) {
            Memory.put(Codes.bfloats(from + (long) Short.BYTES * i),
                    target + (long) Float.BYTES * i);
        }
    }
}
