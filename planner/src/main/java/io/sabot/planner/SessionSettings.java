package io.sabot.planner;

import io.sabot.catalog.connector.Options;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.planner.logical.DistinctBuckets;
import io.sabot.planner.plan.WindowEmission;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;

/** The settings of a session that plans depend on. */
record SessionSettings(Map<String, String> values) {
    SessionSettings {
        values = Map.copyOf(values);
    }

    /** {@code table.local-time-zone}. */
    ZoneId zone() {
        String zone = values.getOrDefault("table.local-time-zone", "default");
        try {
            return zone.equals("default") ? ZoneId.systemDefault() : ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw SabotException.of(ErrorCode.INVALID_PARAMETER, "'" + zone + "' is no time zone")
                    .hint("SET 'table.local-time-zone' = 'Europe/Berlin'")
                    .causedBy(e);
        }
    }

    /** {@code table.exec.source.idle-timeout} in milliseconds. */
    long idleTimeoutMillis() {
        return Options.parseDuration(values.getOrDefault("table.exec.source.idle-timeout", "0"))
                .orElse(Duration.ZERO)
                .toMillis();
    }

    /** {@code table.exec.state.ttl} in milliseconds. */
    long stateTtlMillis() {
        return millis("table.exec.state.ttl");
    }

    /** {@code sabot.window.allowed-lateness} and {@code sabot.window.early-emit}. */
    WindowEmission windowEmission() {
        return new WindowEmission(millis("sabot.window.allowed-lateness"), millis("sabot.window.early-emit"));
    }

    /**
     * {@code table.optimizer.distinct-agg.split.enabled} and {@code .bucket-num}. Where state goes by itself, that of a bucket
     * would go without that of its group, so groups stay whole.
     */
    DistinctBuckets distinctBuckets() {
        boolean split = values.getOrDefault("table.optimizer.distinct-agg.split.enabled", "false")
                .equalsIgnoreCase("true");
        if (!split || stateTtlMillis() > 0) {
            return DistinctBuckets.NONE;
        }
        int count = Integer.parseInt(values.getOrDefault("table.optimizer.distinct-agg.split.bucket-num", "128")
                .trim());
        return new DistinctBuckets(Math.max(1, count), windowEmission().isOnce());
    }

    private long millis(String key) {
        return Options.parseDuration(values.getOrDefault(key, "0"))
                .orElse(Duration.ZERO)
                .toMillis();
    }

    /** {@code table.exec.source.cdc-events-duplicate}. */
    boolean hasDuplicateChanges() {
        return values.getOrDefault("table.exec.source.cdc-events-duplicate", "false")
                .equalsIgnoreCase("true");
    }

    /** {@code execution.runtime-mode} is batch: no row is late. */
    boolean isBatch() {
        return values.getOrDefault("execution.runtime-mode", "").equalsIgnoreCase("batch");
    }

    /** {@code execution.runtime-mode} is streaming: a plain SELECT goes on. */
    boolean isStreaming() {
        return values.getOrDefault("execution.runtime-mode", "").equalsIgnoreCase("streaming");
    }
}
