package io.sabot.connectors.kafka;

import io.sabot.executor.connector.Split;
import io.sabot.executor.connector.SplitPosition;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * A partition as a split: {@code topic-3}, its position the offset of the next record.
 *
 * @param topicId of the topic when reading began, so that a topic deleted and made anew is noticed
 * @param end offset to stop in front of, or {@link #NO_END}
 */
record PartitionSplit(TopicPartition partition, Uuid topicId, long end) {
    static final long NO_END = Long.MAX_VALUE;

    /** Reads what {@link #at} wrote. */
    static PartitionSplit of(Split split) {
        int dash = split.id().lastIndexOf('-');
        TopicPartition partition = new TopicPartition(
                split.id().substring(0, dash), Integer.parseInt(split.id().substring(dash + 1)));
        String[] state = split.start().state().split(" ", 2);
        return new PartitionSplit(
                partition, Uuid.fromString(state[0]), state.length == 1 ? NO_END : Long.parseLong(state[1]));
    }

    static String id(TopicPartition partition) {
        return partition.topic() + "-" + partition.partition();
    }

    Split split(long offset) {
        return new Split(id(partition), at(offset));
    }

    SplitPosition at(long offset) {
        return new SplitPosition(offset, end == NO_END ? topicId.toString() : topicId + " " + end);
    }
}
