package io.sabot.catalog;

/**
 * A column of a materialized view that carries event time, by the watermark that the view keeps with its rows.
 *
 * @param offsetMillis a row in time has {@code value > watermark + offsetMillis}; never positive
 */
public record TimeAttribute(String column, long offsetMillis) {}
