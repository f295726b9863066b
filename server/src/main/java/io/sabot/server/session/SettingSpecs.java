package io.sabot.server.session;

import io.sabot.catalog.connector.OptionSpec;
import io.sabot.catalog.connector.OptionType;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Settings of a session: those that Sabot acts on, and prefixes of Flink's that scripts may carry without effect. */
final class SettingSpecs {
    static final String PARALLELISM = "parallelism.default";
    static final String RUNTIME_MODE = "execution.runtime-mode";
    static final String CHECKPOINT_INTERVAL = "execution.checkpointing.interval";
    static final String TIME_ZONE = "table.local-time-zone";
    static final String JOB_NAME = "pipeline.name";
    static final String BATCH_ROWS = "sabot.batch-rows";
    static final String EPOCH_AFTER_EACH_BATCH = "sabot.epoch-after-each-batch";
    static final String RESTART_AFTER_BATCHES = "sabot.restart-after-batches";
    static final String RESTART_PARALLELISM = "sabot.restart-parallelism";
    static final String STATE_TTL = "table.exec.state.ttl";
    static final String DML_SYNC = "table.dml-sync";
    static final String MINI_BATCH = "table.exec.mini-batch.enabled";
    static final String MINI_BATCH_LATENCY = "table.exec.mini-batch.allow-latency";
    static final String READ_YOUR_WRITES = "sabot.read-your-writes";

    private static final List<OptionSpec> SPECS = List.of(
            OptionSpec.defaulted(
                    PARALLELISM,
                    OptionType.INT,
                    Integer.toString(Runtime.getRuntime().availableProcessors()),
                    "tasks per stage of a job, at most"),
            new OptionSpec(
                    RUNTIME_MODE,
                    OptionType.ENUM,
                    false,
                    Optional.empty(),
                    List.of("streaming", "batch"),
                    "streaming: a plain SELECT goes on and shows changes; batch: no row is late"),
            OptionSpec.defaulted(
                    CHECKPOINT_INTERVAL, OptionType.DURATION, "1 s", "time between checkpoints of a continuous job"),
            OptionSpec.defaulted(
                    TIME_ZONE,
                    OptionType.STRING,
                    ZoneId.systemDefault().getId(),
                    "time zone of TIMESTAMP_LTZ values and day windows"),
            OptionSpec.optional(JOB_NAME, OptionType.STRING, "name of the next job"),
            OptionSpec.defaulted(
                    "table.exec.source.idle-timeout",
                    OptionType.DURATION,
                    "0 ms",
                    "after this long without rows a source split no longer holds the watermark; 0 never"),
            OptionSpec.defaulted(
                    STATE_TTL,
                    OptionType.DURATION,
                    "0 ms",
                    "how long behind its last write a continuous query keeps state that no watermark bounds; 0 for ever"),
            OptionSpec.defaulted(
                    MINI_BATCH,
                    OptionType.BOOLEAN,
                    "false",
                    "whether changes of a continuous query wait for those of the same rows, so that there are fewer; rows"
                            + " that only come never wait, and operators fold what comes in one batch in any case"),
            OptionSpec.defaulted(
                    MINI_BATCH_LATENCY,
                    OptionType.DURATION,
                    "0 ms",
                    "how long changes wait then: at least this long lies between two states that are shown, but that each"
                            + " checkpoint shows one; table.exec.mini-batch.size has no effect"),
            OptionSpec.defaulted(
                    "table.exec.source.cdc-events-duplicate",
                    OptionType.BOOLEAN,
                    "false",
                    "whether captured changes (debezium-json and others) may come twice or without the row before: tables with"
                            + " a primary key then go by it alone"),
            OptionSpec.defaulted(
                    "sabot.window.allowed-lateness",
                    OptionType.DURATION,
                    "0 ms",
                    "how long behind the watermark windows of fixed size still take rows; results of a continuous query then change"),
            OptionSpec.defaulted(
                    "sabot.window.early-emit",
                    OptionType.DURATION,
                    "0 ms",
                    "time between looks of a continuous query at windows that are not complete; 0 shows complete ones only"),
            OptionSpec.defaulted(
                    "table.optimizer.distinct-agg.split.enabled",
                    OptionType.BOOLEAN,
                    "false",
                    "whether aggregates of distinct values are computed by buckets of the values first, so that a group with"
                            + " many rows is the work of all tasks; not with a state TTL"),
            OptionSpec.defaulted(
                    "table.optimizer.distinct-agg.split.bucket-num",
                    OptionType.INT,
                    "128",
                    "buckets of a group whose distinct values are split; 1024 in Flink, but each costs a little per batch"),
            OptionSpec.defaulted(
                    DML_SYNC, OptionType.BOOLEAN, "false", "whether INSERT waits for a continuous job to end"),
            OptionSpec.defaulted(
                    READ_YOUR_WRITES,
                    OptionType.DURATION,
                    "5 s",
                    "how long a query waits for materialized views to show what the session wrote; 0 not at all"),
            OptionSpec.defaulted(BATCH_ROWS, OptionType.INT, "2048", "rows that operators handle at once"),
            OptionSpec.defaulted(
                    EPOCH_AFTER_EACH_BATCH,
                    OptionType.BOOLEAN,
                    "false",
                    "publish results behind every batch; needs parallelism 1; for tests"),
            OptionSpec.defaulted(
                    RESTART_AFTER_BATCHES,
                    OptionType.INT,
                    "0",
                    "stop a query when a task has read so many batches, and go on from its checkpoint; 0 never; for tests"),
            OptionSpec.defaulted(
                    RESTART_PARALLELISM,
                    OptionType.STRING,
                    "1",
                    "parallelism behind each restart of a query, such as '3,1'; for tests"));

    private static final List<String> WITHOUT_EFFECT = List.of(
            "table.exec.",
            "table.optimizer.",
            "execution.",
            "pipeline.",
            "sql-client.",
            "state.",
            "restart-strategy.",
            "parallelism.",
            "table.");

    private SettingSpecs() {}

    /** All settings that have an effect. */
    static List<OptionSpec> all() {
        return SPECS;
    }

    static Optional<OptionSpec> find(String key) {
        return SPECS.stream().filter(spec -> spec.key().equals(key)).findFirst();
    }

    /** Whether a key is one of Flink's that is accepted and not acted upon. */
    static boolean isKnownElsewhere(String key) {
        return WITHOUT_EFFECT.stream().anyMatch(key::startsWith);
    }
}
