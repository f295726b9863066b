/**
 * What a connector or a format implements.
 *
 * <p>A connector author needs this package, {@code executor.batch} and {@code catalog.connector}. Factories are found by
 * {@link java.util.ServiceLoader}. A source lists its {@link io.sabot.executor.connector.Split}s; each source task opens
 * one {@link io.sabot.executor.connector.SplitReader} for the splits it was given and calls it from its one thread. A
 * sink gives each task a {@link io.sabot.executor.connector.SinkWriter}, and one committer per job publishes what a
 * checkpoint made durable. Kafka, files and formats themselves live in module {@code connectors}.
 */
@NullMarked
package io.sabot.executor.connector;

import org.jspecify.annotations.NullMarked;
