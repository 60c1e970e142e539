package dev.memcollab.merge;

import java.util.stream.DoubleStream;

/// What a model says of whether two constraints are the same, slot by slot: log-odds of "yes" against
/// "no" in nats, the mean of both orders in which it can be asked.
///
/// @param when of both triggers being the same situation
/// @param enforce of both demands meaning the same
/// @param avoid of both violations meaning the same
public record Verdict(double when, double enforce, double avoid) {
    /// Log-odds from which on a yes is sure enough; two rules with one and the same trigger are not the
    /// more alike the surer that is.
    private static final double SURE = 1;

    /// How far all slots agree, in nats, at most 3.
    double agreement() {
        return DoubleStream.of(when, enforce, avoid).map(odds -> Math.min(odds, SURE)).sum();
    }
}
