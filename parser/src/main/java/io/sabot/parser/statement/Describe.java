package io.sabot.parser.statement;

/** {@code DESCRIBE | DESC [EXTENDED] t}. */
public record Describe(Source source, ObjectName table, boolean extended) implements Statement {}
