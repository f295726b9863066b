package io.sabot.sqltests.random;

import io.sabot.sqltests.random.TimedQueries.Words;
import java.util.List;
import java.util.Random;

/** Interval joins and temporal joins, over tables without late rows: what pairs of late rows give nobody promises. */
final class TimedJoins {
    private final Random random;

    TimedJoins(Random random) {
        this.random = random;
    }

    /**
     * Rows of one key whose times are close. A pair is there at once; a row without partner when none can come any more, which
     * for one without key is at once.
     */
    Words interval(Script left, Script right) {
        int lower = random.nextInt(6) - 4;
        int upper = lower + random.nextInt(5);
        String more = random.nextInt(3) == 0 ? " AND l.b <= r.b" : "";
        String on = "l.a = r.a" + more + " AND l.ts BETWEEN r.ts " + shift(lower) + " AND r.ts " + shift(upper);
        String duckOn = "l.a = r.a" + more + " AND l.t - r.t BETWEEN " + lower + " AND " + upper;
        String watermark = TimedQueries.watermark(left, right);
        String leftAlone = "(l.a IS NULL OR l.t - (" + lower + ") <= " + watermark + ")";
        String rightAlone = "(r.a IS NULL OR r.t + (" + upper + ") <= " + watermark + ")";
        if (more.isEmpty() && random.nextInt(3) == 0) {
            String exists = "SELECT l.a, l.b, l.c FROM " + left.table() + " AS l WHERE EXISTS (SELECT 1 FROM "
                    + right.table() + " AS r WHERE ";
            return new Words(exists + on + ")", exists + duckOn + ")");
        }
        String kind = pick(List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"));
        String columns = pick(List.of("l.a AS a, r.b AS b, l.c AS c", "r.a AS a, l.b AS b, COALESCE(l.c, r.c) AS c"));
        String from =
                "SELECT " + columns + " FROM " + left.table() + " AS l " + kind + " " + right.table() + " AS r ON ";
        return new Words(
                from + on,
                from + duckOn + " WHERE (l.id IS NOT NULL AND r.id IS NOT NULL) OR (r.id IS NULL AND " + leftAlone
                        + ") OR (l.id IS NULL AND " + rightAlone + ")");
    }

    private static String shift(int seconds) {
        return (seconds < 0 ? "- " : "+ ") + WindowSpec.seconds(Math.abs(seconds));
    }

    /** Each row with the version of its key that was valid at its time; it comes when the watermark reaches its time. */
    Words temporal(Script left, Script versions) {
        String kind = pick(List.of("JOIN", "LEFT JOIN"));
        String more = random.nextInt(4) == 0 ? " AND r.b > 0" : "";
        String columns = "SELECT l.a AS a, r.b AS b, COALESCE(r.c, l.c) AS c FROM ";
        String due = "(SELECT *, (SELECT MAX(v.t * 100000 + v.id) FROM " + versions.table()
                + " AS v WHERE v.a = e.a AND v.t <= e.t) AS version FROM " + left.table() + " AS e WHERE e.t <= "
                + TimedQueries.watermark(left, versions) + (kind.equals("LEFT JOIN") ? " OR e.a IS NULL" : "") + ")";
        return new Words(
                columns + left.table() + " AS l " + kind + " " + versions.table()
                        + " FOR SYSTEM_TIME AS OF l.ts AS r ON l.a = r.a" + more,
                columns + due + " AS l " + kind + " " + versions.table()
                        + " AS r ON r.present AND r.t * 100000 + r.id = l.version" + more);
    }

    private String pick(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
