package io.sabot.planner.resolve;

import io.sabot.catalog.Table;
import io.sabot.catalog.Watermark;
import io.sabot.catalog.connector.Options;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.TypeKind;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * How far ahead of the clock the time of a row may lie and still move the watermark. Without a limit one row with a wild time
 * closes all windows, and what follows is late. A row beyond the limit stays a row: it waits in its window.
 */
public final class AheadLimit {
    /** The option of a table. */
    public static final String OPTION = "sabot.watermark.max-ahead";

    /** Ten thousand years: further than any time lies. */
    private static final Duration ENDLESS = Duration.ofDays(3_652_500);

    private AheadLimit() {}

    /** The watermark's expression as SQL, which is NULL for rows that must not move it. */
    public static String expression(Table table, Watermark watermark) {
        String value = table.options().get(OPTION);
        Optional<Duration> limit = value == null ? Optional.empty() : Options.parseDuration(value);
        if (limit.isEmpty() || limit.get().compareTo(ENDLESS) > 0) {
            return watermark.expressionSql();
        }
        String column = "`" + watermark.column().replace("`", "``") + "`";
        return "CASE WHEN " + column + " <= " + clock(table, watermark) + " + " + interval(limit.get()) + " THEN "
                + watermark.expressionSql() + " END";
    }

    /** Times without a zone are those of the session's. */
    private static String clock(Table table, Watermark watermark) {
        boolean isInstant = table.schema().indexOf(watermark.column()).stream()
                .mapToObj(table.schema()::type)
                .anyMatch(type -> type instanceof AtomicType atomic && atomic.kind() == TypeKind.TIMESTAMP_LTZ);
        return isInstant ? "CURRENT_TIMESTAMP" : "LOCALTIMESTAMP";
    }

    private static String interval(Duration limit) {
        return String.format(
                Locale.ROOT,
                "INTERVAL '%d %02d:%02d:%02d.%03d' DAY(9) TO SECOND(3)",
                limit.toDays(),
                limit.toHoursPart(),
                limit.toMinutesPart(),
                limit.toSecondsPart(),
                limit.toMillisPart());
    }

    /** A limit without a watermark would be passed over. */
    static void check(io.sabot.parser.statement.Options written, Optional<Watermark> watermark) {
        if (watermark.isEmpty()) {
            written.find(OPTION).ifPresent(entry -> {
                throw SabotException.of(ErrorCode.INVALID_OPTION, "option '" + OPTION + "' needs a watermark")
                        .at(entry.keySpan())
                        .hint("add WATERMARK FOR ts AS ts to the columns");
            });
        }
    }
}
