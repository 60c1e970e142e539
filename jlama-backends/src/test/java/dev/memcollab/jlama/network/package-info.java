@NullMarked
package dev.memcollab.jlama.network;

import org.jspecify.annotations.NullMarked;
