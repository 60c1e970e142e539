package dev.memcollab.algebra;

/// A share of trials, with its 95 % interval.
///
/// Wilson, Journal of the American Statistical Association 22, 1927.
public record Proportion(int successes, int trials) {
    private static final double Z = 1.96; // two-sided

    public Proportion {
        if (successes < 0 || trials < successes) {
            throw new IllegalArgumentException("successes must lie in [0, %d], got %d"
                    .formatted(trials, successes));
        }
    }

    /// 0 where nothing was tried.
    public double value() {
        return trials == 0 ? 0 : (double) successes / trials;
    }

    public double low() {
        return trials == 0 ? 0 : Math.max(0, middle() - halfWidth());
    }

    public double high() {
        return trials == 0 ? 1 : Math.min(1, middle() + halfWidth());
    }

    private double middle() {
        return (value() + Z * Z / (2 * trials)) / (1 + Z * Z / trials);
    }

    private double halfWidth() {
        double share = value();
        double spread = share * (1 - share) / trials + Z * Z / (4.0 * trials * trials);
        return Z * Math.sqrt(spread) / (1 + Z * Z / trials);
    }
}
