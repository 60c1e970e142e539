package dev.memcollab.jlama;

import java.util.concurrent.CountDownLatch;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The bounds of what a model can reach on this machine with some threads: its roofline.
///
/// Williams, Waterman, Patterson, CACM 2009. There are two roofs, for there are two kinds of products:
/// of floats, and of 16-bit numbers, of which twice as many go into a vector but which have no fused
/// multiply-add in the Vector API. A machine may have instructions for more than that.
///
/// @param gigaflops 10⁹ operations a second, of fused multiply-adds of floats that touch no memory,
/// two each
/// @param shortGigaops 10⁹ operations a second, of multiplications of 16-bit numbers and additions to
/// the product that touch no memory, two each pair
/// @param gigabytes 10⁹ bytes a second, read one after the other from a memory that no cache holds
public record MachinePeak(double gigaflops, double shortGigaops, double gigabytes) {
    // Chains of multiply-adds wait for the one before: as many run side by side as hide that wait,
    // and all fit into registers. A chain of shorts multiplies what it has and adds a number, or
    // the
    // compiler would take the product of two numbers that stay the same out of the loop. Each round
    // is long enough that starting threads does not count, and the best one does: noise of other
    // processes only takes away.

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
    private static final int CHAINS = 12;
    private static final int STEPS = 4_000_000;
    private static final int CALL = 20_000; // steps of a call, so that it is compiled soon
    private static final int FLOATS = 256 << 20 >> 2;
    private static final int PIECE = 1 << 16; // floats of a call
    private static final int ROUNDS = 8;

    private static volatile float sink;

    /// Measures for some seconds, with 256 MB of heap.
    ///
    /// @param threads that work at the same time
    public static MachinePeak measure(int threads) throws InterruptedException {
        var memory = new float[FLOATS];
        double floats = 0;
        double shorts = 0;
        double bytes = 0;
        for (int round = 0; round < ROUNDS; round++) {
            floats = Math.max(floats, SPECIES.length() * chainSteps(threads,
                    () -> multiplyAdd(memory, CALL)));
            shorts = Math.max(shorts, SHORTS.length() * chainSteps(threads,
                    () -> multiplyAddShorts((short) memory[0], CALL)));
            bytes = Math.max(bytes, bytes(threads, memory));
        }
        return new MachinePeak(2 * floats / 1e9, 2 * shorts / 1e9, bytes / 1e9);
    }

    /// Steps of chains in registers.
    @FunctionalInterface
    private interface Chains {
        float run();
    }

    /// Steps a second of all chains of all threads together.
    private static double chainSteps(int threads, Chains chains) throws InterruptedException {
        double seconds = seconds(threads, _ -> {
            for (int done = 0; done < STEPS; done += CALL) {
                sink = chains.run();
            }
        });
        return (double) CHAINS * STEPS * threads / seconds;
    }

    /// Bytes a second that all threads together read.
    private static double bytes(int threads, float[] memory) throws InterruptedException {
        double seconds = seconds(threads, thread -> {
            int pieces = FLOATS / PIECE;
            int end = pieces * (thread + 1) / threads;
            for (int piece = pieces * thread / threads; piece < end; piece++) {
                sink = sum(memory, piece * PIECE);
            }
        });
        return (double) Float.BYTES * FLOATS / seconds;
    }

    /// A share of the work.
    @FunctionalInterface
    private interface Share {
        void run(int thread);
    }

    private static double seconds(int threads, Share share) throws InterruptedException {
        var ready = new CountDownLatch(threads - 1);
        var go = new CountDownLatch(1);
        var others = new Thread[threads - 1];
        for (int i = 0; i < others.length; i++) {
            int number = i + 1;
            others[i] = Thread.ofPlatform().daemon().start(() -> {
                ready.countDown();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
                share.run(number);
            });
        }
        ready.await();
        long begun = System.nanoTime();
        go.countDown();
        share.run(0);
        for (Thread other : others) {
            other.join();
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    private static float multiplyAdd(float[] numbers, int steps) {
        var x = FloatVector.fromArray(SPECIES, numbers, 0);
        var y = FloatVector.fromArray(SPECIES, numbers, SPECIES.length());
        FloatVector a = x, b = x, c = x, d = x, e = x, f = x;
        FloatVector g = x, h = x, i = x, j = x, k = x, l = x;
        for (int step = 0; step < steps; step++) {
            a = x.fma(y, a);
            b = x.fma(y, b);
            c = x.fma(y, c);
            d = x.fma(y, d);
            e = x.fma(y, e);
            f = x.fma(y, f);
            g = x.fma(y, g);
            h = x.fma(y, h);
            i = x.fma(y, i);
            j = x.fma(y, j);
            k = x.fma(y, k);
            l = x.fma(y, l);
        }
        return a.add(b).add(c).add(d.add(e).add(f)).add(g.add(h).add(i)).add(j.add(k).add(l))
                .reduceLanes(VectorOperators.ADD);
    }

    private static short multiplyAddShorts(short start, int steps) {
        var x = ShortVector.broadcast(SHORTS, start);
        var y = x.add((short) 1);
        ShortVector a = x, b = x, c = x, d = x, e = x, f = x;
        ShortVector g = x, h = x, i = x, j = x, k = x, l = x;
        for (int step = 0; step < steps; step++) {
            a = a.mul(y).add(x);
            b = b.mul(y).add(x);
            c = c.mul(y).add(x);
            d = d.mul(y).add(x);
            e = e.mul(y).add(x);
            f = f.mul(y).add(x);
            g = g.mul(y).add(x);
            h = h.mul(y).add(x);
            i = i.mul(y).add(x);
            j = j.mul(y).add(x);
            k = k.mul(y).add(x);
            l = l.mul(y).add(x);
        }
        return a.add(b).add(c).add(d.add(e).add(f)).add(g.add(h).add(i)).add(j.add(k).add(l))
                .reduceLanes(VectorOperators.ADD);
    }

    private static float sum(float[] numbers, int from) {
        FloatVector a = FloatVector.zero(SPECIES), b = a, c = a, d = a;
        int lanes = SPECIES.length();
        for (int i = from; i < from + PIECE; i += 4 * lanes) {
            a = a.add(FloatVector.fromArray(SPECIES, numbers, i));
            b = b.add(FloatVector.fromArray(SPECIES, numbers, i + lanes));
            c = c.add(FloatVector.fromArray(SPECIES, numbers, i + 2 * lanes));
            d = d.add(FloatVector.fromArray(SPECIES, numbers, i + 3 * lanes));
        }
        return a.add(b).add(c.add(d)).reduceLanes(VectorOperators.ADD);
    }
}
