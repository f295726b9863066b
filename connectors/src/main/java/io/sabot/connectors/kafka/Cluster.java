package io.sabot.connectors.kafka;

import io.sabot.catalog.CatalogException;
import io.sabot.catalog.Guess;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks a cluster about topics and offsets. Every answer comes within seconds, or an error that names the servers. */
final class Cluster implements AutoCloseable {
    private static final int NAMES_SHOWN_MAX = 20;

    private final ClientSettings settings;
    private final Admin admin;

    private Cluster(ClientSettings settings, Admin admin) {
        this.settings = settings;
        this.admin = admin;
    }

    /** Connects. */
    static Cluster connect(ClientSettings settings) {
        KafkaFailures.checkReachable(settings.bootstrapServers());
        try {
            return new Cluster(settings, Admin.create(settings.admin()));
        } catch (KafkaException e) {
            throw KafkaFailures.of(
                    "cannot connect to Kafka at " + settings.bootstrapServers(), settings.bootstrapServers(), e);
        }
    }

    /** These topics by name; an error when one does not exist. */
    Map<String, TopicDescription> topics(Collection<String> names) {
        Map<String, TopicDescription> found = new TreeMap<>();
        admin.describeTopics(names).topicNameValues().forEach((name, future) -> {
            try {
                found.put(name, future.get());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof UnknownTopicOrPartitionException
                        || e.getCause() instanceof InvalidTopicException) {
                    throw unknownTopic(name, e);
                }
                throw failed("cannot read about topic '" + name + "'", e);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        });
        return found;
    }

    /** The topics whose whole name matches, without Kafka's own. */
    Map<String, TopicDescription> topics(Pattern pattern) {
        Set<String> names = topicNames().stream()
                .filter(name -> pattern.matcher(name).matches())
                .collect(Collectors.toSet());
        return names.isEmpty() ? Map.of() : topics(names);
    }

    private Set<String> topicNames() {
        return new TreeSet<>(await("cannot list topics", admin.listTopics().names()));
    }

    private SabotException unknownTopic(String name, Throwable cause) {
        List<String> names = List.copyOf(topicNames());
        String shown = CatalogException.listed(names.subList(0, Math.min(NAMES_SHOWN_MAX, names.size())));
        String create = "create it first, for instance: kafka-topics.sh --create --topic " + name
                + " --bootstrap-server " + settings.bootstrapServers();
        return SabotException.of(
                        ErrorCode.UNDEFINED_TABLE,
                        "topic '" + name + "' does not exist in Kafka at " + settings.bootstrapServers())
                .why("its topics are " + shown
                        + (names.size() > NAMES_SHOWN_MAX ? " and " + (names.size() - NAMES_SHOWN_MAX) + " more" : ""))
                .hint(Guess.closest(name, names)
                        .map(near -> "did you mean '" + near + "'? Otherwise " + create)
                        .orElse(create))
                .causedBy(cause);
    }

    Map<TopicPartition, Long> earliest(Collection<TopicPartition> partitions) {
        return offsets(partitions, partition -> OffsetSpec.earliest());
    }

    /** Ends of partitions; in front of the first open transaction when only committed records are read. */
    Map<TopicPartition, Long> latest(Collection<TopicPartition> partitions) {
        return offsets(partitions, partition -> OffsetSpec.latest());
    }

    /** The first offset of each partition whose timestamp is not before {@code millis}; its end when there is none. */
    Map<TopicPartition, Long> atTime(Collection<TopicPartition> partitions, long millis) {
        Map<TopicPartition, Long> found = offsets(partitions, partition -> OffsetSpec.forTimestamp(millis));
        Map<TopicPartition, Long> ends = latest(partitions);
        found.replaceAll((partition, offset) -> offset < 0 ? end(ends, partition) : offset);
        return found;
    }

    private static long end(Map<TopicPartition, Long> ends, TopicPartition partition) {
        Long end = ends.get(partition);
        if (end == null) {
            throw new AssertionError(partition);
        }
        return end;
    }

    /** What a consumer group has committed; partitions without are left out. */
    Map<TopicPartition, Long> committed(String group, Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> committed = await(
                "cannot read the offsets of consumer group '" + group + "'",
                // Without this the offsets of before a transaction that is just ending would be given.
                admin.listConsumerGroupOffsets(group, new ListConsumerGroupOffsetsOptions().requireStable(true))
                        .partitionsToOffsetAndMetadata());
        Map<TopicPartition, Long> found = new HashMap<>();
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata offset = committed.get(partition);
            if (offset != null) {
                found.put(partition, offset.offset());
            }
        }
        return found;
    }

    private Map<TopicPartition, Long> offsets(
            Collection<TopicPartition> partitions, Function<TopicPartition, OffsetSpec> spec) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, spec.apply(partition)));
        Map<TopicPartition, Long> found = new HashMap<>();
        await(
                        "cannot read the offsets of " + partitions,
                        admin.listOffsets(asked, new ListOffsetsOptions(settings.isolation()))
                                .all())
                .forEach((partition, info) -> found.put(partition, info.offset()));
        return found;
    }

    private <T> T await(String what, KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw failed(what, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private SabotException failed(String what, Throwable cause) {
        return KafkaFailures.of(what, settings.bootstrapServers(), cause);
    }

    private static SabotException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return SabotException.of(ErrorCode.QUERY_CANCELLED, "interrupted while waiting for Kafka")
                .causedBy(e);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
