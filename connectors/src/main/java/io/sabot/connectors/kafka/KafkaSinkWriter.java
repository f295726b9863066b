package io.sabot.connectors.kafka;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.EncodedRecords;
import io.sabot.executor.connector.FormatFactory;
import io.sabot.executor.connector.RecordEncoder;
import io.sabot.executor.connector.SinkSpec;
import io.sabot.executor.connector.SinkWriter;
import io.sabot.executor.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends the rows of one task. Records are on their way when {@link #write} returns; a failure shows at the next call.
 * Everything written before a checkpoint is acknowledged before the checkpoint is complete.
 */
final class KafkaSinkWriter implements SinkWriter {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final KafkaTable table;
    private final SinkLayout layout;
    private final KafkaSink.Partitioning partitioning;
    private final int taskIndex;
    private final RowMetadata metadata;
    private final boolean waitsForAcknowledgement;
    private final boolean bounded;
    private final RecordEncoder valueEncoder;
    private final @Nullable RecordEncoder keyEncoder;
    private final EncodedRecords values = new EncodedRecords();
    private final EncodedRecords keys = new EncodedRecords();
    private final Producer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Callback noteFailure = (sent, exception) -> {
        if (exception != null) {
            failure.compareAndSet(null, exception);
        }
    };
    private final @Nullable UpsertBuffer buffer;
    private final Clock clock;
    private int nextPartition;

    KafkaSinkWriter(
            SinkSpec spec,
            KafkaTable table,
            SinkLayout layout,
            KafkaSink.Partitioning partitioning,
            int taskIndex,
            ConnectorContext context) {
        this.table = table;
        this.layout = layout;
        this.partitioning = partitioning;
        this.taskIndex = taskIndex;
        this.nextPartition = taskIndex;
        this.bounded = spec.bounded();
        this.clock = context.clock();
        this.buffer = buffer(table);
        this.waitsForAcknowledgement =
                table.options().choice(KafkaOptions.DELIVERY_GUARANTEE).equals("at-least-once");
        boolean single = table.topicPattern().isEmpty() && table.topics().size() == 1;
        this.metadata =
                new RowMetadata(layout, single ? table.topics().get(0) : "", MetadataWriter.zone(context.settings()));
        FormatFactory format = context.format(table.valueFormat());
        this.valueEncoder = format.encoder(layout.valueSchema(), table.valueFormatOptions(format), context);
        this.keyEncoder = table.keyFormat()
                .map(context::format)
                .map(key -> key.encoder(table.keySchema(), table.keyFormatOptions(key), context))
                .orElse(null);
        try {
            this.producer = new KafkaProducer<>(
                    table.client().producer(context.jobName()), new ByteArraySerializer(), new ByteArraySerializer());
        } catch (KafkaException e) {
            throw KafkaFailures.of("cannot write to Kafka", table.bootstrapServers(), e);
        }
    }

    private static @Nullable UpsertBuffer buffer(KafkaTable table) {
        if (!table.upserts()) {
            return null;
        }
        int rows = table.options().integer(KafkaOptions.BUFFER_ROWS);
        long millis = table.options().duration(KafkaOptions.BUFFER_INTERVAL).toMillis();
        if (rows > 0 != millis > 0) {
            throw KafkaTable.invalid(
                    "options '" + KafkaOptions.BUFFER_ROWS + "' and '" + KafkaOptions.BUFFER_INTERVAL + "' go together",
                    "give both a value above 0, or none");
        }
        return rows > 0 ? new UpsertBuffer(rows, millis) : null;
    }

    @Override
    public void write(Batch batch) {
        failIfBroken();
        encode(batch, layout.value(), valueEncoder, values);
        RecordEncoder keyed = keyEncoder;
        if (keyed != null) {
            encode(batch, layout.key(), keyed, keys);
        }
        boolean byRow = metadata.topicByRow();
        String topic = byRow ? "" : metadata.topic(batch, 0);
        try {
            int partitions = byRow ? 0 : partitionCount(topic);
            for (int row = 0; row < batch.rowCount(); row++) {
                String target = byRow ? metadata.topic(batch, row) : topic;
                boolean deletes = table.upserts() && batch.sign(row) < 0;
                put(new ProducerRecord<>(
                        target,
                        partition(byRow ? partitionCount(target) : partitions),
                        metadata.timestamp(batch, row),
                        keyed == null ? null : bytes(keys, row),
                        deletes ? null : bytes(values, row),
                        metadata.headers(batch, row)));
            }
        } catch (KafkaException e) {
            throw failed(e);
        }
    }

    private void put(ProducerRecord<byte[], byte[]> record) {
        UpsertBuffer kept = buffer;
        if (kept == null) {
            send(record);
            return;
        }
        kept.add(record, clock.millis());
        if (kept.isDue(clock.millis())) {
            kept.drain(this::send);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback notes failures
    private void send(ProducerRecord<byte[], byte[]> record) {
        producer.send(record, noteFailure);
    }

    private void drain(boolean always) {
        UpsertBuffer kept = buffer;
        if (kept != null && (always || kept.isDue(clock.millis()))) {
            try {
                kept.drain(this::send);
            } catch (KafkaException e) {
                throw failed(e);
            }
        }
    }

    private static void encode(Batch batch, List<Integer> columns, RecordEncoder encoder, EncodedRecords target) {
        target.clear();
        try (Batch part = SinkLayout.part(batch, columns)) {
            encoder.encode(part, target);
        }
    }

    private static byte @Nullable [] bytes(EncodedRecords records, int row) {
        return records.isMissing(row)
                ? null
                : Arrays.copyOfRange(records.bytes(), records.start(row), records.end(row));
    }

    /** Null where Kafka's producer decides. */
    private @Nullable Integer partition(int partitions) {
        return switch (partitioning) {
            case DEFAULT -> null;
            case FIXED -> taskIndex % partitions;
            case ROUND_ROBIN -> (nextPartition++ & Integer.MAX_VALUE) % partitions;
        };
    }

    private int partitionCount(String topic) {
        return partitioning == KafkaSink.Partitioning.DEFAULT
                ? 0
                : producer.partitionsFor(topic).size();
    }

    /** Rows leave by themselves soon; only the last ones of an input that ends must be waited for. */
    @Override
    public void flush() {
        drain(bounded);
        if (bounded) {
            awaitAcknowledgement();
        }
        failIfBroken();
    }

    @Override
    public Optional<byte[]> prepare(long checkpoint) {
        drain(true);
        if (waitsForAcknowledgement) {
            awaitAcknowledgement();
        }
        failIfBroken();
        return Optional.empty();
    }

    private void awaitAcknowledgement() {
        try {
            producer.flush();
        } catch (KafkaException e) {
            throw failed(e);
        }
    }

    private void failIfBroken() {
        Exception first = failure.get();
        if (first != null) {
            throw failed(first);
        }
    }

    private RuntimeException failed(Exception cause) {
        return KafkaFailures.of("cannot write to topic " + table.topicNames(), table.bootstrapServers(), cause);
    }

    @Override
    public void close() {
        valueEncoder.close();
        if (keyEncoder != null) {
            keyEncoder.close();
        }
        producer.close(CLOSE_TIMEOUT);
    }
}
