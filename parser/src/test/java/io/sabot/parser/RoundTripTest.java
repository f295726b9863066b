package io.sabot.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.parser.error.SabotException;
import io.sabot.parser.statement.Statement;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Parsing the normal form of a statement gives the same statement, and its normal form is itself. */
class RoundTripTest {
    private static final int SEEDS = 2000;

    @TestFactory
    List<DynamicTest> keepsEveryQuery() {
        String script = Resources.read("queries.sql");
        return SqlScripts.split(script).stream()
                .map(statement -> DynamicTest.dynamicTest(
                        statement.text().lines().findFirst().orElseThrow(),
                        () -> roundTrip(SqlParser.parse(statement))))
                .toList();
    }

    @TestFactory
    List<DynamicTest> keepsEveryStatement() {
        String script = Resources.read("statements.sql");
        return SqlScripts.split(script).stream()
                .map(statement -> DynamicTest.dynamicTest(
                        statement.text().lines().findFirst().orElseThrow(),
                        () -> roundTrip(SqlParser.parse(statement))))
                .toList();
    }

    @Test
    void keepsRandomStatements() {
        for (long seed = 0; seed < SEEDS; seed++) {
            String sql = new RandomDdl(seed).statement();
            try {
                roundTrip(SqlParser.parse(sql));
            } catch (SabotException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + sql, e);
            }
        }
    }

    private static void roundTrip(Statement statement) {
        String normal = statement.toSql();
        Statement again;
        try {
            again = SqlParser.parse(normal);
        } catch (SabotException e) {
            throw new AssertionError(e.render(normal), e);
        }
        SameStatement.check(statement, again, statement.getClass().getSimpleName());
        assertThat(again.toSql()).isEqualTo(normal);
    }
}
