@org.jspecify.annotations.NullMarked
package dev.memcollab.server.project;
