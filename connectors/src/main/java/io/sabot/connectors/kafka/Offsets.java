package io.sabot.connectors.kafka;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/** A rule for where to begin or to end, as the options write it. */
sealed interface Offsets {
    /** The offset of each of these partitions. */
    Map<TopicPartition, Long> resolve(Cluster cluster, Collection<TopicPartition> partitions);

    /** The first record that is still there. */
    record Earliest() implements Offsets {
        @Override
        public Map<TopicPartition, Long> resolve(Cluster cluster, Collection<TopicPartition> partitions) {
            return cluster.earliest(partitions);
        }
    }

    /** Behind the last record. */
    record Latest() implements Offsets {
        @Override
        public Map<TopicPartition, Long> resolve(Cluster cluster, Collection<TopicPartition> partitions) {
            return cluster.latest(partitions);
        }
    }

    /** In front of the first record of that time or later. */
    record Timestamp(long millis) implements Offsets {
        @Override
        public Map<TopicPartition, Long> resolve(Cluster cluster, Collection<TopicPartition> partitions) {
            return cluster.atTime(partitions, millis);
        }
    }

    /**
     * What a consumer group has committed.
     *
     * @param reset what holds for a partition without: {@code earliest}, {@code latest}, or {@code none} for an error
     */
    record Group(String group, String reset) implements Offsets {
        @Override
        public Map<TopicPartition, Long> resolve(Cluster cluster, Collection<TopicPartition> partitions) {
            Map<TopicPartition, Long> found = cluster.committed(group, partitions);
            var missing = partitions.stream()
                    .filter(partition -> !found.containsKey(partition))
                    .toList();
            if (!missing.isEmpty()) {
                found.putAll(fallback(missing.get(0)).resolve(cluster, missing));
            }
            return found;
        }

        private Offsets fallback(TopicPartition missing) {
            return switch (reset.toLowerCase(Locale.ROOT)) {
                case "earliest" -> new Earliest();
                case "latest" -> new Latest();
                default ->
                    throw SabotException.of(
                                    ErrorCode.UNDEFINED_OBJECT,
                                    "consumer group '" + group + "' has no offset for partition " + missing.partition()
                                            + " of topic '" + missing.topic() + "'")
                            .why("the scan begins or ends at the group's offsets (mode group-offsets)")
                            .hint("set 'scan.startup.mode' = 'earliest-offset', or 'properties.auto.offset.reset' ="
                                    + " 'earliest' for partitions without an offset");
            };
        }
    }

    /**
     * Offsets written one by one.
     *
     * @param others rule for partitions that are not named
     */
    record Specific(Map<Integer, Long> byPartition, Offsets others) implements Offsets {
        private static final Pattern ENTRY =
                Pattern.compile("\\s*partition\\s*:\\s*(\\d{1,9})\\s*,\\s*offset\\s*:\\s*(\\d{1,18})\\s*");

        public Specific {
            byPartition = Map.copyOf(byPartition);
        }

        /** Reads {@code partition:0,offset:42;partition:1,offset:300}. */
        static Map<Integer, Long> parse(String option, String text) {
            Map<Integer, Long> offsets = new HashMap<>();
            for (String entry : text.split(";", -1)) {
                Matcher matcher = ENTRY.matcher(entry);
                if (!matcher.matches()) {
                    throw KafkaTable.invalid(
                            "option '" + option + "' has '" + entry + "', which names no partition and offset",
                            "write for instance 'partition:0,offset:42;partition:1,offset:300'");
                }
                offsets.put(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2)));
            }
            return offsets;
        }

        @Override
        public Map<TopicPartition, Long> resolve(Cluster cluster, Collection<TopicPartition> partitions) {
            Map<TopicPartition, Long> found = new HashMap<>();
            for (TopicPartition partition : partitions) {
                Long offset = byPartition.get(partition.partition());
                if (offset != null) {
                    found.put(partition, offset);
                }
            }
            var missing = partitions.stream()
                    .filter(partition -> !found.containsKey(partition))
                    .toList();
            if (!missing.isEmpty()) {
                found.putAll(others.resolve(cluster, missing));
            }
            return found;
        }
    }
}
