package io.sabot.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import io.sabot.parser.error.SabotException;
import io.sabot.parser.statement.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parsing the normal form of a statement gives the same statement, and its normal form is itself. */
class RoundTripTest {
    private static final int SEEDS = 2000;

    @ParameterizedTest
    @ValueSource(strings = {"queries.sql", "statements.sql"})
    void keepsEveryStatementOf(String file) {
        assertAll(SqlScripts.split(Resources.read(file)).stream()
                .map(statement -> () -> roundTrip(SqlParser.parse(statement))));
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
