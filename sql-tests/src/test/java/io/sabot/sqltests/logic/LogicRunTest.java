package io.sabot.sqltests.logic;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogicRunTest {
    private static final String SETUP = """
            statement ok
            CREATE TABLE t1(a INTEGER PRIMARY KEY, b FLOAT, c VARCHAR(2))

            statement ok
            INSERT INTO t1 VALUES(2,1.5,'two'),(1,NULL,'')

            statement ok
            CREATE UNIQUE INDEX i1 ON t1(b DESC)

            """;

    private static LogicTally run(String text) throws SQLException {
        LogicTally tally = new LogicTally();
        new LogicRun("x.test", tally).run(LogicFile.parse(SETUP + text));
        return tally;
    }

    @Test
    void rightAnswers() throws SQLException {
        LogicTally tally = run("""
                # a comment
                query IRT rowsort label-1
                SELECT a, b, c FROM t1
                ----
                1
                NULL
                (empty)
                2
                1.500
                two

                query II valuesort
                SELECT a, -a FROM t1
                ----
                -1
                -2
                1
                2

                query T nosort
                SELECT + c FROM t1
                ORDER BY a
                ----
                2 values hashing to 2fdc5be2e5d1ebc1daae2ffe5e8d2a65

                statement error
                SELECT d FROM t1

                query I
                SELECT a FROM t1 WHERE a > 2
                ----

                query R nosort
                SELECT AVG(DISTINCT a) FROM t1
                ----
                1.500

                statement ok
                REPLACE INTO t1 VALUES(2,0.0005,'x')

                query IR nosort
                SELECT c, b FROM t1 WHERE a = 2
                ----
                0
                0.001
                """.replace("2fdc5be2e5d1ebc1daae2ffe5e8d2a65", hash("(empty)", "two")));
        assertThat(tally.differences()).isEmpty();
        assertThat(tally.queries()).isEqualTo(6);
        assertThat(tally.rate()).isEqualTo(1.0);
    }

    private static String hash(String... values) {
        return LogicAnswer.hashed(List.of(values)).replaceAll(".* ", "");
    }

    @Test
    void differencesSayWhere() throws SQLException {
        LogicTally tally = run("""
                query I nosort
                SELECT a FROM t1 WHERE a = 1
                ----
                3

                statement ok
                SELECT d FROM t1

                statement error
                SELECT a FROM t1
                """);
        assertThat(tally.differences())
                .extracting(LogicTally.Difference::place)
                .containsExactly("x.test:10", "x.test:15", "x.test:18");
        assertThat(tally.differences().get(0).text()).isEqualTo("expected [3], got [1]");
        assertThat(tally.differences().get(2).text()).isEqualTo("ran, and must not");
        assertThat(tally.rate()).isZero();
    }
}
