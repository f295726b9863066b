/**
 * Connector {@code datagen}: rows made up by rule, at a given rate.
 *
 * <p>Start at {@link io.sabot.connectors.datagen.DatagenFactory}. Every value is a function of the seed, the field and the
 * number of the row, so that a seed gives the same rows at any parallelism and after any restart. Readers belong to their
 * task's thread.
 */
@NullMarked
package io.sabot.connectors.datagen;

import org.jspecify.annotations.NullMarked;
