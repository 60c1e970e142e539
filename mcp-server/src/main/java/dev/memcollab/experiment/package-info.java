/// The experiment of arXiv 2603.23234 on this machine: learning from tasks that have a verifier
/// (`memcollab learn`), and whether what was learnt helps (`memcollab eval`).
@NullMarked
package dev.memcollab.experiment;

import org.jspecify.annotations.NullMarked;
