package io.sabot.sqltests.random;

import io.sabot.sqltests.random.TimedQueries.Words;
import java.util.List;
import java.util.Random;

/** OVER aggregates in the order of event time, and one row per key by event time. */
final class OverQueries {
    private final Random random;

    OverQueries(Random random) {
        this.random = random;
    }

    /**
     * Rows behind the watermark of their split are dropped; the others come when the watermark reaches their time. Rows of
     * equal time are in the order in which they came, which only the rows of one split have.
     */
    Words over(Script table) {
        boolean byRows = table.isOneSplit() && random.nextInt(3) > 0;
        String partition = random.nextInt(4) == 0 ? "" : "PARTITION BY a ";
        String function = pick(
                byRows
                        ? List.of(
                                "SUM(b)", "COUNT(*)", "COUNT(b)", "MIN(b)", "MAX(b)", "FIRST_VALUE(b)", "LAST_VALUE(b)")
                        : List.of("SUM(b)", "COUNT(*)", "COUNT(b)", "MIN(b)", "MAX(b)", "COUNT(DISTINCT b)"));
        String frame = byRows ? rowsFrame() : rangeFrame();
        if (byRows && random.nextInt(3) == 0) {
            function = pick(List.of("ROW_NUMBER()", "LAG(b)", "LAG(b, 2)"));
            frame = "";
        }
        // without the filter the planner may leave out a call that nobody reads, and with it the waiting
        String start = "SELECT a, b, c FROM (SELECT a, " + function + " OVER w AS b, c, COUNT(*) OVER w AS n FROM ";
        String window = " WINDOW w AS (" + partition + "ORDER BY ";
        String end = ")) WHERE n > 0";
        return new Words(
                start + table.table() + window + "ts" + frame + end,
                // FIRST_VALUE and LAST_VALUE pass over NULLs
                start.replace("_VALUE(b)", "_VALUE(b IGNORE NULLS)") + "(SELECT * FROM " + table.table()
                        + " WHERE t > wm AND t <= " + TimedQueries.watermark(table) + ")"
                        + window + (byRows ? "t, number" : "t") + frame.replaceAll("INTERVAL '(\\d+)' SECOND", "$1")
                        + end);
    }

    private String rangeFrame() {
        return pick(List.of(
                " RANGE BETWEEN INTERVAL '2' SECOND PRECEDING AND CURRENT ROW",
                " RANGE BETWEEN INTERVAL '5' SECOND PRECEDING AND CURRENT ROW",
                " RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW"));
    }

    private String rowsFrame() {
        return pick(List.of(
                " ROWS BETWEEN 1 PRECEDING AND CURRENT ROW",
                " ROWS BETWEEN 3 PRECEDING AND CURRENT ROW",
                " ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW"));
    }

    /** The first or last row of each key; of equal times in several splits none can say which. */
    Words deduplicate(Script table) {
        boolean last = random.nextBoolean();
        String order =
                table.isOneSplit() ? (last ? "ts DESC" : "ts ASC") : (last ? "ts DESC, id ASC" : "ts ASC, id ASC");
        String duckOrder =
                table.isOneSplit() ? (last ? "t DESC, number DESC" : "t ASC, number ASC") : order.replace("ts", "t");
        String start = "SELECT a, b, c FROM (SELECT a, b, c, ROW_NUMBER() OVER (PARTITION BY "
                + pick(List.of("a", "a, c", "c")) + " ORDER BY ";
        String end = ") AS rn FROM " + table.table() + ") WHERE rn = 1";
        return new Words(start + order + end, start + duckOrder + end);
    }

    private String pick(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
