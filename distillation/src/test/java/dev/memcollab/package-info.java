/// Tests that hold for every module.
@NullMarked
package dev.memcollab;

import org.jspecify.annotations.NullMarked;
