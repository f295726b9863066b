package io.sabot.connectors.kafka;

import io.sabot.catalog.connector.ConnectorDescriptor;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.ScanSpec;
import io.sabot.executor.connector.Sink;
import io.sabot.executor.connector.SinkFactory;
import io.sabot.executor.connector.SinkSpec;
import io.sabot.executor.connector.Source;
import io.sabot.executor.connector.SourceFactory;
import java.util.List;

/** Makes sources and sinks of Kafka topics. */
public final class KafkaFactory implements SourceFactory, SinkFactory {
    private static final ConnectorDescriptor DESCRIPTOR = new ConnectorDescriptor(
            "kafka",
            "Topics of Apache Kafka: every record is a row",
            true,
            true,
            ConnectorDescriptor.FormatUse.KEY_AND_VALUE,
            false,
            KafkaOptions.SPECS,
            MetadataField.specs(),
            List.of(List.of(KafkaOptions.TOPIC, KafkaOptions.TOPIC_PATTERN)));

    @Override
    public ConnectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Source create(ScanSpec scan, ConnectorContext context) {
        return new KafkaSource(scan, context);
    }

    @Override
    public Sink create(SinkSpec sink, ConnectorContext context) {
        return new KafkaSink(sink, context);
    }
}
