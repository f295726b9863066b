package io.sabot.parser.statement;

import io.sabot.parser.error.SqlSpan;

/** One {@code 'key' = 'value'} of a WITH, SET or OPTIONS list. */
public record OptionEntry(String key, String value, SqlSpan keySpan, SqlSpan valueSpan) {}
