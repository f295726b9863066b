package io.sabot.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Writes random statements that are valid for the parser, with odd names, strings, blanks and comments. */
final class RandomDdl {
    private static final List<String> NAMES = List.of(
            "a",
            "id",
            "`order`",
            "`two words`",
            "`tick``s`",
            "Mixed",
            "watermark",
            "qualify",
            "stream",
            "größe",
            "_x1",
            "`1st`",
            "metadata",
            "job",
            "`;`",
            "`--`",
            "data",
            "uuid");
    private static final List<String> STRINGS = List.of(
            "''", "'x'", "'it''s'", "'a;b'", "'-- no'", "'/* no */'", "'größer 日本 😀'", "'line\nline'", "'`'", "'\"'");
    private static final List<String> BLANKS =
            List.of(" ", " ", " ", "\n", "\t", "  ", " -- a; comment'\n", " /* a ; comment ' */ ", "\r\n");

    private final Random random;

    RandomDdl(long seed) {
        this.random = new Random(seed);
    }

    String statement() {
        return words(
                switch (random.nextInt(8)) {
                    case 0 ->
                        List.of(
                                "CREATE",
                                maybe("OR REPLACE"),
                                maybe("TEMPORARY"),
                                "STREAM",
                                maybe("IF NOT EXISTS"),
                                path(),
                                schema(false),
                                maybe("COMMENT " + string()),
                                maybe("WITH " + options()));
                    case 1 ->
                        List.of(
                                "CREATE TABLE",
                                path(),
                                maybe("WITH " + options()),
                                "LIKE",
                                path(),
                                maybe("( INCLUDING ALL , OVERWRITING OPTIONS EXCLUDING WATERMARKS )"));
                    case 2 -> List.of("CREATE TABLE", path(), schema(true), "AS", query());
                    case 3 ->
                        List.of(
                                "CREATE",
                                maybe("OR REPLACE"),
                                "MATERIALIZED VIEW",
                                path(),
                                maybe(names()),
                                maybe("COMMENT " + string()),
                                maybe("WITH " + options()),
                                "AS",
                                query(),
                                maybe("EMIT CHANGES"));
                    case 4 ->
                        List.of(
                                "CREATE",
                                maybe("TEMPORARY"),
                                "VIEW",
                                maybe("IF NOT EXISTS"),
                                path(),
                                maybe(names()),
                                "AS",
                                query());
                    case 5 ->
                        List.of(
                                "INSERT",
                                pick(List.of("INTO", "OVERWRITE")),
                                path(),
                                maybe("PARTITION ( " + name() + " = " + string() + " )"),
                                maybe(names()),
                                query());
                    default ->
                        List.of(
                                "CREATE",
                                maybe("OR REPLACE"),
                                maybe("TEMPORARY"),
                                "TABLE",
                                maybe("IF NOT EXISTS"),
                                path(),
                                schema(true),
                                maybe("COMMENT " + string()),
                                maybe("PARTITIONED BY " + names()),
                                maybe("WITH " + options()));
                });
    }

    private String schema(boolean mayHaveKey) {
        List<String> items = new ArrayList<>();
        int columns = 1 + random.nextInt(5);
        for (int i = 0; i < columns; i++) {
            items.add(column("c" + i));
        }
        if (random.nextBoolean()) {
            items.add(random.nextInt(items.size() + 1), "WATERMARK FOR c0 AS " + expression(1));
        }
        if (mayHaveKey && random.nextInt(3) == 0) {
            items.add("PRIMARY KEY " + names() + " " + maybe("NOT ENFORCED"));
        }
        return "( " + String.join(" , ", items) + " )";
    }

    private String column(String name) {
        String comment = maybe("COMMENT " + string());
        return switch (random.nextInt(5)) {
            case 0 -> name + " AS " + expression(2) + " " + comment;
            case 1 ->
                name + " " + type(1) + " METADATA " + maybe("FROM " + string()) + " " + maybe("VIRTUAL") + " "
                        + comment;
            default -> name + " " + type(2) + " " + maybe("NOT NULL") + " " + comment;
        };
    }

    String type(int depth) {
        if (depth > 0 && random.nextInt(3) == 0) {
            return switch (random.nextInt(5)) {
                case 0 -> "ARRAY < " + nested(depth) + " >";
                case 1 -> "MAP<" + nested(depth) + " , " + nested(depth) + ">";
                case 2 -> "MULTISET<" + nested(depth) + ">";
                case 3 ->
                    "ROW < " + name() + " " + nested(depth) + " , f2 " + nested(depth) + " " + maybe(string()) + " >";
                default -> "ROW ( f1 " + nested(depth) + " )";
            };
        }
        int p = 1 + random.nextInt(9);
        return pick(List.of(
                "INT",
                "INTEGER",
                "BIGINT",
                "SMALLINT",
                "TINYINT",
                "BOOLEAN",
                "FLOAT",
                "DOUBLE",
                "STRING",
                "BYTES",
                "DATE",
                "TIME",
                "TIME(" + p % 4 + ")",
                "TIMESTAMP",
                "TIMESTAMP(" + p + ")",
                "TIMESTAMP_LTZ",
                "TIMESTAMP_LTZ(" + p + ")",
                "DECIMAL",
                "DECIMAL(" + (p + 9) + ", " + p + ")",
                "CHAR(" + p + ")",
                "VARCHAR(" + p + ")",
                "VARBINARY(" + p + ")",
                "INT ARRAY",
                "my_type"));
    }

    private String nested(int depth) {
        return type(depth - 1) + " " + maybe("NOT NULL");
    }

    private String query() {
        return switch (random.nextInt(4)) {
            case 0 -> "SELECT " + expression(3) + " FROM " + path() + " WHERE " + expression(3);
            case 1 ->
                "SELECT " + expression(2) + " AS " + name() + " , * FROM " + path() + " AS t GROUP BY " + expression(1);
            case 2 ->
                "WITH w AS ( " + "SELECT " + expression(2) + " ) SELECT * FROM w UNION ALL SELECT " + expression(1);
            default -> "VALUES ( " + expression(2) + " , " + string() + " )";
        };
    }

    /** Brackets are left out where precedence is to decide. */
    String expression(int depth) {
        if (depth == 0) {
            return pick(List.of(
                    "1",
                    "-1",
                    "1.5",
                    "1e2",
                    "NULL",
                    "TRUE",
                    name(),
                    "t." + name(),
                    string(),
                    "DATE '2026-01-31'",
                    "INTERVAL '5' SECOND",
                    "CURRENT_TIMESTAMP",
                    "x[1]"));
        }
        Supplier<String> inner =
                () -> random.nextInt(3) == 0 ? "( " + expression(depth - 1) + " )" : expression(depth - 1);
        return switch (random.nextInt(14)) {
            case 0 -> inner.get() + " + " + inner.get();
            case 1 -> inner.get() + " - " + inner.get();
            case 2 -> inner.get() + " * " + inner.get();
            case 3 -> inner.get() + " / " + inner.get() + " % " + inner.get();
            case 4 -> inner.get() + " || " + inner.get();
            case 5 -> inner.get() + " = " + inner.get() + " AND " + inner.get() + " OR " + inner.get();
            case 6 -> "( NOT " + inner.get() + " )";
            case 7 -> "- " + inner.get();
            case 8 -> "( " + inner.get() + " ) IS NOT NULL";
            case 9 -> "CASE WHEN " + inner.get() + " THEN " + inner.get() + " ELSE " + inner.get() + " END";
            case 10 -> "CAST( " + inner.get() + " AS " + type(2) + " )";
            case 11 -> "( " + inner.get() + " ) BETWEEN " + expression(0) + " AND " + expression(0);
            case 12 -> "( " + inner.get() + " ) IN ( " + inner.get() + " , " + inner.get() + " )";
            default -> "f( " + inner.get() + " , ARRAY[ " + inner.get() + " ] )";
        };
    }

    private String options() {
        return "( 'k' = " + string() + " , 'other.key' = " + string() + " )";
    }

    private String names() {
        return "( " + pick(NAMES) + " , " + pick(NAMES) + " )";
    }

    private String path() {
        String path = name();
        for (int i = random.nextInt(3); i > 0; i--) {
            path += "." + name();
        }
        return path;
    }

    private String name() {
        return pick(NAMES);
    }

    private String string() {
        return pick(STRINGS);
    }

    private String maybe(String text) {
        return random.nextBoolean() ? text : "";
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private String words(List<String> parts) {
        StringBuilder text = new StringBuilder();
        for (String part : parts) {
            text.append(part).append(pick(BLANKS));
        }
        return text.toString();
    }
}
