package io.sabot.connectors.kafka;

import io.sabot.catalog.connector.OptionSpec;
import io.sabot.catalog.connector.OptionType;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The options of a table, keys, defaults and values as in Apache Flink. */
final class KafkaOptions {
    static final String TOPIC = "topic";
    static final String TOPIC_PATTERN = "topic-pattern";
    static final String PROPERTIES = "properties.";
    static final String BOOTSTRAP_SERVERS = "properties.bootstrap.servers";
    static final String GROUP_ID = "properties.group.id";
    /** Of Kafka's clients, without the prefix: by it they look up values anywhere. */
    static final String CONFIG_PROVIDERS = "config.providers";

    static final String NO_PROVIDERS =
            "Refused, unlike in Flink: by '${provider:…}' in other options any user could read the files and environment"
                    + " variables of this process. Write the values themselves there";
    static final String FORMAT = "format";
    static final String VALUE_FORMAT = "value.format";
    static final String KEY_FORMAT = "key.format";
    static final String KEY_FIELDS = "key.fields";
    static final String KEY_FIELDS_PREFIX = "key.fields-prefix";
    static final String VALUE_FIELDS_INCLUDE = "value.fields-include";
    static final String STARTUP_MODE = "scan.startup.mode";
    static final String STARTUP_OFFSETS = "scan.startup.specific-offsets";
    static final String STARTUP_TIMESTAMP = "scan.startup.timestamp-millis";
    static final String BOUNDED_MODE = "scan.bounded.mode";
    static final String BOUNDED_OFFSETS = "scan.bounded.specific-offsets";
    static final String BOUNDED_TIMESTAMP = "scan.bounded.timestamp-millis";
    static final String DISCOVERY_INTERVAL = "scan.topic-partition-discovery.interval";
    static final String OUTAGE_TIMEOUT = "sabot.scan.outage-timeout";
    static final String BUFFER_ROWS = "sink.buffer-flush.max-rows";
    static final String BUFFER_INTERVAL = "sink.buffer-flush.interval";
    static final String PARTITIONER = "sink.partitioner";
    static final String DELIVERY_GUARANTEE = "sink.delivery-guarantee";

    static final String EARLIEST = "earliest-offset";
    static final String LATEST = "latest-offset";
    static final String GROUP = "group-offsets";
    static final String TIMESTAMP = "timestamp";
    static final String SPECIFIC = "specific-offsets";
    static final String UNBOUNDED = "unbounded";

    static final List<OptionSpec> SPECS = List.of(
            OptionSpec.optional(
                    TOPIC,
                    OptionType.LIST,
                    "The topic to read or write; several to read, separated by ';'. Either this or 'topic-pattern'"),
            OptionSpec.optional(
                    TOPIC_PATTERN,
                    OptionType.STRING,
                    "Regular expression that the whole name of a topic must match to be read"),
            OptionSpec.required(
                    BOOTSTRAP_SERVERS, OptionType.STRING, "Brokers to begin with: host:port, separated by ','"),
            OptionSpec.optional(
                    GROUP_ID,
                    OptionType.STRING,
                    "Consumer group whose committed offsets 'group-offsets' reads; offsets are never committed to it"),
            OptionSpec.refused(PROPERTIES + CONFIG_PROVIDERS, NO_PROVIDERS),
            OptionSpec.refused(PROPERTIES + CONFIG_PROVIDERS + ".*", NO_PROVIDERS),
            OptionSpec.optional(
                    "properties.*",
                    OptionType.STRING,
                    "Any setting of Kafka's clients, for instance properties.security.protocol. isolation.level is"
                            + " read_committed unless given"),
            OptionSpec.optional(FORMAT, OptionType.STRING, "Format of values; the same as 'value.format'"),
            OptionSpec.optional(VALUE_FORMAT, OptionType.STRING, "Format of values, for instance json"),
            OptionSpec.optional(KEY_FORMAT, OptionType.STRING, "Format of keys; needs 'key.fields'"),
            OptionSpec.optional(KEY_FIELDS, OptionType.LIST, "Columns of the table that keys hold, separated by ';'"),
            OptionSpec.defaulted(
                    KEY_FIELDS_PREFIX,
                    OptionType.STRING,
                    "",
                    "What the names of key columns begin with in the table but not in the key; needs"
                            + " 'value.fields-include' = 'EXCEPT_KEY'"),
            OptionSpec.choice(
                    VALUE_FIELDS_INCLUDE, "Whether values hold the columns of the key too", "ALL", "EXCEPT_KEY"),
            OptionSpec.choice(
                    STARTUP_MODE,
                    "Where to begin. A plain SELECT begins at the earliest offset when this is not given",
                    GROUP,
                    EARLIEST,
                    LATEST,
                    TIMESTAMP,
                    SPECIFIC),
            OptionSpec.optional(
                    STARTUP_OFFSETS,
                    OptionType.LIST,
                    "Where to begin in mode specific-offsets: 'partition:0,offset:42;partition:1,offset:300'; other"
                            + " partitions begin at the earliest offset"),
            OptionSpec.optional(
                    STARTUP_TIMESTAMP,
                    OptionType.LONG,
                    "Where to begin in mode timestamp: milliseconds since 1970-01-01 UTC"),
            OptionSpec.choice(
                    BOUNDED_MODE,
                    "Where to end, found out at the start. A plain SELECT ends at the latest offset of its start at the"
                            + " latest",
                    UNBOUNDED,
                    LATEST,
                    GROUP,
                    TIMESTAMP,
                    SPECIFIC),
            OptionSpec.optional(
                    BOUNDED_OFFSETS,
                    OptionType.LIST,
                    "Where to end in mode specific-offsets, in front of these offsets; other partitions end at the"
                            + " latest offset"),
            OptionSpec.optional(
                    BOUNDED_TIMESTAMP,
                    OptionType.LONG,
                    "Where to end in mode timestamp: in front of the first record of that time or later"),
            OptionSpec.defaulted(
                    DISCOVERY_INTERVAL,
                    OptionType.DURATION,
                    "5 min",
                    "How often to look for new partitions and, with a pattern, topics; they are read from their"
                            + " beginning. 0 never looks"),
            OptionSpec.defaulted(
                    OUTAGE_TIMEOUT,
                    OptionType.DURATION,
                    "10 min",
                    "How long brokers may be silent while a scan goes on: it warns, tries again, and fails after this time;"
                            + " '0 s' tries for ever"),
            OptionSpec.defaulted(
                    PARTITIONER,
                    OptionType.STRING,
                    "default",
                    "Which partition a row goes to: 'default' (by the key's hash, without a key evenly), 'fixed' (one"
                            + " for each task of the sink), 'round-robin' (in turns)"),
            OptionSpec.choice(
                    DELIVERY_GUARANTEE,
                    "'at-least-once' waits at each checkpoint until all rows are acknowledged, 'none' does not;"
                            + " 'exactly-once' is not supported yet",
                    "at-least-once",
                    "none",
                    "exactly-once"));

    /** What does not hold for tables with a primary key, which begin at the earliest offset and take keys from it. */
    private static final Set<String> APPEND_ONLY_KEYS = Set.of(
            TOPIC_PATTERN,
            GROUP_ID,
            FORMAT,
            VALUE_FORMAT,
            KEY_FORMAT,
            KEY_FIELDS,
            STARTUP_MODE,
            STARTUP_OFFSETS,
            STARTUP_TIMESTAMP,
            PARTITIONER);

    /** The options of connector {@code upsert-kafka}. */
    static final List<OptionSpec> UPSERT_SPECS = Stream.concat(
                    Stream.of(
                            OptionSpec.required(
                                    KEY_FORMAT, OptionType.STRING, "Format of keys, which hold the primary key"),
                            OptionSpec.required(VALUE_FORMAT, OptionType.STRING, "Format of values, for instance json"),
                            OptionSpec.optional(
                                    GROUP_ID,
                                    OptionType.STRING,
                                    "Consumer group whose committed offsets the bounded mode 'group-offsets' reads"),
                            OptionSpec.defaulted(
                                    BUFFER_ROWS,
                                    OptionType.INT,
                                    "0",
                                    "With '" + BUFFER_INTERVAL
                                            + "': how many keys are kept back before they are written,"
                                            + " so that a row that is soon overwritten is not; 0 keeps none"),
                            OptionSpec.defaulted(
                                    BUFFER_INTERVAL,
                                    OptionType.DURATION,
                                    "0 s",
                                    "With '" + BUFFER_ROWS
                                            + "': how long they are kept back at most; a checkpoint writes"
                                            + " them too")),
                    SPECS.stream().filter(spec -> !APPEND_ONLY_KEYS.contains(spec.key())))
            .toList();

    private KafkaOptions() {}
}
