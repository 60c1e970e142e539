@NullMarked
package dev.memcollab.model;

import org.jspecify.annotations.NullMarked;
