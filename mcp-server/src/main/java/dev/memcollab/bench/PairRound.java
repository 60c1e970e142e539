package dev.memcollab.bench;

import dev.memcollab.distill.DistillerEvent;
import dev.memcollab.jlama.TokenCounts;
import dev.memcollab.model.ModelRole;
import dev.memcollab.server.Narration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/// One distilling of the pair: what was done when, and each call to a model.
///
/// @param seconds from the run's turn until it was done
/// @param firstChecked seconds until the first candidate had been checked by both models, or until the
///     end where none came so far
public record PairRound(double seconds, double firstChecked, List<ModelCall> calls,
        List<String> told) {
    public PairRound {
        calls = List.copyOf(calls);
        told = List.copyOf(told);
    }

    /// Hears of a distilling while it goes on.
    static final class Listener {
        private final long begun = System.nanoTime();
        private final Consumer<String> progress;
        private final List<String> told = new ArrayList<>();
        private double firstChecked;

        Listener(Consumer<String> progress) {
            this.progress = progress;
        }

        void heard(DistillerEvent event) {
            String line = "%.1f s: %s".formatted(elapsed(), Narration.of(event));
            told.add(line);
            progress.accept(line);
            if (event instanceof DistillerEvent.Checked && firstChecked == 0) {
                firstChecked = elapsed();
            }
        }

        private double elapsed() {
            return (System.nanoTime() - begun) / 1e9;
        }

        PairRound ended(List<ModelCall> calls) {
            double seconds = elapsed();
            return new PairRound(seconds, firstChecked == 0 ? seconds : firstChecked, calls, told);
        }
    }

    /// The calls of one kind together.
    ///
    /// @param tokens written, or scored
    public record Calls(ModelRole role, String kind, String asked, int count, TokenCounts counts,
            int tokens, double seconds) {
        private static Calls of(ModelCall call) {
            return new Calls(call.role(), call.kind().name().toLowerCase(Locale.ROOT),
                    call.asked(), 1, call.counts(), call.tokens(), call.seconds());
        }

        private Calls plus(Calls other) {
            return new Calls(role, kind, asked, count + other.count, counts.plus(other.counts),
                    tokens + other.tokens, seconds + other.seconds);
        }

        Map<String, Object> facts() {
            var facts = new LinkedHashMap<String, Object>();
            facts.put("model", role.name().toLowerCase(Locale.ROOT));
            facts.put("call", kind);
            facts.put("asked", asked);
            facts.put("count", count);
            facts.put("prompt_tokens_known", counts.known());
            facts.put("tokens_read", counts.read());
            facts.put("tokens_written_or_scored", tokens);
            facts.put("seconds", Spread.rounded(seconds));
            return facts;
        }
    }

    /// The calls by model and purpose, in the order of the first of each.
    public List<Calls> summary() {
        var sums = new LinkedHashMap<List<Object>, Calls>();
        for (ModelCall call : calls) {
            sums.merge(List.of(call.role(), call.kind(), call.asked()), Calls.of(call),
                    Calls::plus);
        }
        return List.copyOf(sums.values());
    }

    Map<String, Object> facts() {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("seconds", Spread.rounded(seconds));
        facts.put("first_candidate_checked_seconds", Spread.rounded(firstChecked));
        facts.put("calls", summary().stream().map(Calls::facts).toList());
        facts.put("told", told);
        return facts;
    }
}
