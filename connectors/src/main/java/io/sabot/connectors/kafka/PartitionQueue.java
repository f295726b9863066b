package io.sabot.connectors.kafka;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.connector.Split;
import io.sabot.executor.connector.SplitRows;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A partition being read: records that were fetched and not handed on yet, and what has been told about the rest.
 *
 * <p>The position of the consumer, not the offset of the last record, says how far a partition is read: markers of
 * transactions take up offsets without being records.
 */
final class PartitionQueue {
    private final Split split;
    private final PartitionSplit partition;
    private final ArrayDeque<ConsumerRecord<ByteBuffer, ByteBuffer>> records = new ArrayDeque<>();
    private long fetchedTo;
    private long handedOnTo;
    private boolean atEnd;
    private boolean toldAtEnd;
    private boolean toldAnything;
    private long turn;
    boolean paused;

    PartitionQueue(Split split) {
        this.split = split;
        this.partition = PartitionSplit.of(split);
        this.fetchedTo = split.start().offset();
        this.handedOnTo = fetchedTo;
    }

    Split split() {
        return split;
    }

    PartitionSplit partition() {
        return partition;
    }

    int size() {
        return records.size();
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    /** Offset of the next record to hand on. */
    long position() {
        return handedOnTo;
    }

    /** Number of the batch that was of this partition last. */
    long turn() {
        return turn;
    }

    /** Whether everything in front of the end has been fetched. */
    boolean isFetched() {
        return fetchedTo >= partition.end();
    }

    /** Whether there must be records that have not been fetched. */
    boolean expectsRecords() {
        return partition.end() == PartitionSplit.NO_END ? !atEnd : !isFetched();
    }

    void add(List<ConsumerRecord<ByteBuffer, ByteBuffer>> fetched) {
        for (ConsumerRecord<ByteBuffer, ByteBuffer> record : fetched) {
            if (record.offset() >= partition.end()) {
                break;
            }
            records.add(record);
        }
    }

    /**
     * Notes how far the consumer has come.
     *
     * @return whether that is further than before
     */
    boolean reached(long position, boolean nothingBehind) {
        long before = fetchedTo;
        fetchedTo = Math.min(position, partition.end());
        atEnd = nothingBehind;
        return fetchedTo > before;
    }

    /** Takes up to {@code max} records to be handed on, fewer when they are large. */
    void take(int max, List<ConsumerRecord<ByteBuffer, ByteBuffer>> target, long newTurn) {
        turn = newTurn;
        long bytes = 0;
        while (target.size() < max && bytes < Batch.LARGE_BYTES && !records.isEmpty()) {
            ConsumerRecord<ByteBuffer, ByteBuffer> record = records.remove();
            handedOnTo = record.offset() + 1; // the consumer may have been woken before it could tell how far it is
            // -1 where there is none
            bytes += Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
            target.add(record);
        }
        ConsumerRecord<ByteBuffer, ByteBuffer> next = records.peek();
        handedOnTo = next == null ? Math.max(handedOnTo, fetchedTo) : next.offset();
    }

    boolean isAtEnd() {
        return records.isEmpty() && (atEnd || isFetched());
    }

    boolean isEnded() {
        return records.isEmpty() && isFetched();
    }

    /** What there is to tell of a partition without rows; null when nothing has changed. */
    @Nullable
    SplitRows news() {
        boolean moved = records.isEmpty() && fetchedTo > handedOnTo;
        if (toldAnything && !moved && toldAtEnd == isAtEnd() && !isEnded()) {
            return null;
        }
        if (records.isEmpty()) {
            handedOnTo = Math.max(handedOnTo, fetchedTo);
        }
        return tell(null);
    }

    SplitRows tell(@Nullable Batch rows) {
        toldAnything = true;
        toldAtEnd = isAtEnd();
        return new SplitRows(split, rows, partition.at(handedOnTo), isEnded(), toldAtEnd);
    }
}
