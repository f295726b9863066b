package io.sabot.parser.statement;

/** {@code DESCRIBE JOB j}. */
public record DescribeJob(Source source, Name job) implements Statement {}
