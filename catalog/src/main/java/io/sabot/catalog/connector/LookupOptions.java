package io.sabot.catalog.connector;

import java.util.List;
import java.util.Optional;

/** Options of lookup joins, in Flink's words. Every table takes them, whatever its connector. */
public final class LookupOptions {
    /** What a lookup join keeps of what it has read. */
    public static final String CACHE = "lookup.cache";

    /** How long a key stays behind its last use. */
    public static final String EXPIRE_AFTER_ACCESS = "lookup.partial-cache.expire-after-access";

    /** How long a key stays behind its reading. */
    public static final String EXPIRE_AFTER_WRITE = "lookup.partial-cache.expire-after-write";

    /** Whether it is kept that a key has no rows. */
    public static final String CACHE_MISSING_KEY = "lookup.partial-cache.cache-missing-key";

    /** How many rows stay at most. */
    public static final String MAX_ROWS = "lookup.partial-cache.max-rows";

    /** What tells when a table that is kept whole is read again. */
    public static final String RELOAD_STRATEGY = "lookup.full-cache.reload-strategy";

    /** How long a table that is kept whole stays good. */
    public static final String RELOAD_INTERVAL = "lookup.full-cache.periodic-reload.interval";

    /** From when on that time counts. */
    public static final String SCHEDULE_MODE = "lookup.full-cache.periodic-reload.schedule-mode";

    /** All of them. */
    public static final List<OptionSpec> ALL = List.of(
            new OptionSpec(
                    CACHE,
                    OptionType.ENUM,
                    false,
                    Optional.empty(),
                    List.of("NONE", "PARTIAL", "FULL"),
                    "what lookup joins keep: nothing, rows of single keys, or the whole table"),
            OptionSpec.optional(
                    EXPIRE_AFTER_ACCESS,
                    OptionType.DURATION,
                    "PARTIAL: a key is read again this long after its last use"),
            OptionSpec.optional(
                    EXPIRE_AFTER_WRITE,
                    OptionType.DURATION,
                    "PARTIAL: a key is read again this long after its reading"),
            OptionSpec.defaulted(
                    CACHE_MISSING_KEY, OptionType.BOOLEAN, "true", "PARTIAL: whether keys without rows are kept too"),
            OptionSpec.optional(MAX_ROWS, OptionType.LONG, "PARTIAL: most rows kept; keys not used for longest go"),
            OptionSpec.choice(RELOAD_STRATEGY, "FULL: when the table is read again", "PERIODIC"),
            OptionSpec.optional(RELOAD_INTERVAL, OptionType.DURATION, "FULL: how long the table stays good"),
            OptionSpec.choice(
                    SCHEDULE_MODE,
                    "FULL: the interval begins when a row needs the table, either way",
                    "FIXED_DELAY",
                    "FIXED_RATE"));

    private LookupOptions() {}
}
