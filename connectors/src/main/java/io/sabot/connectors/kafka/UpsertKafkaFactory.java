package io.sabot.connectors.kafka;

import io.sabot.catalog.connector.ConnectorDescriptor;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.ScanSpec;
import io.sabot.executor.connector.Sink;
import io.sabot.executor.connector.SinkFactory;
import io.sabot.executor.connector.SinkSpec;
import io.sabot.executor.connector.Source;
import io.sabot.executor.connector.SourceFactory;

/** Makes sources and sinks of Kafka topics whose records are the newest rows of their keys. */
public final class UpsertKafkaFactory implements SourceFactory, SinkFactory {
    private static final ConnectorDescriptor DESCRIPTOR = new ConnectorDescriptor(
            KafkaTable.UPSERT,
            "Topics of Apache Kafka as tables with a primary key, the record's key: a record is the newest row of its key, one"
                    + " without a value deletes it. Read from the earliest offset",
            true,
            true,
            ConnectorDescriptor.FormatUse.KEY_AND_VALUE,
            true,
            KafkaOptions.UPSERT_SPECS,
            MetadataField.specs());

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
