package io.sabot.executor.connector;

/**
 * A part of a source that is read in order by one task: a Kafka partition, a file.
 *
 * @param id unique in its source and stable over restarts, for instance {@code orders-3} or a file's path
 * @param start position of the first row to read
 */
public record Split(String id, SplitPosition start) {}
