/**
 * Topics of Apache Kafka as tables: a source that reads partitions by position, and a sink.
 *
 * <p>{@link io.sabot.connectors.kafka.KafkaFactory} holds what users may write; {@link
 * io.sabot.connectors.kafka.KafkaSource} turns topics into splits on the coordinator's thread, {@link
 * io.sabot.connectors.kafka.KafkaSplitReader} reads them on a task's thread, {@link
 * io.sabot.connectors.kafka.RecordReader} makes batches of records. Positions live in checkpoints, never in a consumer
 * group, so consumers are told what to read ({@code assign} and {@code seek}) and nothing moves partitions behind our
 * back. Bytes become columns in formats, which live elsewhere and are reached through {@code FormatFactory}. The broker of
 * tests and demonstrations is in the test sources, package {@code local}.
 */
@NullMarked
package io.sabot.connectors.kafka;

import org.jspecify.annotations.NullMarked;
