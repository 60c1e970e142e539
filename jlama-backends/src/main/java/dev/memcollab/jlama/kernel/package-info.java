/// The arithmetic of a forward pass on the Vector API.
///
/// Most of a pass is products of F32 activations with quantised weights. They go two ways:
///
/// - few rows of activations, as in decoding: `DirectDots` uses weights as they are read, at the speed
///   of memory;
/// - many, as in reading a prompt or scoring: `Packed` puts the rows in the lanes, a panel of weights
///   (`Panels`) is made floats once, and `Tiles` multiplies both in registers. Where activations may be
///   rounded, `PackedShorts` and `ShortTiles` do so with whole numbers.
///
/// Classes whose names end in `Tiles` have the inner loops. They must be started with
/// `-XX:CompileCommand=dontinline,*Tiles::*`: inlined into one method, they are too much for the compiler.
///
/// What others see:
///
/// - [Products][dev.memcollab.jlama.kernel.Products]: activations times [Weights][dev.memcollab.jlama.kernel.Weights],
///   several at once.
/// - [Attention][dev.memcollab.jlama.kernel.Attention] to [KeyValues][dev.memcollab.jlama.kernel.KeyValues].
/// - [Pointwise][dev.memcollab.jlama.kernel.Pointwise]: norms, gates, softmax.
/// - [Matrix][dev.memcollab.jlama.kernel.Matrix]: floats outside the heap.
/// - [Team][dev.memcollab.jlama.kernel.Team]: the threads that share all of it.
///
/// `Codes` makes floats of numbers of weights, `Rounding` tells how activations are rounded. `Lanes` has the
/// vector width, chosen when the class loads; `Memory` is the one door to memory by address, and `Scratch`
/// what a thread works with.
@NullMarked
package dev.memcollab.jlama.kernel;

import org.jspecify.annotations.NullMarked;
