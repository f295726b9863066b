/**
 * Format {@code arrow}: files of Arrow's IPC, in its file layout or as a stream.
 *
 * <p>Start at {@link io.sabot.connectors.arrow.ArrowFormatFactory}. Batches are Arrow's vectors, so rows are written as they
 * lie in memory; what is read is copied, since its types may be others than the table's. Connectors reach this package
 * through {@code FormatFactory} only.
 */
@NullMarked
package io.sabot.connectors.arrow;

import org.jspecify.annotations.NullMarked;
