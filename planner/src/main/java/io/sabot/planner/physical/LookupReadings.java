package io.sabot.planner.physical;

import static io.sabot.planner.plan.LookupReading.NEVER;

import io.sabot.catalog.Table;
import io.sabot.catalog.connector.LookupOptions;
import io.sabot.catalog.connector.OptionSpec;
import io.sabot.catalog.connector.Options;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.error.SqlSpan;
import io.sabot.planner.plan.LookupReading;
import io.sabot.planner.validate.LookupHints;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.hint.RelHint;

/** What the options of a table and the hint at it say of how a lookup join reads it. */
final class LookupReadings {
    private static final long KEPT_TABLE_MILLIS = 1000;

    private final Table table;
    private final Map<String, String> hint;
    private final SqlSpan span;
    private final Options options;

    /** @param table the table of the scan, options of hints over its own */
    LookupReadings(Table table, TableScan scan, SqlSpan span) {
        this.table = table;
        this.span = span;
        this.hint = scan.getHints().stream()
                .filter(found -> found.hintName.equalsIgnoreCase(LookupHints.NAME))
                .findFirst()
                .map((RelHint found) -> Map.copyOf(found.kvOptions))
                .orElse(Map.of());
        this.options = new Options(table.options(), LookupOptions.ALL);
    }

    /** Whether rows of a key are to be joined by one task. */
    boolean shuffles() {
        return Boolean.parseBoolean(hint.get("shuffle")) || retry().isPresent();
    }

    LookupReading reading() {
        table.options().forEach((key, value) -> {
            if (key.startsWith("lookup.")) {
                check(key, value);
            }
        });
        if (options.find(LookupOptions.CACHE).isEmpty()) {
            return new LookupReading(
                    table.connector().isPresent() ? NEVER : KEPT_TABLE_MILLIS, Optional.empty(), retry());
        }
        return switch (options.choice(LookupOptions.CACHE)) {
            case "NONE" -> new LookupReading(1, Optional.empty(), retry());
            case "PARTIAL" -> new LookupReading(NEVER, Optional.of(cache()), retry());
            default -> new LookupReading(duration(LookupOptions.RELOAD_INTERVAL), Optional.empty(), retry());
        };
    }

    private LookupReading.Cache cache() {
        return new LookupReading.Cache(
                duration(LookupOptions.EXPIRE_AFTER_WRITE),
                duration(LookupOptions.EXPIRE_AFTER_ACCESS),
                options.find(LookupOptions.MAX_ROWS)
                        .map(text -> Long.parseLong(text.trim()))
                        .orElse(NEVER),
                options.bool(LookupOptions.CACHE_MISSING_KEY));
    }

    private Optional<LookupReading.Retry> retry() {
        if (!hint.containsKey("retry-predicate")) {
            return Optional.empty();
        }
        return Optional.of(new LookupReading.Retry(
                Options.parseDuration(hint.getOrDefault("fixed-delay", ""))
                        .orElseThrow()
                        .toMillis(),
                Integer.parseInt(hint.getOrDefault("max-attempts", "").trim()),
                options.find(LookupOptions.CACHE).isEmpty()));
    }

    private long duration(String key) {
        return options.find(key).isEmpty() ? NEVER : options.duration(key).toMillis();
    }

    private void check(String key, String value) {
        OptionSpec option = LookupOptions.ALL.stream()
                .filter(spec -> spec.matches(key))
                .findFirst()
                .orElseThrow(() -> SabotException.of(ErrorCode.INVALID_OPTION, "unknown option '" + key + "'")
                        .at(span)
                        .why("options of lookup joins are "
                                + String.join(
                                        ", ",
                                        LookupOptions.ALL.stream()
                                                .map(OptionSpec::key)
                                                .toList())));
        Options.check(option, value)
                .or(() -> isZero(key, value) ? Optional.of("more than 0") : Optional.empty())
                .ifPresent(expected -> {
                    throw SabotException.of(
                                    ErrorCode.INVALID_OPTION, "option '" + key + "' does not take '" + value + "'")
                            .at(span)
                            .why("it takes " + expected);
                });
    }

    /** Where nothing would be kept, or read again and again. */
    private static boolean isZero(String key, String value) {
        return List.of(LookupOptions.RELOAD_INTERVAL, LookupOptions.MAX_ROWS).contains(key)
                && value.chars().allMatch(c -> !Character.isDigit(c) || c == '0');
    }
}
