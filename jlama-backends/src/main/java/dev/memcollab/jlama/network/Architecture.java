package dev.memcollab.jlama.network;

import dev.memcollab.jlama.kernel.Attention;

/// The sizes of a network.
///
/// @param width floats of a hidden state
/// @param inner floats between the two halves of a feed-forward
/// @param epsilon keeps a norm from dividing by zero
/// @param rotationBase see [Rotation]
public record Architecture(int layers, int width, int inner, Attention.Shape attention,
        int vocabulary, float epsilon, double rotationBase) {
    int queryWidth() {
        return attention.heads() * attention.headSize();
    }

    int keyWidth() {
        return attention.keyHeads() * attention.headSize();
    }
}
