/**
 * Format {@code raw}: the whole record is one value.
 *
 * <p>Start at {@link io.sabot.connectors.raw.RawFormatFactory}. Connectors reach this package through {@code
 * FormatFactory} only.
 */
@NullMarked
package io.sabot.connectors.raw;

import org.jspecify.annotations.NullMarked;
