package io.sabot.connectors.kafka;

import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.Sink;
import io.sabot.executor.connector.SinkSpec;
import io.sabot.executor.connector.SinkWriter;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.List;
import java.util.Locale;

/** Writes rows as records of a topic, each task with a producer of its own. Nothing is left to commit. */
final class KafkaSink implements Sink {
    private final SinkSpec spec;
    private final KafkaTable table;
    private final SinkLayout layout;
    private final Partitioning partitioning;
    private final boolean changelog;

    /** Which partition a row goes to. */
    enum Partitioning {
        /** What Kafka's producer does: by the key's hash; rows without a key go to one partition after another. */
        DEFAULT,
        /** Each task of the sink has a partition of its own. */
        FIXED,
        ROUND_ROBIN;

        static Partitioning of(String text) {
            return switch (text.trim().toLowerCase(Locale.ROOT)) {
                case "default" -> DEFAULT;
                case "fixed" -> FIXED;
                case "round-robin" -> ROUND_ROBIN;
                default ->
                    throw KafkaTable.invalid(
                            "option 'sink.partitioner' has the value '" + text + "'",
                            "it is 'default', 'fixed' or 'round-robin'; classes are not supported");
            };
        }
    }

    KafkaSink(SinkSpec spec, ConnectorContext context) {
        this.spec = spec;
        this.table = new KafkaTable(spec.table());
        this.layout = SinkLayout.of(spec.table(), table);
        this.partitioning = table.upserts()
                ? Partitioning.DEFAULT
                : Partitioning.of(table.options().text(KafkaOptions.PARTITIONER));
        checkTopics();
        if (table.options().choice(KafkaOptions.DELIVERY_GUARANTEE).equals("exactly-once")) {
            throw SabotException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "option 'sink.delivery-guarantee' = 'exactly-once' is not supported yet")
                    .hint("'at-least-once' loses nothing; after a crash rows may come twice");
        }
        this.changelog = context.format(table.valueFormat()).descriptor().changelog();
        table.keyFormat().ifPresent(context::format);
    }

    private void checkTopics() {
        boolean byColumn = layout.metadata().containsKey(MetadataField.TOPIC);
        if (!byColumn && (table.topicPattern().isPresent() || table.topics().size() != 1)) {
            throw KafkaTable.invalid(
                    "table " + table.name() + " has several topics, so rows cannot be written to it",
                    "name one topic, or add a column 'topic STRING METADATA' that says which");
        }
    }

    @Override
    public boolean acceptsUpdates() {
        return changelog || table.upserts();
    }

    @Override
    public boolean wantsBeforeImages() {
        return !table.upserts();
    }

    @Override
    public void open(List<byte[]> prepared) {
        try (Cluster cluster = Cluster.connect(table.client())) {
            if (table.topicPattern().isEmpty()) {
                cluster.topics(table.topics());
            }
        }
    }

    @Override
    public SinkWriter writer(int taskIndex, ConnectorContext context) {
        return new KafkaSinkWriter(spec, table, layout, partitioning, taskIndex, context);
    }

    @Override
    public void close() {}
}
