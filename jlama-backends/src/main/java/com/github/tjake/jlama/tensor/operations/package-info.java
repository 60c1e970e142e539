/// The one class of ours that must live in Jlama's package: Jlama looks it up by name.
@NullMarked
package com.github.tjake.jlama.tensor.operations;

import org.jspecify.annotations.NullMarked;
