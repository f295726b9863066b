package io.sabot.sqltests.logic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.sqltests.logic.LogicRecord.Order;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogicFileTest {
    @Test
    void records() {
        assertThat(LogicFile.parse("""
                hash-threshold 8

                statement ok
                CREATE TABLE t(
                  a INTEGER
                )

                # why
                query IT rowsort join-1
                SELECT a,
                 b FROM t
                ----
                1
                x

                query I valuesort
                SELECT a FROM t
                ----
                """))
                .containsExactly(
                        new LogicRecord.Statement(3, "CREATE TABLE t(\n  a INTEGER\n)", true),
                        new LogicRecord.Query(9, "SELECT a,\n b FROM t", "IT", Order.ROWSORT, List.of("1", "x")),
                        new LogicRecord.Query(16, "SELECT a FROM t", "I", Order.VALUESORT, List.of()));
    }

    @Test
    void recordsOfOtherDatabasesArePassedOver() {
        assertThat(LogicFile.parse("""
                onlyif mysql # DIV
                statement ok
                ONE

                skipif mysql # not compatible
                statement ok
                TWO

                skipif sqlite
                skipif postgresql # has strict column usage
                statement ok
                THREE

                skipif postgresql # PostgreSQL requires AS when renaming output columns
                statement ok
                FOUR

                onlyif sqlite
                halt

                statement ok
                FIVE

                skipif mysql
                halt

                statement ok
                SIX
                """)).extracting(LogicRecord::sql).containsExactly("TWO", "FOUR", "FIVE");
    }

    @Test
    void aLineThatBeginsNothing() {
        assertThatThrownBy(() -> LogicFile.parse("\nquestion I\n")).hasMessage("line 2 begins no record");
    }
}
