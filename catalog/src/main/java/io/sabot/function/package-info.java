/**
 * What functions of users are written against: the part of Flink's function classes that Sabot knows, under names of its own.
 *
 * <p>A jar that was compiled for Flink is read as if it had been compiled for these classes (see {@link
 * io.sabot.catalog.function.JarClassLoader}), so one jar serves both. A plain class with {@code eval} methods works too.
 */
@NullMarked
package io.sabot.function;

import org.jspecify.annotations.NullMarked;
