package io.sabot.sqltests.random;

import java.util.List;
import java.util.Random;

/**
 * Queries over tables with columns a, b (BIGINT) and c (text), each with columns of those names again, so that they can be
 * put into one another. Written in words that mean the same to Sabot and to DuckDB; each is a function of its input as a
 * multiset, ties in orders included.
 */
final class RandomQueries {
    private final Random random;
    private final List<String> tables;
    private int aliases;

    RandomQueries(Random random, List<String> tables) {
        this.random = random;
        this.tables = tables;
    }

    /** A query of at most so many operators one upon the other. */
    String query(int depth) {
        if (depth == 0) {
            return "SELECT a, b, c FROM " + pick(tables);
        }
        return switch (random.nextInt(18)) {
            case 0 -> filter(depth);
            case 1 -> project(depth);
            case 2, 3, 4 -> join(depth);
            case 5, 6 -> subQuery(depth);
            case 7, 8, 9, 10 -> aggregate(depth);
            case 11 -> "SELECT DISTINCT a, b, c FROM " + relation(depth);
            case 12, 13 -> setOperation(depth);
            case 14 -> topN(depth);
            case 15 -> lateral(depth);
            case 16 -> orderLimit(depth);
            default -> scalar(depth);
        };
    }

    private String relation(int depth) {
        String alias = "r" + aliases++;
        return (random.nextInt(4) == 0 ? pick(tables) : "(" + query(depth - 1) + ")") + " AS " + alias;
    }

    private String filter(int depth) {
        return "SELECT a, b, c FROM " + relation(depth) + " WHERE " + predicate("");
    }

    private String predicate(String qualifier) {
        String a = qualifier + "a";
        String b = qualifier + "b";
        String c = qualifier + "c";
        return switch (random.nextInt(11)) {
            case 0 -> a + " > " + random.nextInt(3);
            case 1 -> b + " <> " + random.nextInt(3);
            case 2 -> c + " = 'x'";
            case 3 -> a + " IS NULL";
            case 4 -> a + " IS NOT DISTINCT FROM " + b;
            case 5 -> "(" + a + " > 1 OR " + b + " IS NULL)";
            case 6 -> a + " IN (1, 3)";
            case 7 -> "NOT (" + a + " = 1 AND " + c + " <> 'y')";
            case 8 -> a + " + " + b + " > 2";
            case 9 -> c + " LIKE 'y%'";
            default -> b + " BETWEEN 0 AND 3";
        };
    }

    private String project(int depth) {
        String columns = pick(List.of(
                "b AS a, a + 1 AS b, c",
                "a, CASE WHEN b > 1 THEN b ELSE a END AS b, COALESCE(c, 'none') AS c",
                "COALESCE(a, 0) AS a, b * 2 AS b, UPPER(c) AS c",
                "a, b, 'k' AS c",
                "a, CAST(NULL AS BIGINT) AS b, c"));
        return "SELECT " + columns + " FROM " + relation(depth);
    }

    private String join(int depth) {
        String left = relation(depth);
        String right = relation(depth);
        String l = alias(left);
        String r = alias(right);
        String kind = pick(List.of("JOIN", "JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"));
        String on = pick(List.of(
                "$l.a = $r.a",
                "$l.a = $r.a AND $l.c = $r.c",
                "$l.b = $r.a",
                "$l.c = $r.c",
                "$l.a IS NOT DISTINCT FROM $r.a",
                "$l.a IS NOT DISTINCT FROM $r.b AND $l.c = $r.c"));
        if (random.nextInt(4) == 0) {
            on += pick(List.of(" AND $l.b <= $r.b", " AND $l.b > 0", " AND $r.c <> 'x'"));
        }
        String columns = pick(List.of(
                "$l.a AS a, $r.b AS b, $l.c AS c",
                "$r.a AS a, $l.b AS b, COALESCE($l.c, $r.c) AS c",
                "COALESCE($l.a, $r.a) AS a, $l.b AS b, $r.c AS c"));
        return ("SELECT " + columns + " FROM " + left + " " + kind + " " + right + " ON " + on)
                .replace("$l", l)
                .replace("$r", r);
    }

    private String subQuery(int depth) {
        String outer = relation(depth);
        String inner = relation(depth);
        String o = alias(outer);
        String i = alias(inner);
        String condition = switch (random.nextInt(9)) {
            case 0 -> o + ".a IN (SELECT " + i + ".b FROM " + inner + ")";
            case 1 -> o + ".a NOT IN (SELECT " + i + ".b FROM " + inner + ")";
            case 2 -> "EXISTS (SELECT 1 FROM " + inner + " WHERE " + i + ".a = " + o + ".a)";
            case 3 -> "NOT EXISTS (SELECT 1 FROM " + inner + " WHERE " + i + ".a = " + o + ".a)";
            case 4 -> o + ".b >= ALL (SELECT " + i + ".a FROM " + inner + ")";
            case 5 -> o + ".a = ANY (SELECT " + i + ".b FROM " + inner + " WHERE " + i + ".c = " + o + ".c)";
            case 6 -> "NOT (" + o + ".b < ANY (SELECT " + i + ".b FROM " + inner + "))";
            case 7 -> "(" + o + ".b > 2 OR " + o + ".a IN (SELECT " + i + ".a FROM " + inner + "))";
            default -> o + ".b > (SELECT MIN(" + i + ".b) FROM " + inner + ")";
        };
        return "SELECT " + o + ".a, " + o + ".b, " + o + ".c FROM " + outer + " WHERE " + condition;
    }

    private String aggregate(int depth) {
        String input = relation(depth);
        String where = random.nextInt(4) == 0 ? " WHERE " + predicate("") : "";
        String whole = pick(List.of(
                "COUNT(*)",
                "COUNT(b)",
                "SUM(b)",
                "MIN(b)",
                "MAX(b)",
                "COUNT(DISTINCT b)",
                "SUM(DISTINCT b)",
                "COUNT(*) FILTER (WHERE b > 0)",
                "MAX(b) FILTER (WHERE c = 'x')",
                "COUNT(DISTINCT c) FILTER (WHERE b > 0)"));
        String text = pick(List.of("MIN(c)", "MAX(c)", "MAX(c) FILTER (WHERE b > 1)"));
        String having = random.nextInt(4) == 0
                ? pick(List.of(" HAVING COUNT(*) > 1", " HAVING SUM(b) > 2", " HAVING MIN(b) < 2"))
                : "";
        return switch (random.nextInt(5)) {
            case 0 -> "SELECT a, " + whole + " AS b, c FROM " + input + where + " GROUP BY a, c" + having;
            case 1 ->
                "SELECT " + whole + " AS a, CAST(NULL AS BIGINT) AS b, " + text + " AS c FROM " + input + where
                        + " HAVING COUNT(*) > 0";
            case 2 ->
                "SELECT a, " + whole + " AS b, c FROM " + input + where + " GROUP BY "
                        + pick(List.of("GROUPING SETS ((a), (c), (a, c))", "ROLLUP (a, c)", "CUBE (a, c)"))
                        + " HAVING COUNT(*) > 0";
            default -> "SELECT a, " + whole + " AS b, " + text + " AS c FROM " + input + where + " GROUP BY a" + having;
        };
    }

    private String setOperation(int depth) {
        String operator = pick(List.of("UNION ALL", "UNION", "INTERSECT", "EXCEPT", "INTERSECT ALL", "EXCEPT ALL"));
        return "SELECT a, b, c FROM " + relation(depth) + " " + operator + " SELECT a, b, c FROM " + relation(depth);
    }

    private String topN(int depth) {
        String order = pick(List.of(
                "b DESC NULLS LAST, c ASC NULLS FIRST",
                "b ASC NULLS FIRST, c ASC NULLS FIRST",
                "c DESC NULLS LAST, b ASC NULLS FIRST"));
        String rank = pick(List.of("ROW_NUMBER", "ROW_NUMBER", "RANK", "DENSE_RANK"));
        String columns = random.nextInt(3) == 0 ? "a, rn AS b, c" : "a, b, c";
        return "SELECT " + columns + " FROM (SELECT a, b, c, " + rank + "() OVER (PARTITION BY a ORDER BY " + order
                + ") AS rn FROM " + relation(depth) + ") AS n" + aliases++ + " WHERE rn <= " + (1 + random.nextInt(3));
    }

    private String orderLimit(int depth) {
        String order = pick(List.of(
                "b DESC NULLS LAST, a ASC NULLS FIRST, c ASC NULLS FIRST",
                "c ASC NULLS FIRST, a DESC NULLS LAST, b ASC NULLS FIRST"));
        String offset = random.nextBoolean() ? " OFFSET " + random.nextInt(4) : "";
        return "SELECT a, b, c FROM (SELECT a, b, c FROM " + relation(depth) + " ORDER BY " + order + " LIMIT "
                + (1 + random.nextInt(5)) + offset + ") AS l" + aliases++;
    }

    /** A join whose right side is made for each left row: a sub-query that mentions it, or an array of its columns. */
    private String lateral(int depth) {
        String outer = relation(depth);
        String o = alias(outer);
        if (random.nextBoolean()) {
            return "SELECT " + o + ".a, u.x AS b, " + o + ".c FROM " + outer + " CROSS JOIN UNNEST(ARRAY[" + o + ".b, "
                    + o + ".a, 1]) AS u(x)";
        }
        String inner = relation(depth);
        String i = alias(inner);
        String value = pick(List.of("MAX(" + i + ".b) AS x", "COUNT(*) AS x", "SUM(" + i + ".b) AS x"));
        return "SELECT " + o + ".a, u.x AS b, " + o + ".c FROM " + outer + " " + pick(List.of("LEFT JOIN", "JOIN"))
                + " LATERAL (SELECT " + value + " FROM " + inner + " WHERE " + i + ".a = " + o + ".a) AS u ON TRUE";
    }

    private String scalar(int depth) {
        String outer = relation(depth);
        String inner = relation(depth);
        String o = alias(outer);
        String i = alias(inner);
        boolean correlated = random.nextBoolean();
        // In a job COUNT over no rows is no row, as in Flink; a database has 0.
        List<String> functions = correlated ? List.of("MAX", "MIN", "SUM", "COUNT") : List.of("MAX", "MIN", "SUM");
        String value = pick(functions) + "(" + i + ".b)";
        String where = correlated ? " WHERE " + i + ".a = " + o + ".a" : "";
        return "SELECT " + o + ".a, (SELECT " + value + " FROM " + inner + where + ") AS b, " + o + ".c FROM " + outer;
    }

    private static String alias(String relation) {
        return relation.substring(relation.lastIndexOf(' ') + 1);
    }

    private String pick(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
