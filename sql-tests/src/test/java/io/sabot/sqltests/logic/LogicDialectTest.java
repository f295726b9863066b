package io.sabot.sqltests.logic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogicDialectTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT avg(c) FROM t                     | SELECT avg( CAST(c AS DOUBLE)) FROM t
            SELECT AVG ( ALL - a ) + MIN ( a )       | SELECT AVG ( ALL CAST( - a  AS DOUBLE)) + MIN ( a )
            SELECT AVG(DISTINCT (a+b)*2), AVG(')')   | SELECT AVG(DISTINCT CAST( (a+b)*2 AS DOUBLE)), AVG( CAST(')' AS DOUBLE))
            SELECT CAST(a AS REAL) FROM average(1)   | SELECT CAST(a AS DOUBLE) FROM average(1)
            CREATE TABLE t(a INTEGER PRIMARY KEY, b FLOAT, c TEXT UNIQUE)  | CREATE TABLE t(a INTEGER PRIMARY KEY NOT ENFORCED, b DOUBLE, c STRING )
            CREATE TABLE t(a INTEGER, b VARCHAR (30), PRIMARY KEY (a, b))  | CREATE TABLE t(a INTEGER, b STRING, PRIMARY KEY (a, b) NOT ENFORCED)
            INSERT OR REPLACE INTO t VALUES(1)       | INSERT INTO t VALUES(1)
            """)
    void statements(String theirs, String ours) {
        assertThat(new LogicDialect().translate(theirs)).hasValue(ours);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATE INDEX i ON t(a)", "CREATE UNIQUE INDEX i ON t(a)", "DROP INDEX i", "REINDEX"})
    void indexesAreLeftOut(String sql) {
        assertThat(new LogicDialect().translate(sql)).isEmpty();
    }

    @Test
    void aPlusBeforeAText() {
        LogicDialect dialect = new LogicDialect();
        assertThat(dialect.translate("CREATE TABLE tab0(pk INTEGER, col2 TEXT)"))
                .isPresent();
        assertThat(dialect.translate("SELECT ALL + + ( + cor0.col2 ), + pk, 1 + pk FROM tab0"))
                .hasValue("SELECT ALL ( cor0.col2 ), + pk, 1 + pk FROM tab0");
    }
}
