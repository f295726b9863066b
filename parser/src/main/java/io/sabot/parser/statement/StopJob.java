package io.sabot.parser.statement;

/**
 * {@code STOP JOB j [WITH SAVEPOINT] [WITH DRAIN]}.
 *
 * @param savepoint whether WITH SAVEPOINT is written
 * @param drain whether WITH DRAIN is written: windows still open emit first
 */
public record StopJob(Source source, Name job, boolean savepoint, boolean drain) implements Statement {}
