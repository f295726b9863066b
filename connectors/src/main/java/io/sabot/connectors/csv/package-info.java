/**
 * Format {@code csv}: fields between delimiters, columns by position, no header (RFC 4180 as Flink reads it).
 *
 * <p>Start at {@link io.sabot.connectors.csv.CsvFormatFactory}. A record may span lines inside quotes, so the format cuts
 * files itself: {@code CsvFramer}. Connectors reach this package through {@code FormatFactory} only. Decoders and encoders
 * belong to one task thread.
 */
@NullMarked
package io.sabot.connectors.csv;

import org.jspecify.annotations.NullMarked;
