package io.sabot.sqltests.random;

import io.sabot.sqltests.random.TimedQueries.Words;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;

/**
 * Queries over windows. A window's rows are those that came before the watermark of their own split had reached its end; its
 * result is there when the watermark of the query has.
 */
final class WindowQueries {
    private static final String START = TimedQueries.seconds("window_start");
    private static final String END = TimedQueries.seconds("window_end");

    private final Random random;
    private final BiConsumer<Script, WindowSpec> used;

    /** @param used told of all windows in queries */
    WindowQueries(Random random, BiConsumer<Script, WindowSpec> used) {
        this.random = random;
        this.used = used;
    }

    private WindowSpec spec(Script table) {
        WindowSpec spec = WindowSpec.random(table, random);
        used.accept(table, spec);
        return spec;
    }

    private static String closed(Script table) {
        return " WHERE we <= " + TimedQueries.watermark(table);
    }

    /** Aggregation by window, by key or not, also by grouping sets. */
    Words aggregate(Script table) {
        WindowSpec spec = spec(table);
        String whole = whole();
        String text = text();
        String having = random.nextInt(4) == 0 ? " HAVING COUNT(*) > 1" : "";
        String from = " FROM " + spec.sabot(table.table()) + " GROUP BY window_start, window_end";
        String duckFrom = " FROM " + spec.duckKept(table.table()) + closed(table) + " GROUP BY ws, we";
        // the windows of sessions by key are those of a key
        return switch (random.nextInt(spec.kind() == WindowSpec.Kind.SESSION ? 3 : 4)) {
            case 0 -> {
                String key = spec.byKey() ? ", a" : "";
                yield new Words(
                        "SELECT " + START + " AS a, " + whole + " AS b, " + text + " AS c" + from + key + having,
                        "SELECT ws AS a, " + whole + " AS b, " + text + " AS c" + duckFrom + key + having);
            }
            case 1 ->
                new Words(
                        "SELECT a, " + END + " AS b, " + text + " AS c" + from + ", a" + having,
                        "SELECT a, we AS b, " + text + " AS c" + duckFrom + ", a" + having);
            case 2 ->
                new Words(
                        "SELECT a, " + whole + " AS b, " + text + " AS c" + from + ", a" + having,
                        "SELECT a, " + whole + " AS b, " + text + " AS c" + duckFrom + ", a" + having);
            default -> {
                String sets = pick(List.of("GROUPING SETS ((a), (c), ())", "ROLLUP (a, c)", "CUBE (a, c)"));
                yield new Words(
                        "SELECT a, " + whole + " AS b, c" + from + ", " + sets + having,
                        "SELECT a, " + whole + " AS b, c" + duckFrom + ", " + sets + having);
            }
        };
    }

    private String whole() {
        return pick(List.of(
                "COUNT(*)",
                "COUNT(b)",
                "SUM(b)",
                "MIN(b)",
                "MAX(b)",
                "COUNT(DISTINCT b)",
                "SUM(DISTINCT b)",
                "COUNT(*) FILTER (WHERE b > 0)",
                "MAX(b) FILTER (WHERE c = 'x')"));
    }

    private String text() {
        return pick(List.of("MIN(c)", "MAX(c)", "MAX(c) FILTER (WHERE b > 1)"));
    }

    /** GROUP BY TUMBLE(…) and its like. */
    Words legacy(Script table) {
        WindowSpec spec;
        do {
            WindowSpec any = WindowSpec.random(table, random);
            spec = new WindowSpec(any.kind(), any.size(), any.step(), 0, any.kind() == WindowSpec.Kind.SESSION);
        } while (spec.kind() == WindowSpec.Kind.CUMULATE);
        used.accept(table, spec);
        String columns = "SELECT a, " + whole() + " AS b, " + text() + " AS c FROM ";
        return new Words(
                columns + table.table() + " GROUP BY a, " + spec.legacy(),
                columns + spec.duckKept(table.table()) + closed(table) + " GROUP BY a, ws, we");
    }

    /** The first rows of each window, or the one that came first or last. */
    Words topN(Script table) {
        WindowSpec spec = spec(table);
        // rows of a session leave at its end, in an order that nobody promises
        boolean byTime = table.isOneSplit() && spec.kind() != WindowSpec.Kind.SESSION && random.nextBoolean();
        String order = byTime
                ? pick(List.of("ts ASC", "ts DESC"))
                : pick(List.of("b DESC NULLS LAST, id ASC", "b ASC NULLS FIRST, id DESC", "c ASC NULLS FIRST, id ASC"));
        // of rows of equal time the first to come is first, the last to come last
        String duckOrder = order.replace("ts ASC", "t ASC, number ASC").replace("ts DESC", "t DESC, number DESC");
        String key = random.nextBoolean() || spec.byKey() ? ", a" : "";
        String bound = byTime ? "rn = 1" : pick(List.of("rn <= 1", "rn <= 2", "rn <= 3", "rn = 2"));
        return new Words(
                "SELECT a, b, c FROM (SELECT a, b, c, ROW_NUMBER() OVER (PARTITION BY window_start, window_end" + key
                        + " ORDER BY " + order + ") AS rn FROM " + spec.sabot(table.table()) + ") WHERE " + bound,
                "SELECT a, b, c FROM (SELECT a, b, c, ROW_NUMBER() OVER (PARTITION BY ws, we" + key + " ORDER BY "
                        + duckOrder + ") AS rn FROM " + spec.duckKept(table.table()) + closed(table) + ") WHERE "
                        + bound);
    }

    /** The first groups of each window. */
    Words topNOfGroups(Script table) {
        WindowSpec spec = WindowSpec.aligned(random);
        String order = pick(List.of("b DESC NULLS LAST, a ASC NULLS FIRST", "b ASC NULLS FIRST, a DESC NULLS LAST"));
        String columns = "a, " + whole() + " AS b, " + text() + " AS c";
        int count = 1 + random.nextInt(2);
        return new Words(
                "SELECT a, b, c FROM (SELECT a, b, c, ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY "
                        + order + ") AS rn FROM (SELECT window_start, window_end, " + columns + " FROM "
                        + spec.sabot(table.table()) + " GROUP BY window_start, window_end, a)) WHERE rn <= " + count,
                "SELECT a, b, c FROM (SELECT a, b, c, ROW_NUMBER() OVER (PARTITION BY ws, we ORDER BY " + order
                        + ") AS rn FROM (SELECT ws, we, " + columns + " FROM " + spec.duckKept(table.table())
                        + closed(table) + " GROUP BY ws, we, a)) WHERE rn <= " + count);
    }

    /** Windows over the results of windows. */
    Words cascade(Script table) {
        WindowSpec inner = spec(table);
        WindowSpec outer = new WindowSpec(WindowSpec.Kind.TUMBLE, 3 + random.nextInt(12), 0, 0, false);
        String whole = pick(List.of("SUM(n)", "MAX(n)", "COUNT(*)"));
        String sabotInner = "SELECT window_time AS wt, a, COUNT(*) AS n, MIN(c) AS c FROM " + inner.sabot(table.table())
                + " GROUP BY window_start, window_end, window_time, a";
        // window_time is a millisecond before the end, so in the second before it
        String duckInner = "(SELECT we - 1 AS t, a, COUNT(*) AS n, MIN(c) AS c FROM " + inner.duckKept(table.table())
                + closed(table) + " GROUP BY ws, we, a)";
        return new Words(
                "SELECT a, " + whole + " AS b, MAX(c) AS c FROM TUMBLE((" + sabotInner + "), DESCRIPTOR(wt), "
                        + WindowSpec.seconds(outer.size()) + ") GROUP BY window_start, window_end, a",
                "SELECT a, " + whole + " AS b, MAX(c) AS c FROM " + outer.duck(duckInner) + closed(table)
                        + " GROUP BY ws, we, a");
    }

    /** Rows with their windows: none is late, none waits. */
    Words assigned(Script table) {
        WindowSpec spec = WindowSpec.aligned(random);
        return new Words(
                "SELECT a, " + END + " AS b, c FROM " + spec.sabot(table.table()),
                "SELECT a, we AS b, c FROM " + spec.duck(table.table()));
    }

    /** Rows of the same window and key; in an outer join a row whose key is NULL does not wait for partners. */
    Words join(Script left, Script right) {
        WindowSpec spec = WindowSpec.aligned(random);
        String sabotLeft = "(SELECT * FROM " + spec.sabot(left.table()) + ") AS l";
        String sabotRight = "(SELECT * FROM " + spec.sabot(right.table()) + ") AS r";
        String duckLeft = spec.duckKept(left.table()) + " AS l";
        String duckRight = spec.duckKept(right.table()) + " AS r";
        String more = random.nextInt(3) == 0 ? " AND l.b <= r.b" : "";
        String on = "l.a = r.a" + more + " AND l.window_start = r.window_start AND l.window_end = r.window_end";
        String duckOn = "l.a = r.a" + more + " AND l.ws = r.ws AND l.we = r.we";
        String over = TimedQueries.watermark(left, right);
        if (more.isEmpty() && random.nextInt(3) == 0) {
            String exists = (random.nextBoolean() ? "" : "NOT ") + "EXISTS (SELECT 1 FROM ";
            return new Words(
                    "SELECT a, b, c FROM " + sabotLeft + " WHERE " + exists + sabotRight + " WHERE " + on + ")",
                    "SELECT a, b, c FROM " + duckLeft + " WHERE l.we <= " + over + " AND " + exists + duckRight
                            + " WHERE " + duckOn + ")");
        }
        String kind = pick(List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"));
        String columns = pick(List.of("l.a AS a, r.b AS b, l.c AS c", "r.a AS a, l.b AS b, COALESCE(l.c, r.c) AS c"));
        return new Words(
                "SELECT " + columns + " FROM " + sabotLeft + " " + kind + " " + sabotRight + " ON " + on,
                "SELECT " + columns + " FROM " + duckLeft + " " + kind + " " + duckRight + " ON " + duckOn
                        + " WHERE COALESCE(l.we, r.we) <= " + over
                        + " OR (l.id IS NULL AND r.a IS NULL) OR (r.id IS NULL AND l.a IS NULL)");
    }

    private String pick(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
