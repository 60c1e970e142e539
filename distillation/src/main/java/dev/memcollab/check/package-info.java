/// The check by both models: a candidate is a hypothesis, and both models are the laboratory.
///
/// [MarginCheck][dev.memcollab.check.MarginCheck] asks what a model thinks of a rule,
/// [ReplayCheck][dev.memcollab.check.ReplayCheck] what it does with it. The paper
/// (arXiv 2603.23234) has no such check.
@NullMarked
package dev.memcollab.check;

import org.jspecify.annotations.NullMarked;
