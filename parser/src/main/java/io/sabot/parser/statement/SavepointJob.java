package io.sabot.parser.statement;

/** {@code SAVEPOINT JOB j TO 'directory'}. */
public record SavepointJob(Source source, Name job, Name directory) implements Statement {}
