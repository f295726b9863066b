package io.sabot.parser.statement;

/** {@code CANCEL JOB j}: ends it at once. */
public record CancelJob(Source source, Name job) implements Statement {}
