/**
 * Format {@code parquet}: files of columns in row groups.
 *
 * <p>Start at {@link io.sabot.connectors.parquet.ParquetFormatFactory}. Parquet's own library knows encodings, levels and
 * the assembly of records (modules column, encoding, common) and the structures of a foot (format-structures); files,
 * pages and packing are ours, so Hadoop is not needed. Connectors reach this package through {@code FormatFactory} only.
 *
 * <pre>
 *  PAR1 │ row group: column chunk [dictionary page] [data page]… │ column chunk … │ … │ foot │ its length │ PAR1
 * </pre>
 */
@NullMarked
package io.sabot.connectors.parquet;

import org.jspecify.annotations.NullMarked;
