package io.sabot.parser.statement;

/** {@code CHECKPOINT JOB j}: takes one now. */
public record CheckpointJob(Source source, Name job) implements Statement {}
