package dev.memcollab.jlama;

import java.util.concurrent.CountDownLatch;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The two bounds of what a model can reach on this machine with some threads: its roofline.
///
/// Williams, Waterman, Patterson, CACM 2009.
///
/// @param gigaflops 10⁹ operations a second, of fused multiply-adds that touch no memory, two each
/// @param gigabytes 10⁹ bytes a second, read one after the other from a memory that no cache holds
public record MachinePeak(double gigaflops, double gigabytes) {
    // Chains of multiply-adds wait for the one before: as many run side by side as hide that wait,
    // and all fit into registers. Each round is long enough that starting threads does not count,
    // and
    // the best one does: noise of other processes only takes away.

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
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
        double flops = 0;
        double bytes = 0;
        for (int round = 0; round < ROUNDS; round++) {
            double seconds = seconds(threads, _ -> {
                for (int done = 0; done < STEPS; done += CALL) {
                    sink = multiplyAdd(memory, CALL);
                }
            });
            flops = Math.max(flops, 2.0 * CHAINS * SPECIES.length() * STEPS * threads / seconds);
            seconds = seconds(threads, thread -> {
                int pieces = FLOATS / PIECE;
                int end = pieces * (thread + 1) / threads;
                for (int piece = pieces * thread / threads; piece < end; piece++) {
                    sink = sum(memory, piece * PIECE);
                }
            });
            bytes = Math.max(bytes, (double) Float.BYTES * FLOATS / seconds);
        }
        return new MachinePeak(flops / 1e9, bytes / 1e9);
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
