package dev.memcollab.server;

import dev.memcollab.recall.TaskClassifier;

/// How tasks are understood: what they mean, as soon as that can be told, and where they belong.
record Understanding(LateEmbedder embedder, TaskClassifier classifier) {}
