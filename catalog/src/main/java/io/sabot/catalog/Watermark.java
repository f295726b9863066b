package io.sabot.catalog;

/**
 * The {@code WATERMARK FOR column AS expression} of a table.
 *
 * @param column name of the event-time column, TIMESTAMP(3) or TIMESTAMP_LTZ(3)
 * @param expressionSql text of the expression
 */
public record Watermark(String column, String expressionSql) {}
