/**
 * A Kafka broker of one node from Maven artifacts, without Docker: {@link io.sabot.connectors.kafka.local.LocalKafka} inside
 * a test's JVM, {@link io.sabot.connectors.kafka.local.LocalKafkaMain} as a process of its own for demonstrations and crash
 * tests. The broker's own jars are never on the product's class path, and no other package may use them or this. It uses
 * internals of the broker: look here first when its version changes.
 */
@NullMarked
package io.sabot.connectors.kafka.local;

import org.jspecify.annotations.NullMarked;
