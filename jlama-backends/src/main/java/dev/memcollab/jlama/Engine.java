package dev.memcollab.jlama;

import dev.memcollab.jlama.network.Network;
import dev.memcollab.model.ModelFailedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;

/// A loaded network that keeps the texts it read last; for one thread at a time.
///
/// A text that begins as one of them is read from the first different token on.
final class Engine implements AutoCloseable {
    /// Texts that are kept: a diagnosis, a statement and a check go back and forth between theirs.
    private static final int KEPT = 8;
    /// Tokens of the texts that are kept beside the one in use.
    private static final int KEPT_TOKENS = 3072;
    /// Tokens of a text that are rather read again than kept beside another's.
    private static final int FEW = 64;

    private final String name;
    private final Network network;
    private final int contextTokens;
    private final List<ReadText> kept = new ArrayList<>();
    private ReadText current;
    private long uses;
    private volatile TokenCounts counts = new TokenCounts(0, 0);

    private Engine(String name, Network network, int contextTokens) {
        this.name = name;
        this.network = network;
        this.contextTokens = contextTokens;
        this.current = new ReadText(network.newMemory(), contextTokens);
        kept.add(current);
    }

    static Engine load(ModelDirectory directory, int contextTokens) {
        try {
            var network = new Network(directory.network(), directory.weights(), Threads.team(),
                    contextTokens);
            return new Engine(directory.name(), network, contextTokens);
        } catch (ModelFailedException e) { // says what to do
            throw e;
        } catch (RuntimeException e) {
            throw new ModelFailedException("can not load the model at " + directory.path() + " ("
                    + e + "): import or pull it again", e);
        }
    }

    TokenCounts counts() {
        return counts;
    }

    /// How many tokens of the text need not be read again.
    int known(int[] text) {
        return closest(text).known(text);
    }

    private ReadText closest(int[] text) {
        return Collections.max(kept, Comparator.comparingInt(other -> other.known(text)));
    }

    /// Reads a text; the logits of the token after it.
    float[] read(int[] text) throws InterruptedException {
        if (text.length == 0) {
            throw new IllegalArgumentException("text must not be empty");
        }
        return Threads.compute(() -> {
            current = beginning(text);
            current.use(++uses);
            current.forgetFrom(Math.min(current.known(text), text.length - 1));
            counts = counts.plus(new TokenCounts(current.length(), 0));
            int row = 0;
            while (current.length() < text.length) {
                row = readNext(text, text.length) - 1;
            }
            return network.logits(row);
        });
    }

    /// The text kept that begins most alike, or a copy of that beginning where the rest is worth
    /// keeping.
    private ReadText beginning(int[] text) {
        ReadText closest = closest(text);
        int known = closest.known(text);
        if (closest.length() - known <= FEW) {
            return closest;
        }
        var other = new ReadText(network.newMemory(), contextTokens);
        other.take(closest, known);
        kept.add(other);
        dropOldest(other);
        return other;
    }

    private void dropOldest(ReadText used) {
        while (kept.size() > KEPT
                || kept.stream().mapToInt(ReadText::length).sum() > KEPT_TOKENS + used.length()) {
            ReadText oldest = Collections.min(kept.stream().filter(any -> any != used).toList(),
                    Comparator.comparingLong(ReadText::usedAt));
            kept.remove(oldest);
            oldest.close();
        }
    }

    /// Reads one more token; the logits of the one after it.
    float[] append(int id) throws InterruptedException {
        return append(id, new int[0])[0];
    }

    /// Reads one more token and looks at others behind it; the logits after each of them.
    ///
    /// Those behind it do not count as read, unless they are accepted before anything else is read.
    ///
    /// @param behind no more than go at once
    float[][] append(int id, int[] behind) throws InterruptedException {
        var tokens = new int[1 + behind.length];
        tokens[0] = id;
        System.arraycopy(behind, 0, tokens, 1, behind.length);
        return Threads.compute(() -> {
            run(tokens, false);
            current.append(tokens[0]);
            return network.logits(0, tokens.length);
        });
    }

    /// Counts the next of the tokens looked at as read.
    void accept(int id) {
        current.append(id);
    }

    /// ln p of each continuation of the text read last; what one begins with as the one before it did is
    /// read once. Afterwards, only the text counts as read.
    ///
    /// @param next the logits after the text
    double[] logProbabilities(float[] next, List<int[]> continuations)
            throws InterruptedException {
        int position = current.length();
        return Threads.compute(() -> {
            double[] sums = new double[continuations.size()];
            double[] before = {}; // ln p of each token of the continuation before
            for (int i = 0; i < sums.length; i++) {
                int[] text = current.with(position, continuations.get(i));
                double[] found = Arrays.copyOf(before, continuations.get(i).length);
                found[0] = Logits.logProbability(next, text[position]);
                // The last token in common is read again for the logits after it.
                current.forgetFrom(Math.max(position, current.known(text) - 1));
                score(text, position, found);
                sums[i] = DoubleStream.of(found).sum();
                before = found;
            }
            current.forgetFrom(position);
            return sums;
        });
    }

    /// Finds ln p of the tokens of a text that come after those read.
    ///
    /// @param found ln p of the tokens from `position` on
    private void score(int[] text, int position, double[] found) throws InterruptedException {
        while (current.length() < text.length - 1) {
            int from = current.length();
            int count = readNext(text, text.length - 1);
            double[] read = network.logProbabilities(
                    Arrays.copyOfRange(text, from + 1, from + 1 + count));
            System.arraycopy(read, 0, found, from + 1 - position, count);
        }
    }

    /// Reads the next tokens of the text, up to one or as many as go at once; their number.
    private int readNext(int[] text, int to) throws InterruptedException {
        int from = current.length();
        int[] tokens = Arrays.copyOfRange(text, from, Math.min(to, from + Network.most(from)));
        run(tokens, true);
        current.append(tokens);
        return tokens.length;
    }

    /// Runs tokens as if they came next, which does not yet count them as read.
    ///
    /// @param reading whether they are a text's, not chosen by the model
    private void run(int[] tokens, boolean reading) throws InterruptedException {
        int from = current.length();
        try {
            if (reading) {
                network.read(current.memory(), tokens, from);
            } else {
                network.forward(current.memory(), tokens, from);
            }
            counts = counts.plus(new TokenCounts(0, tokens.length));
        } catch (IndexOutOfBoundsException | IllegalArgumentException | IllegalStateException e) {
            throw new ModelFailedException(name + " failed at token " + from + " (" + e
                    + "): run memcollab models check " + name, e);
        }
    }

    @Override
    public void close() {
        kept.forEach(ReadText::close);
        network.close();
    }
}
