/// Which constraints a task is given, or none.
///
/// | paper (arXiv 2603.23234, Algorithm 2) | here |
/// |---|---|
/// | f(x) → (category, subcategory) | [TaskClassifier][dev.memcollab.recall.TaskClassifier] |
/// | top p source tasks × 3 | [Recall][dev.memcollab.recall.Recall]: at most 3 lines a source task, up to the limit |
/// | (always returns p) | [TriggerFit][dev.memcollab.recall.TriggerFit]: a line whose trigger is not true of the task is held back |
///
/// No language model on this path.
@NullMarked
package dev.memcollab.recall;

import org.jspecify.annotations.NullMarked;
