/// The embedder: all-MiniLM-L6-v2 in eight bits, run by ONNX Runtime.
///
/// A text becomes word pieces ([WordPiece][dev.memcollab.memory.embedding.WordPiece]), these become
/// one vector ([MiniLm][dev.memcollab.memory.embedding.MiniLm]). Model and vocabulary lie in a jar
/// of langchain4j's; of ONNX Runtime there are builds for Linux, Windows and Macs with Apple's
/// processor. Elsewhere there is no embedder, and recall goes by words alone.
@NullMarked
package dev.memcollab.memory.embedding;

import org.jspecify.annotations.NullMarked;
