/**
 * Format {@code json}: one JSON object per record, or an array of them; and formats {@code debezium-json}, {@code
 * canal-json}, {@code maxwell-json}: changes of rows as JSON messages.
 *
 * <p>Start at {@link io.sabot.connectors.json.JsonFormatFactory}. {@code JacksonDecoder} is complete and exact;
 * {@code ProjectingDecoder} reads only what a scan wants straight from memory and hands every record with anything
 * unusual to the former, which is also its oracle in tests. {@code ChangeDecoder} finds the rows of a change by an {@code
 * Envelope} and leaves them to those two. {@code JsonEncoder} is the mirror image. Options, names and
 * text forms are Flink's. Connectors reach this package through {@code FormatFactory} only. Decoders and encoders belong
 * to one task thread.
 */
@NullMarked
package io.sabot.connectors.json;

import org.jspecify.annotations.NullMarked;
