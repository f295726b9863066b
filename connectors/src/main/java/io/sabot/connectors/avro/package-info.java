/**
 * Formats {@code avro} and {@code avro-confluent}: Avro's binary encoding with the schema of the table, of a file's head, or
 * of a schema registry.
 *
 * <p>Start at {@link io.sabot.connectors.avro.AvroFormatFactory}. Avro's library knows schemas and container files; values
 * go straight between memory and columns, by readers made once for each writer's schema ({@code AvroRowReader}), which
 * step over what a scan does not want. Connectors reach this package through {@code FormatFactory} only.
 */
@NullMarked
package io.sabot.connectors.avro;

import org.jspecify.annotations.NullMarked;
