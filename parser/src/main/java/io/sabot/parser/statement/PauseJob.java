package io.sabot.parser.statement;

/** {@code PAUSE JOB j}: ends it after a last checkpoint, to be resumed. */
public record PauseJob(Source source, Name job) implements Statement {}
