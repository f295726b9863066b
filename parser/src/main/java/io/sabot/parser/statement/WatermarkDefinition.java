package io.sabot.parser.statement;

import io.sabot.parser.error.SqlSpan;
import org.apache.calcite.sql.SqlNode;

/**
 * {@code WATERMARK FOR column AS expression}.
 *
 * @param column usually one part; more for a field of a row
 */
public record WatermarkDefinition(ObjectName column, SqlNode expression, SqlSpan span) {}
