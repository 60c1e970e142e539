package com.github.tjake.jlama.tensor.operations;

import dev.memcollab.jlama.kernel.VectorTensorOperations;

/// The name under which Jlama looks for faster operations than its own.
///
/// Its `TensorOperationsProvider` knows only this class name, meant for jlama-native, whose products
/// are wrong for some sizes and which must not be on the class path beside it.
public final class NativeSimdTensorOperations extends VectorTensorOperations {}
