/**
 * Connectors and formats: one package each, found by {@link java.util.ServiceLoader}.
 *
 * <p>No connector knows another, none knows the planner, and formats are reached only through {@code FormatFactory};
 * {@code text} is what formats share. The contracts are in {@code io.sabot.executor.connector}. See the module's README
 * for how to add one.
 */
@NullMarked
package io.sabot.connectors;

import org.jspecify.annotations.NullMarked;
