package io.sabot.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.statement.Statement;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Broken SQL gives an error of the user's with a place, never another exception; what still parses round-trips. */
class MutationTest {
    private static final int SEEDS = 3000;
    private static final List<String> INSERTIONS = List.of(
            " ",
            ";",
            "'",
            "\"",
            "`",
            "(",
            ")",
            ",",
            ".",
            "/*",
            "*/",
            "--",
            "=",
            "<",
            ":",
            "@",
            "\u0000",
            "😀",
            " SELECT ",
            " FROM ",
            " qualify ",
            " EMIT CHANGES ",
            " NOT ",
            " NULL ",
            " 1 ",
            " a ",
            " AS ",
            " BEGIN ",
            " END ",
            " ROW ");

    @Test
    void brokenStatementsFailAsSuch() {
        List<String> statements = Stream.of("queries.sql", "statements.sql")
                .flatMap(name -> SqlScripts.split(Resources.read(name)).stream())
                .map(ScriptStatement::text)
                .toList();
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            String sql = statements.get(random.nextInt(statements.size()));
            for (int i = random.nextInt(3); i >= 0; i--) {
                sql = mutate(sql, random);
            }
            try {
                check(sql);
            } catch (RuntimeException | StackOverflowError | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + sql, e);
            }
        }
    }

    private static void check(String sql) {
        assertThat(SqlScripts.completeness(sql)).isNotNull();
        for (ScriptStatement part : SqlScripts.split(sql)) {
            Statement statement;
            try {
                statement = SqlParser.parse(part);
            } catch (SabotException e) {
                assertThat(e.code()).isNotEqualTo(ErrorCode.INTERNAL_ERROR);
                assertThat(e.span().isKnown()).isTrue();
                assertThat(e.render(sql)).contains("^");
                continue;
            }
            String normal = statement.toSql();
            assertThat(SqlParser.parse(normal).toSql()).isEqualTo(normal);
        }
    }

    private static String mutate(String sql, Random random) {
        int at = random.nextInt(sql.length() + 1);
        int to = Math.min(sql.length(), at + 1 + random.nextInt(8));
        return switch (random.nextInt(4)) {
            case 0 -> sql.substring(0, at) + sql.substring(to);
            case 1 -> sql.substring(0, at) + INSERTIONS.get(random.nextInt(INSERTIONS.size())) + sql.substring(at);
            case 2 -> sql.substring(0, to) + sql.substring(at);
            default -> sql.substring(0, at);
        };
    }
}
