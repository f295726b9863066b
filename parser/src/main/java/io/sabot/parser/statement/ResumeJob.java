package io.sabot.parser.statement;

/** {@code RESUME JOB j}: from its last checkpoint. */
public record ResumeJob(Source source, Name job) implements Statement {}
