package io.sabot.connectors.kafka;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.ScanSpec;
import io.sabot.executor.connector.Split;
import io.sabot.executor.connector.SplitPosition;
import io.sabot.executor.connector.SplitReader;
import io.sabot.executor.connector.SplitRows;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the partitions of one task with one consumer.
 *
 * <p>Records are kept per partition, about a batch of each, and a partition that has that many is paused. Next comes the
 * partition whose watermark is lowest; while more of it must be there, the others wait for a moment. Of equal watermarks
 * the one that waited longest comes first.
 */
final class KafkaSplitReader implements SplitReader {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaSplitReader.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);
    private static final long PATIENCE_NANOS = 5_000_000;
    private static final long STALLED_NANOS = 30_000_000_000L;

    private final String bootstrapServers;
    private final int batchRows;
    private final RecordReader records;
    private final Consumer<ByteBuffer, ByteBuffer> consumer;
    private final Map<TopicPartition, PartitionQueue> queues = new LinkedHashMap<>();
    private final List<ConsumerRecord<ByteBuffer, ByteBuffer>> batch = new ArrayList<>();
    private final Semaphore wakeUps = new Semaphore(0);
    private final Outage outage;
    private @Nullable Metric answers;
    private long turns;
    private long fruitlessNanos;

    KafkaSplitReader(ScanSpec scan, KafkaTable table, ConnectorContext context) {
        ClientSettings client = table.client();
        this.bootstrapServers = client.bootstrapServers();
        this.batchRows = context.batchRows();
        this.outage = new Outage(
                bootstrapServers,
                table.topicNames(),
                table.options().duration(KafkaOptions.OUTAGE_TIMEOUT).toMillis(),
                context.counter("kafka.outages"));
        this.records = new RecordReader(scan, table, context);
        try {
            this.consumer = new KafkaConsumer<>(
                    client.consumer(context.jobName(), batchRows),
                    new ByteBufferDeserializer(),
                    new ByteBufferDeserializer());
        } catch (KafkaException e) {
            records.close();
            throw failed("cannot read from Kafka", e);
        }
    }

    private SabotException failed(String what, Throwable cause) {
        return KafkaFailures.of(what, bootstrapServers, cause);
    }

    @Override
    public void add(List<Split> splits) {
        List<PartitionQueue> added = splits.stream().map(PartitionQueue::new).toList();
        added.forEach(queue -> queues.put(queue.partition().partition(), queue));
        assign();
        for (PartitionQueue queue : added) {
            if (!queue.isFetched()) {
                consumer.seek(queue.partition().partition(), queue.position());
            }
        }
    }

    private void assign() {
        consumer.assign(queues.values().stream()
                .filter(queue -> !queue.isFetched())
                .map(queue -> queue.partition().partition())
                .toList());
    }

    @Override
    public @Nullable SplitRows poll(ToLongFunction<Split> watermarks, long waitNanos) {
        SplitRows news = news();
        if (news != null) {
            return news;
        }
        if (queues.isEmpty()) {
            pause(waitNanos);
            return null;
        }
        PartitionQueue next = lowest(watermarks, queue -> !queue.isEmpty() || queue.expectsRecords());
        if (next == null) {
            fetch(waitNanos);
        } else if (next.isEmpty()) {
            await(next, waitNanos);
        } else if (next.size() < batchRows && !next.isFetched()) {
            fetch(0);
        }
        PartitionQueue chosen = next != null && !next.isEmpty() ? next : lowest(watermarks, queue -> !queue.isEmpty());
        return chosen == null ? news() : rows(chosen);
    }

    private void pause(long waitNanos) {
        try {
            if (waitNanos > 0 && wakeUps.tryAcquire(waitNanos, TimeUnit.NANOSECONDS)) {
                wakeUps.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for records of one partition, but not long when there are others to go on with. */
    private void await(PartitionQueue wanted, long waitNanos) {
        long begin = System.nanoTime();
        long spent = 0;
        boolean woken = false;
        long patience;
        do {
            patience = hasRecords() ? PATIENCE_NANOS : waitNanos;
            woken = !fetch(Math.max(0, patience - spent));
            spent = System.nanoTime() - begin;
        } while (!woken && wanted.isEmpty() && wanted.expectsRecords() && spent < patience);
        failWhenStalled(wanted, spent);
    }

    private boolean hasRecords() {
        for (PartitionQueue queue : queues.values()) {
            if (!queue.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** A broker or topic that goes away is silence to a consumer. A scan that must end says so after a while. */
    private void failWhenStalled(PartitionQueue wanted, long waitedNanos) {
        if (!wanted.isEmpty() || wanted.partition().end() == PartitionSplit.NO_END || !wanted.expectsRecords()) {
            return;
        }
        fruitlessNanos += waitedNanos;
        if (fruitlessNanos > STALLED_NANOS) {
            TopicPartition partition = wanted.partition().partition();
            throw SabotException.of(
                            ErrorCode.CONNECTION_LOST,
                            "Kafka at " + bootstrapServers + " gives no more records of topic '" + partition.topic()
                                    + "'")
                    .why("partition " + partition.partition() + " is read up to offset " + wanted.position()
                            + " and was to be read up to " + wanted.partition().end() + ", but nothing came for "
                            + STALLED_NANOS / 1_000_000_000 + " s")
                    .hint("is the broker still running, and does the topic still exist?");
        }
    }

    /** Lets the consumer work. False when it was woken. */
    private boolean fetch(long waitNanos) {
        try {
            pauseFull();
            long begin = System.nanoTime();
            ConsumerRecords<ByteBuffer, ByteBuffer> fetched = consumer.poll(Duration.ofNanos(waitNanos));
            if (fetched.isEmpty() && asksForRecords()) {
                outage.polled(answered(), System.nanoTime() - begin);
            }
            for (TopicPartition partition : fetched.partitions()) {
                queue(partition).add(fetched.records(partition));
            }
            noteProgress();
            return true;
        } catch (WakeupException e) {
            return false;
        } catch (OffsetOutOfRangeException e) {
            throw outOfRange(e);
        } catch (KafkaException e) {
            throw failed("cannot read from Kafka", e);
        }
    }

    private boolean asksForRecords() {
        for (PartitionQueue queue : queues.values()) {
            if (!queue.isFetched() && !queue.paused) {
                return true;
            }
        }
        return false;
    }

    /** Fetches that brokers have answered, as the consumer counts them. */
    private double answered() {
        Metric found = answers;
        if (found == null) {
            for (Map.Entry<MetricName, ? extends Metric> metric :
                    consumer.metrics().entrySet()) {
                if (metric.getKey().name().equals("fetch-total")
                        && !metric.getKey().tags().containsKey("topic")) {
                    found = metric.getValue();
                    answers = found;
                }
            }
        }
        return found != null && found.metricValue() instanceof Double count ? count : 0;
    }

    private PartitionQueue queue(TopicPartition partition) {
        PartitionQueue queue = queues.get(partition);
        if (queue == null) {
            throw new AssertionError("records of " + partition + ", which is not read");
        }
        return queue;
    }

    private void pauseFull() {
        for (PartitionQueue queue : queues.values()) {
            boolean full = queue.size() >= batchRows;
            if (full != queue.paused && !queue.isFetched()) {
                queue.paused = full;
                List<TopicPartition> partition = List.of(queue.partition().partition());
                if (full) {
                    consumer.pause(partition);
                } else {
                    consumer.resume(partition);
                }
            }
        }
    }

    private void noteProgress() {
        boolean complete = false;
        for (PartitionQueue queue : queues.values()) {
            if (!queue.isFetched()) {
                TopicPartition partition = queue.partition().partition();
                if (queue.reached(consumer.position(partition), nothingBehind(queue))) {
                    fruitlessNanos = 0;
                }
                complete |= queue.isFetched();
            }
        }
        if (complete) {
            assign();
        }
    }

    /** Only asked where it matters, since an answer that is not known yet costs a request. */
    private boolean nothingBehind(PartitionQueue queue) {
        return queue.partition().end() == PartitionSplit.NO_END
                && queue.isEmpty()
                && consumer.currentLag(queue.partition().partition()).orElse(-1) == 0;
    }

    private SabotException outOfRange(OffsetOutOfRangeException e) {
        Map.Entry<TopicPartition, Long> first =
                e.offsetOutOfRangePartitions().entrySet().iterator().next();
        return SabotException.of(
                        ErrorCode.INVALID_STATE,
                        "offset " + first.getValue() + " of partition "
                                + first.getKey().partition() + " of topic '"
                                + first.getKey().topic() + "' is not there")
                .why(
                        "the records at the position to read from were deleted (by the topic's retention, for instance), or"
                                + " the topic has never been that long")
                .hint("begin at an offset that is there, for instance with 'scan.startup.mode' = 'earliest-offset'")
                .causedBy(e);
    }

    private SplitRows rows(PartitionQueue queue) {
        batch.clear();
        queue.take(batchRows, batch, ++turns);
        Batch rows = records.read(batch);
        return forgetEnded(queue.tell(rows));
    }

    /** Something to tell of a partition that brings no rows: that it has ended, is at its end, is not any more. */
    private @Nullable SplitRows news() {
        SplitRows news = null;
        for (PartitionQueue queue : queues.values()) {
            if (queue.isEmpty()) {
                news = queue.news();
                if (news != null) {
                    break;
                }
            }
        }
        return news == null ? null : forgetEnded(news);
    }

    private SplitRows forgetEnded(SplitRows told) {
        if (told.ended()) {
            queues.remove(PartitionSplit.of(told.split()).partition());
        }
        return told;
    }

    private @Nullable PartitionQueue lowest(ToLongFunction<Split> watermarks, Predicate<PartitionQueue> among) {
        PartitionQueue lowest = null;
        long watermark = Long.MAX_VALUE;
        for (PartitionQueue queue : queues.values()) {
            if (among.test(queue)) {
                long own = watermarks.applyAsLong(queue.split());
                if (lowest == null || own < watermark || (own == watermark && queue.turn() < lowest.turn())) {
                    lowest = queue;
                    watermark = own;
                }
            }
        }
        return lowest;
    }

    @Override
    public String place(Split split, SplitPosition from, int row) {
        return records.place(row);
    }

    @Override
    public void wakeUp() {
        consumer.wakeup();
        wakeUps.release();
    }

    @Override
    public void close() {
        records.close();
        try {
            consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
        } catch (KafkaException e) {
            LOG.debug("action=close result=failed", e);
        }
    }
}
