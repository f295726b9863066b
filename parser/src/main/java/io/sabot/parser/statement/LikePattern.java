package io.sabot.parser.statement;

import io.sabot.parser.error.SqlSpan;

/** {@code [NOT] LIKE | ILIKE 'pattern'} with the wildcards % and _. */
public record LikePattern(String pattern, boolean negated, boolean ignoreCase, SqlSpan span) {}
