package dev.memcollab.jlama.kernel;

import java.lang.foreign.Arena;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Causal attention of some rows of queries to all keys and values up to each one's own position.
///
/// Heads are shared out to the team. Many rows are taken a tile's width at a time, in the lanes, so
/// that scores, softmax and weighted values are what [Tiles] multiply.
public final class Attention {
    /// Heads are whole vectors, however wide these are.
    private static final int WHOLE = 16;

    private final Shape shape;
    private final Team team;
    private final ThreadLocal<Work> works;

    /// The heads of a layer.
    ///
    /// @param heads heads of queries
    /// @param keyHeads heads of keys and values: each serves the same number of queries' heads
    public record Shape(int heads, int keyHeads, int headSize) {
        public Shape {
            if (heads < 1 || keyHeads < 1 || heads % keyHeads != 0 || headSize < 1
                    || headSize % WHOLE != 0) {
                throw new IllegalArgumentException(("heads must be a multiple of keyHeads and"
                        + " headSize one of %d, got %d, %d and %d").formatted(WHOLE,
                                heads, keyHeads, headSize));
            }
        }

        int keyHead(int head) {
            return head / (heads / keyHeads);
        }

        float scale() {
            return (float) (1 / Math.sqrt(headSize));
        }
    }

    public Attention(Shape shape, Team team, int contextTokens) {
        this.shape = shape;
        this.team = team;
        this.works = ThreadLocal.withInitial(() -> new Work(shape, contextTokens));
    }

    /// Attends, each row for itself.
    ///
    /// @param queries a row for each position from `from` on
    /// @param memory has keys and values up to the last of them
    /// @param target as many rows
    public void attend(Matrix queries, int rows, int from, KeyValues memory, Matrix target) {
        if (rows <= Products.FEW) {
            team.run(shape.heads * rows, part -> works.get().one(queries, part / shape.heads,
                    part % shape.heads, from + part / shape.heads + 1, memory, target));
        } else {
            int blocks = Math.ceilDiv(rows, Tiles.WIDTH);
            team.run(shape.heads * blocks, part -> works.get().block(queries, rows,
                    part / shape.heads, part % shape.heads, from, memory, target));
        }
    }

    /// What a thread attends with.
    private static final class Work {
        private final Shape shape;
        private final Matrix scores; // WIDTH queries for each position, all in a row
        private final Packed query;
        private final int[] order; // of the columns of a head: as they are
        private final Matrix sums = Matrix.zeros(Arena.ofAuto(), 1, Tiles.ROWS * Tiles.WIDTH);

        Work(Shape shape, int contextTokens) {
            this.shape = shape;
            this.scores = Matrix.zeros(Arena.ofAuto(), 1,
                    (contextTokens + Tiles.ROWS) * Tiles.WIDTH);
            this.query = new Packed(Arena.ofAuto(), 1, shape.headSize);
            this.order = IntStream.range(0, shape.headSize).toArray();
        }

        /// One query, its scores in a row.
        void one(Matrix queries, int row, int head, int length, KeyValues memory, Matrix target) {
            int size = shape.headSize;
            long q = queries.address(row, head * size);
            long keys = memory.key(shape.keyHead(head), 0);
            long all = scores.address(0, 0);
            for (int position = 0; position < length; position++) {
                Memory.set(all + (long) Float.BYTES * position, shape.scale()
                        * Tiles.dot(q, keys + (long) Float.BYTES * size * position, size));
            }
            Pointwise.softmax(all, length);
            long values = memory.value(shape.keyHead(head), 0);
            long into = target.address(row, head * size);
            for (int k = 0; k < size; k += Lanes.COUNT) {
                long at = (long) Float.BYTES * k;
                Tiles.weigh(all, length, values + at, (long) Float.BYTES * size, into + at);
            }
        }

        /// A tile's width of queries, the scores of a position side by side.
        void block(Matrix queries, int rows, int block, int head, int from, KeyValues memory,
                Matrix target) {
            int size = shape.headSize;
            int first = block * Tiles.WIDTH;
            int count = Math.min(Tiles.WIDTH, rows - first);
            query.expect(count);
            query.pack(0, queries, first, head * size, order, shape.scale());
            int length = from + first + count;
            score(memory.key(shape.keyHead(head), 0), length);
            for (int half = 0; half < Tiles.WIDTH; half += Lanes.COUNT) {
                softmax(half, from + first + half, length);
            }
            weigh(memory.value(shape.keyHead(head), 0), length, target, first, count, head * size);
        }

        private long scores(int position, int query) {
            return scores.address(0, position * Tiles.WIDTH + query);
        }

        private void score(long keys, int length) {
            long stride = (long) Float.BYTES * shape.headSize;
            for (int position = 0; position < length; position += Tiles.ROWS) {
                Tiles.multiply(query.address(0, 0), keys + position * stride, stride, Float.BYTES,
                        shape.headSize, scores(position, 0));
            }
        }

        /// Softmax down the columns of half a tile; a query sees positions up to its own.
        private void softmax(int half, int position, int length) {
            FloatVector own = Lanes.ascending(position);
            FloatVector most = FloatVector.broadcast(Lanes.FLOATS, Float.NEGATIVE_INFINITY);
            for (int i = 0; i < length; i++) {
                long at = scores(i, half);
                if (i > position) {
                    Memory.put(Memory.lanes(at).blend(Float.NEGATIVE_INFINITY,
                            own.compare(VectorOperators.LT, i)), at);
                }
                most = most.max(Memory.lanes(at));
            }
            FloatVector sum = exponentials(half, length, most);
            FloatVector scale = FloatVector.broadcast(Lanes.FLOATS, 1).div(sum);
            for (int i = 0; i < length; i++) {
                long at = scores(i, half);
                Memory.put(Memory.lanes(at).mul(scale), at);
            }
        }

        private FloatVector exponentials(int half, int length, FloatVector most) {
            FloatVector sum = FloatVector.zero(Lanes.FLOATS);
            for (int i = 0; i < length; i++) {
                long at = scores(i, half);
                FloatVector score = Memory.lanes(at);
                FloatVector e = Pointwise.exp(score.sub(most)).blend(0,
                        score.compare(VectorOperators.EQ, Float.NEGATIVE_INFINITY));
                Memory.put(e, at);
                sum = sum.add(e);
            }
            return sum;
        }

        private void weigh(long values, int length, Matrix target, int first, int count,
                int column) {
            long stride = (long) Float.BYTES * shape.headSize;
            long into = sums.address(0, 0);
            for (int k = 0; k < shape.headSize; k += Tiles.ROWS) {
                Tiles.multiply(scores.address(0, 0), values + (long) Float.BYTES * k, Float.BYTES,
                        stride, length, into);
                for (int i = 0; i < count; i++) {
                    for (int j = 0; j < Tiles.ROWS; j++) {
                        target.set(first + i, column + k + j, sums.get(0, j * Tiles.WIDTH + i));
                    }
                }
            }
        }
    }
}
