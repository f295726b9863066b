package io.sabot.parser.statement;

/** {@code ALTER DATABASE d SET ('k' = 'v', …)}. */
public record AlterDatabase(Source source, ObjectName name, Options options) implements Statement {}
