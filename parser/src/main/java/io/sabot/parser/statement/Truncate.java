package io.sabot.parser.statement;

/** {@code TRUNCATE TABLE t}. */
public record Truncate(Source source, ObjectName table) implements Statement {}
