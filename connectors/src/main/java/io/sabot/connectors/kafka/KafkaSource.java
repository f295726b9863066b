package io.sabot.connectors.kafka;

import static java.util.Objects.requireNonNull;

import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.ScanSpec;
import io.sabot.executor.connector.Source;
import io.sabot.executor.connector.Split;
import io.sabot.executor.connector.SplitReader;
import io.sabot.executor.time.Clock;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the partitions of the topics; each is a split. */
final class KafkaSource implements Source {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaSource.class);

    private final ScanSpec scan;
    private final KafkaTable table;
    private final ClientSettings client;
    private final List<String> topics;
    private final Optional<Pattern> pattern;
    private final ScanBounds bounds;
    private final long intervalMillis;
    private final Clock clock;
    private @Nullable Cluster cluster;
    private final ChangelogMode changelog;
    private boolean discovered;
    private long discoveredMillis;

    KafkaSource(ScanSpec scan, ConnectorContext context) {
        this.scan = scan;
        this.table = new KafkaTable(scan.table());
        this.client = table.client();
        this.topics = table.topics();
        this.pattern = table.topicPattern();
        this.bounds = ScanBounds.of(table, scan.ends());
        this.intervalMillis =
                table.options().duration(KafkaOptions.DISCOVERY_INTERVAL).toMillis();
        this.clock = context.clock();
        this.changelog = changelog(table, context);
        client.isolation();
        RecordReader.check(scan, table, context);
    }

    private static ChangelogMode changelog(KafkaTable table, ConnectorContext context) {
        if (table.upserts()) {
            return ChangelogMode.UPSERT;
        }
        return context.format(table.valueFormat()).descriptor().changelog()
                ? ChangelogMode.RETRACT
                : ChangelogMode.APPEND_ONLY;
    }

    @Override
    public boolean bounded() {
        return bounds.end().isPresent();
    }

    @Override
    public ChangelogMode changelog() {
        return changelog;
    }

    @Override
    public List<Split> discover(List<Split> known) {
        if (!discovered) {
            List<Split> found = discoverFirst(known);
            discovered = true;
            discoveredMillis = clock.millis();
            return found;
        }
        if (bounded() || intervalMillis == 0 || clock.millis() - discoveredMillis < intervalMillis * 9 / 10) {
            return List.of(); // another scan of the job is due, not this one
        }
        discoveredMillis = clock.millis();
        try {
            return splits(unknown(describe(known), known), new Offsets.Earliest(), Optional.empty());
        } catch (SabotException e) {
            if (e.code().side() != ErrorCode.Side.EXTERNAL) {
                throw e;
            }
            LOG.warn("action=discover table={} result=failed reason=\"{}\"", table.name(), e.getMessage());
            return List.of();
        }
    }

    @Override
    public Duration discoveryInterval() {
        return Duration.ofMillis(intervalMillis);
    }

    private List<Split> discoverFirst(List<Split> known) {
        Map<String, TopicDescription> described = describe(known);
        if (known.isEmpty()) {
            return splits(unknown(described, known), bounds.start(), bounds.end());
        }
        // What appeared while the job stood still is read from its beginning; a scan with an end has its splits
        // already.
        return bounded() ? List.of() : splits(unknown(described, known), new Offsets.Earliest(), Optional.empty());
    }

    private Map<String, TopicDescription> describe(List<Split> known) {
        Cluster connected = connect();
        Map<String, TopicDescription> described =
                pattern.map(connected::topics).orElseGet(() -> connected.topics(topics));
        for (Split split : known) {
            checkSameTopic(PartitionSplit.of(split), described);
        }
        return described;
    }

    private static void checkSameTopic(PartitionSplit split, Map<String, TopicDescription> described) {
        String topic = split.partition().topic();
        TopicDescription now = described.get(topic);
        if (now == null) {
            throw SabotException.of(ErrorCode.UNDEFINED_TABLE, "topic '" + topic + "' is gone")
                    .why(
                            "the job has read it up to a position that it keeps, and it is not there or not asked for now");
        }
        if (!now.topicId().equals(split.topicId())) {
            throw SabotException.of(ErrorCode.INVALID_STATE, "topic '" + topic + "' is not the one read before")
                    .why("it was deleted and created anew (its id was " + split.topicId() + " and is " + now.topicId()
                            + "), so the job's positions in it mean nothing")
                    .hint("start the job anew, without its state, to read the new topic");
        }
    }

    /** Ids of the topics of all partitions that are not known yet. */
    private static Map<TopicPartition, Uuid> unknown(Map<String, TopicDescription> described, List<Split> known) {
        Set<String> ids = new HashSet<>();
        known.forEach(split -> ids.add(split.id()));
        Map<TopicPartition, Uuid> partitions = new LinkedHashMap<>();
        described.forEach((name, topic) -> topic.partitions().forEach(info -> {
            TopicPartition partition = new TopicPartition(name, info.partition());
            if (!ids.contains(PartitionSplit.id(partition))) {
                partitions.put(partition, topic.topicId());
            }
        }));
        return partitions;
    }

    private List<Split> splits(Map<TopicPartition, Uuid> partitions, Offsets start, Optional<Offsets> end) {
        if (partitions.isEmpty()) {
            return List.of();
        }
        Cluster connected = connect();
        Map<TopicPartition, Long> starts = start.resolve(connected, partitions.keySet());
        Map<TopicPartition, Long> ends = new HashMap<>();
        end.ifPresent(rule -> ends.putAll(rule.resolve(connected, partitions.keySet())));
        if (end.isPresent() && bounds.capped()) {
            connected
                    .latest(partitions.keySet())
                    .forEach((partition, latest) -> ends.merge(partition, latest, Math::min));
        }
        List<Split> splits = new ArrayList<>();
        partitions.forEach((partition, topicId) ->
                splits.add(new PartitionSplit(partition, topicId, ends.getOrDefault(partition, PartitionSplit.NO_END))
                        .split(requireNonNull(starts.get(partition)))));
        return splits;
    }

    private Cluster connect() {
        Cluster connected = cluster;
        if (connected == null) {
            connected = Cluster.connect(client);
            cluster = connected;
        }
        return connected;
    }

    @Override
    public SplitReader reader(ConnectorContext context) {
        return new KafkaSplitReader(scan, table, context);
    }

    @Override
    public void close() {
        if (cluster != null) {
            cluster.close();
            cluster = null;
        }
    }
}
