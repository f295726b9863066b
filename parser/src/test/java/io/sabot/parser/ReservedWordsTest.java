package io.sabot.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.parser.error.SabotException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReservedWordsTest {
    /** Reserved in the grammar's template, but not in Flink, or of no use to us. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "qualify",
                "asof",
                "match_condition",
                "measures",
                "measure",
                "variant",
                "uuid",
                "ordinal",
                "safe_ordinal",
                "safe_offset",
                "safe_cast",
                "datetime",
                "unsigned",
                "stream"
            })
    void newerWordsAreNames(String word) {
        assertSame("SELECT %s FROM t WHERE %s > 1 GROUP BY %s ORDER BY %s", word);
        assertSame("SELECT a.%s, a.%s + 1 AS %s FROM %s a", word);
        assertSame("SELECT * FROM t %s, %s AS u JOIN %s ON t.%s = u.x", word);
        assertSame("SELECT %s.a, f(%s, 1) FROM db.%s", word);
        assertSame("CREATE TABLE %s (%s INT, WATERMARK FOR %s AS %s)", word);
        assertSame("INSERT INTO %s SELECT 1", word);
    }

    /** Words of our own statements and clauses. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "emit",
                "changes",
                "job",
                "jobs",
                "watermark",
                "metadata",
                "virtual",
                "enforced",
                "string",
                "bytes",
                "timestamp_ltz",
                "streams",
                "tables",
                "settings",
                "comment",
                "partitioned",
                "materialized",
                "overwrite",
                "conflict",
                "catalogs",
                "use",
                "rename",
                "extended",
                "drain",
                "kill",
                "checkpoint"
            })
    void wordsOfOurStatementsAreNames(String word) {
        assertSame("SELECT %s FROM t WHERE %s > 1 GROUP BY %s ORDER BY %s", word);
        assertSame("SELECT a.%s, a.%s + 1 AS %s FROM %s a", word);
        assertSame("CREATE TABLE %s (%s INT, WATERMARK FOR %s AS %s)", word);
        assertSame("INSERT INTO %s (%s) SELECT 1", word);
        assertSame("DROP TABLE %s", word);
        assertSame("SHOW COLUMNS FROM %s", word);
    }

    /** As in Flink. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "user",
                "date",
                "time",
                "timestamp",
                "year",
                "month",
                "hour",
                "value",
                "values",
                "result",
                "rank",
                "rows",
                "start",
                "end",
                "order",
                "group",
                "method",
                "partition",
                "language",
                "position",
                "interval",
                "at",
                "count",
                "sum",
                "table",
                "one",
                "prev",
                "ln",
                "element",
                "match_recognize"
            })
    void reservedWordsNeedBackticks(String word) {
        assertThatThrownBy(() -> SqlParser.parse("CREATE TABLE t (" + word + " INT)"))
                .isInstanceOfSatisfying(
                        SabotException.class,
                        e -> assertThat(e.hint().orElseThrow()).contains("`" + word + "`"));
        assertSame("CREATE TABLE t (`%s` INT)", word);
        assertSame("SELECT a.`%s` FROM `%s` AS a", word);
    }

    /** The clauses that the freed words belong to still work; queries.sql has more of them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT a FROM t QUALIFY RANK() OVER (ORDER BY a) = 1",
                "SELECT a FROM (SELECT b FROM u QUALIFY b > 1) AS qualify QUALIFY qualify.b > 2",
                "SELECT a FROM t WHERE x IN (1) GROUP BY a HAVING a > 1 QUALIFY (a > 1)",
                "SELECT * FROM asof ASOF JOIN u MATCH_CONDITION asof.a > u.b ON TRUE",
                "SELECT * FROM t MATCH_RECOGNIZE (ORDER BY ts MEASURES a.measures AS measures PATTERN (a) DEFINE a AS TRUE)"
            })
    void keywordsStayKeywordsInTheirClauses(String sql) {
        String normal = SqlParser.parse(sql).toSql();
        assertThat(normal).containsPattern("\\n *(QUALIFY|MEASURES) |ASOF JOIN");
        assertThat(SqlParser.parse(normal).toSql()).isEqualTo(normal);
    }

    /** The bare word means the same as the quoted one. */
    private static void assertSame(String pattern, String word) {
        String bare = pattern.replace("%s", word);
        String quoted = pattern.replace("`", "").replace("%s", "`" + word + "`");
        assertThat(SqlParser.parse(bare).toSql())
                .isEqualTo(SqlParser.parse(quoted).toSql());
    }
}
