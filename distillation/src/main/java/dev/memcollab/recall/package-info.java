/// Which constraints a task is given, or none.
///
/// | paper (arXiv 2603.23234, Algorithm 2) | here |
/// |---|---|
/// | f(x) → (category, subcategory) | [TaskClassifier][dev.memcollab.recall.TaskClassifier] |
/// | top p source tasks × 3 | [Recall][dev.memcollab.recall.Recall]: at most 3 lines a source task, up to the limit |
/// | (always returns p) | [Relevance][dev.memcollab.recall.Relevance]: a line that is not likely to matter is held back; [TriggerFit][dev.memcollab.recall.TriggerFit] where meanings are not known |
///
/// A task's category is found by the examples of a `Taxonomy`, by their words (`WordModel`) and by what
/// they mean (`MeaningModel`). No language model on this path.
@NullMarked
package dev.memcollab.recall;

import org.jspecify.annotations.NullMarked;
