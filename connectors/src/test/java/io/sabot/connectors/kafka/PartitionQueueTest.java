package io.sabot.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.executor.connector.Split;
import io.sabot.executor.connector.SplitPosition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class PartitionQueueTest {
    private static ConsumerRecord<ByteBuffer, ByteBuffer> record(long offset) {
        return new ConsumerRecord<>("t", 0, offset, ByteBuffer.allocate(0), ByteBuffer.allocate(0));
    }

    /** A barrier wakes the consumer, which then may not say how far it has come. */
    @Test
    void aPositionIsBehindTheRowsHandedOnAlsoWhenTheConsumerWasWoken() {
        PartitionQueue queue = new PartitionQueue(
                new Split("t-0", new SplitPosition(5, Uuid.randomUuid().toString())));
        queue.add(List.of(record(5), record(6), record(9)));
        List<ConsumerRecord<ByteBuffer, ByteBuffer>> taken = new ArrayList<>();
        queue.take(2, taken, 1);
        assertThat(queue.position()).isEqualTo(9);
        queue.take(3, taken, 2);
        assertThat(taken).hasSize(3);
        assertThat(queue.position()).isEqualTo(10);
        assertThat(queue.tell(null).next().offset()).isEqualTo(10);
        queue.news();
        assertThat(queue.position()).isEqualTo(10);
        queue.reached(12, true); // markers of transactions
        queue.news();
        assertThat(queue.position()).isEqualTo(12);
    }

    @Test
    void largeRecordsMakeASmallBatch() {
        PartitionQueue queue = new PartitionQueue(
                new Split("t-0", new SplitPosition(0, Uuid.randomUuid().toString())));
        queue.add(List.of(record(0, 40 << 20), record(1, 40 << 20), record(2, 40 << 20), record(3, -1), record(4, 1)));
        queue.reached(5, true);
        List<ConsumerRecord<ByteBuffer, ByteBuffer>> taken = new ArrayList<>();
        queue.take(2048, taken, 1);
        assertThat(taken).hasSize(2);
        assertThat(queue.position()).isEqualTo(2);
        taken.clear();
        queue.take(2048, taken, 2);
        assertThat(taken).hasSize(3);
        assertThat(queue.position()).isEqualTo(5);
    }

    /** A record that says it is of this size. */
    private static ConsumerRecord<ByteBuffer, ByteBuffer> record(long offset, int bytes) {
        return new ConsumerRecord<>(
                "t",
                0,
                offset,
                0,
                TimestampType.CREATE_TIME,
                -1,
                bytes,
                ByteBuffer.allocate(0),
                ByteBuffer.allocate(0),
                new RecordHeaders(),
                Optional.empty());
    }
}
