package io.sabot.connectors.kafka.container;

import io.sabot.connectors.kafka.local.TestKafka;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/** Starts Apache Kafka's own image. */
public final class ContainerKafka implements TestKafka.Provider {
    private static final String IMAGE = "apache/kafka-native:4.1.0";

    @Override
    public TestKafka.Running start() {
        // Asked first: without Docker even the container's name cannot be read.
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new IllegalStateException("sabot.test.docker is set, but there is no Docker");
        }
        KafkaContainer container = new KafkaContainer(IMAGE)
                .withEnv("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1")
                .withEnv("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1");
        container.start();
        return new TestKafka.Running(container.getBootstrapServers(), container::stop);
    }
}
