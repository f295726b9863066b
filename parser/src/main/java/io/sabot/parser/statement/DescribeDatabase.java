package io.sabot.parser.statement;

/** {@code DESCRIBE | DESC DATABASE [EXTENDED] d}. */
public record DescribeDatabase(Source source, ObjectName name, boolean extended) implements Statement {}
