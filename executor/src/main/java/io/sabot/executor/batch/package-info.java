/**
 * Batches of rows as Arrow vectors, and the raw-address access that kernels use.
 *
 * <p>A {@link io.sabot.executor.batch.Batch} is immutable once emitted and has one owner; whoever gets it closes it or
 * hands it on. Vectors are the container; hot loops read addresses hoisted once per batch through {@link
 * io.sabot.executor.batch.Column} and {@link io.sabot.executor.batch.Memory}. Nothing here knows expressions, operators or
 * state. Methods are called by the one thread that owns the batch.
 */
@NullMarked
package io.sabot.executor.batch;

import org.jspecify.annotations.NullMarked;
