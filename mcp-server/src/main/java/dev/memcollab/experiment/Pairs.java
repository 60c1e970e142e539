package dev.memcollab.experiment;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How often the same tasks were solved with something and without it.
///
/// @param both solved both times
/// @param gains solved only with it
/// @param regressions solved only without it
/// @param neither solved neither time
record Pairs(int both, int gains, int regressions, int neither) {
    static final Pairs NONE = new Pairs(0, 0, 0, 0);

    Pairs plus(boolean with, boolean without) {
        return new Pairs(both + (with && without ? 1 : 0), gains + (with && !without ? 1 : 0),
                regressions + (!with && without ? 1 : 0), neither + (!with && !without ? 1 : 0));
    }

    Pairs plus(Pairs other) {
        return new Pairs(both + other.both, gains + other.gains, regressions + other.regressions,
                neither + other.neither);
    }

    static Pairs sum(List<Pairs> some) {
        return some.stream().reduce(NONE, Pairs::plus);
    }

    int count() {
        return both + gains + regressions + neither;
    }

    /// Points by which the share of solved tasks rose.
    double points() {
        return count() == 0 ? 0 : 100.0 * (gains - regressions) / count();
    }

    /// The exact two-sided p of McNemar's test: how likely gains and regressions at least as uneven
    /// would be if either were as likely as the other.
    ///
    /// McNemar, Psychometrika 12, 1947; exact by the binomial distribution.
    double p() {
        int changed = gains + regressions;
        int fewer = Math.min(gains, regressions);
        double tail = 0;
        double logShare = -changed * Math.log(2); // of the ways to choose k of the changed
        for (int k = 0; k <= fewer; k++) {
            tail += Math.exp(logShare);
            logShare += Math.log((double) (changed - k) / (k + 1));
        }
        return Math.min(1, 2 * tail);
    }

    Map<String, Object> facts() {
        var facts = new TreeMap<String, Object>();
        facts.put("both", both);
        facts.put("gains", gains);
        facts.put("regressions", regressions);
        facts.put("neither", neither);
        facts.put("points", Math.round(points() * 10) / 10.0);
        facts.put("p", Math.round(p() * 1e4) / 1e4);
        return facts;
    }
}
