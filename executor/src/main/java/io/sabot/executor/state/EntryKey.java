package io.sabot.executor.state;

import io.sabot.executor.batch.Memory;

/** The key of an entry of an {@link OrderedTable} by addresses: hash of the partition, partition, order key, sequence. */
final class EntryKey {
    long hash;
    long partition;
    int partitionLength;
    long order;
    int orderLength;
    long sequence;
    /** Stands behind all entries of the partition, whatever order key and sequence say. */
    boolean atEnd;

    private int restAt;

    EntryKey of(KeyBatch partitions, int index, long orderKey, int orderKeyLength, long sequenceNumber) {
        hash = partitions.hash(index);
        partition = partitions.address(index);
        partitionLength = partitions.length(index);
        order = orderKey;
        orderLength = orderKeyLength;
        sequence = sequenceNumber;
        atEnd = false;
        return this;
    }

    /** Compares a lower bound of a leaf with this key: negative when the bound is lower. */
    int compareFence(long fenceHash, byte[] rest) {
        int byHash = Long.compareUnsigned(fenceHash, hash);
        if (byHash != 0) {
            return byHash;
        }
        return rest.length == 0 ? -1 : compareRest(rest);
    }

    private int compareRest(byte[] rest) {
        restAt = 0;
        int byPartition = compareNext(rest, partition, partitionLength);
        if (byPartition != 0 || atEnd) {
            return byPartition != 0 ? byPartition : -1;
        }
        int byOrder = compareNext(rest, order, orderLength);
        if (byOrder != 0) {
            return byOrder;
        }
        long restSequence = Long.reverseBytes(Memory.getLong(rest, restAt)) ^ Long.MIN_VALUE;
        return Long.compare(restSequence, sequence);
    }

    /** Compares the byte string at {@code restAt}, written by {@link SortKeys#putBytes}, and steps over it if equal. */
    private int compareNext(byte[] rest, long bytes, int length) {
        for (int i = 0; ; i++) {
            int value = rest[restAt++] & 0xFF;
            if (value == 0 && rest[restAt++] == 0) {
                return i == length ? 0 : -1;
            }
            if (i == length) {
                return 1;
            }
            int difference = value - (Memory.getByte(bytes + i) & 0xFF);
            if (difference != 0) {
                return difference;
            }
        }
    }
}
