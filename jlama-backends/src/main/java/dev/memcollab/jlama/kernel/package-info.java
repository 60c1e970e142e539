/// The matrix products of the two models on the Vector API, behind Jlama's `TensorOperations`.
///
/// A forward pass spends most of its time multiplying F32 activations with Q4 weights, and the rest
/// of it mostly in attention's F32 dot products. Those two are ours; every other operation goes to
/// the operations that Jlama ships.
///
/// - [VectorTensorOperations][dev.memcollab.jlama.kernel.VectorTensorOperations]: the door, which
///   product takes which way.
/// - `DirectDots`: one row of activations times Q4 weights as they are read, for decoding.
/// - `Panel`: weight rows as floats, dequantised once and used for all rows of activations.
/// - `Tiles`: the inner loops, some rows times some columns at a time.
/// - `Lanes`: the vector width, chosen when the class loads.
@NullMarked
package dev.memcollab.jlama.kernel;

import org.jspecify.annotations.NullMarked;
