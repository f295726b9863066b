package io.sabot.parser.statement;

/** {@code SHOW CREATE TABLE t} and the like. */
public record ShowCreate(Source source, ObjectKind kind, ObjectName name) implements Statement {}
