package dev.memcollab.jlama.kernel;

import java.lang.foreign.Arena;
import java.util.HashSet;
import java.util.Set;

/// Many rows of activations times rows of weights, of which a panel is made ready at a time.
///
/// A panel is of floats; but where activations are rounded to whole numbers, codes of four to six bits are
/// such too, and shorts are multiplied in less time.
final class Panels {
    /// Rows of weights in a panel.
    static final int ROWS = 32;
    /// Blocks of weights whose activations fit the L1 cache.
    private static final int NEAR = 8;

    private final Packed floats;
    private final PackedShorts ofFourBits;
    private final PackedShorts ofMoreBits;
    private final Team team;
    private Matrix activations;
    private int rows;
    private int[] order = {};
    private boolean rounded;
    private final Set<Integer> packed = new HashSet<>(); // limits to which activations are rounded

    Panels(Team team, Arena arena, int rows, int depth) {
        this.team = team;
        this.floats = new Packed(arena, rows, depth);
        this.ofFourBits = new PackedShorts(arena, rows, depth, Rounding.limit(4));
        this.ofMoreBits = new PackedShorts(arena, rows, depth, Rounding.limit(5));
        this.activations = Matrix.zeros(arena, 1, 1);
    }

    /// Takes the activations that all following panels are multiplied with.
    void take(Matrix activations, int rows, boolean rounded) {
        this.activations = activations;
        this.rows = rows;
        this.rounded = rounded;
        packed.clear();
    }

    /// Makes the activations ready for some weights, unless they are.
    void prepare(Weights weights) {
        if (!packed.add(limit(weights))) {
            return;
        }
        if (rounds(weights)) {
            PackedShorts numbers = numbers(weights);
            team.run(tiles(), tile -> numbers.pack(tile, activations, rows));
            return;
        }
        if (order.length != activations.columns()) {
            order = order(activations.columns());
        }
        floats.expect(rows);
        team.run(tiles(), tile -> floats.pack(tile, activations, tile * Tiles.WIDTH, 0, order, 1));
    }

    /// To which activations are rounded for weights; 0 where they are not.
    private int limit(Weights weights) {
        return rounded ? Rounding.limit(weights.bits()) : 0;
    }

    private boolean rounds(Weights weights) {
        return limit(weights) > 0;
    }

    private PackedShorts numbers(Weights weights) {
        return weights.bits() == 4 ? ofFourBits : ofMoreBits;
    }

    /// The column of a row that each float is of which [UnpackTiles] makes.
    private static int[] order(int columns) {
        int[] order = new int[columns];
        int blocks = columns / Weights.BLOCK;
        int next = 0;
        for (int bundle = 0; bundle < blocks; bundle += Weights.BUNDLE) {
            for (int i = 0; i < Weights.BLOCK; i++) {
                int end = Math.min(blocks, bundle + Weights.BUNDLE);
                for (int block = bundle; block < end; block++) {
                    order[next++] = block * Weights.BLOCK + i;
                }
            }
        }
        return order;
    }

    private int tiles() {
        return Math.ceilDiv(rows, Tiles.WIDTH);
    }

    /// Multiplies with a panel: up to [#ROWS] rows of weights.
    void multiply(Weights weights, int row, int count, Matrix result, boolean add) {
        Scratch scratch = Scratch.ofThread();
        scratch.clearTiles(tiles());
        long scales = scratch.scales(2 * ROWS * Weights.BUNDLE);
        long shifts = scales + (long) Float.BYTES * ROWS * Weights.BUNDLE;
        for (int bundle = 0; bundle < weights.bundles(); bundle++) {
            read(weights, row, count, bundle, scales, shifts);
            if (rounds(weights)) {
                shorts(weights, row, count, bundle, scales, shifts);
            } else {
                addMiddles(weights, count, scales, shifts);
                floats(weights, row, count, bundle, scales, shifts);
            }
        }
        for (int i = 0; i < rows; i++) {
            long from = scratch.tile(i / Tiles.WIDTH, 0)
                    + (long) Float.BYTES * (i % Tiles.WIDTH);
            scatter(from, result.address(i, row), count, add);
        }
    }

    private static void read(Weights weights, int row, int count, int bundle, long scales,
            long shifts) {
        int block = bundle * Weights.BUNDLE;
        for (int j = 0; j < count; j++) {
            long at = (long) Float.BYTES * Weights.BUNDLE * j;
            UnpackTiles.bfloats(weights.scale(row + j, block), weights.blocks(bundle), scales + at);
            if (weights.isShifted()) {
                UnpackTiles.bfloats(weights.shift(row + j, block), weights.blocks(bundle),
                        shifts + at);
            }
        }
    }

    /// Makes of shifts what codes of zero stand for.
    private static void addMiddles(Weights weights, int count, long scales, long shifts) {
        for (int i = 0; i < count * Weights.BUNDLE; i++) {
            long at = (long) Float.BYTES * i;
            float shift = weights.isShifted() ? Memory.get(shifts + at) : 0;
            Memory.set(shifts + at, Math.fma(Memory.get(scales + at), -weights.middle(), shift));
        }
    }

    private static void scatter(long from, long to, int count, boolean add) {
        for (int j = 0; j < count; j++) {
            float sum = Memory.get(from);
            Memory.set(to, add ? Memory.get(to) + sum : sum);
            from += (long) Float.BYTES * Tiles.WIDTH;
            to += Float.BYTES;
        }
    }

    private void floats(Weights weights, int row, int count, int bundle, long scales,
            long zeros) {
        Scratch scratch = Scratch.ofThread();
        int columns = weights.blocks(bundle) * Weights.BLOCK;
        long stride = (long) Float.BYTES * columns;
        long side = (long) Integer.BYTES * weights.blocks(bundle);
        for (int j = 0; j < count; j++) {
            long at = (long) Float.BYTES * Weights.BUNDLE * j;
            for (int v = 0; v < Weights.INTS; v++) {
                UnpackTiles.floats(weights.highBits(), weights.low(row + j, bundle) + v * side,
                        weights.high(row + j, bundle, v), weights.highPlace(v), side, scales + at,
                        zeros + at, scratch.panel() + stride * j + side * Weights.FIELDS * v);
            }
        }
        int first = bundle * Weights.BUNDLE * Weights.BLOCK;
        for (int tile = 0; tile < tiles(); tile++) {
            for (int j = 0; j < count; j += Tiles.ROWS) {
                Tiles.add(floats.address(tile, first), scratch.panel() + stride * j, stride,
                        Float.BYTES, columns, scratch.tile(tile, j));
            }
        }
    }

    private void shorts(Weights weights, int row, int count, int bundle, long scales,
            long shifts) {
        Scratch scratch = Scratch.ofThread();
        long stride = (long) Short.BYTES * weights.blocks(bundle) * Weights.BLOCK;
        long side = (long) Integer.BYTES * weights.blocks(bundle);
        for (int j = 0; j < count; j++) {
            for (int v = 0; v < Weights.INTS; v++) {
                UnpackTiles.shorts(weights.highBits(), weights.low(row + j, bundle) + v * side,
                        weights.high(row + j, bundle, v), weights.highPlace(v), side,
                        scratch.panel() + stride * j + side * Weights.FIELDS / 2 * v);
            }
        }
        PackedShorts x = numbers(weights);
        for (int tile = 0; tile < tiles(); tile++) {
            for (int block = 0; block < weights.blocks(bundle); block += NEAR) {
                for (int j = 0; j < count; j += Tiles.ROWS) {
                    long at = (long) Float.BYTES * (Weights.BUNDLE * j + block);
                    shorts(weights, x, tile, bundle, block, scratch.panel() + stride * j, stride,
                            scales + at, shifts + at, scratch.tile(tile, j));
                }
            }
        }
    }

    private static void shorts(Weights weights, PackedShorts x, int tile, int bundle, int block,
            long panel, long stride, long scales, long shifts, long sums) {
        int blocks = Math.min(NEAR, weights.blocks(bundle) - block);
        int first = bundle * Weights.BUNDLE + block;
        int parts = weights.bits() == 6 ? 2 : 1;
        long partial = Scratch.ofThread().sums();
        long row = (long) Float.BYTES * Weights.BUNDLE;
        ShortTiles.multiply(blocks, parts, x.numbers(tile, first),
                panel + (long) Integer.BYTES * block,
                (long) Integer.BYTES * weights.blocks(bundle), stride, partial);
        ShortTiles.scale(blocks, parts, partial, x.scales(tile, first), scales, row, sums);
        if (weights.isShifted()) {
            Tiles.add(x.sums(tile, first), shifts, row, Float.BYTES, blocks, sums);
        }
    }
}
