package dev.memcollab.trajectory;

import dev.memcollab.model.ModelRole;

/// How one of the two local models did at a recorded task that has a verifier, with nothing in
/// front of it.
///
/// @param trajectoryId the recorded run whose task it was
public record LocalAttempt(String trajectoryId, ModelRole role, String model, boolean passed) {}
