package io.sabot.sqltests.logic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sabot.sqltests.logic.LogicTally.Difference;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Runs a sample of SQLite's logic tests: up to {@value #FILES} files of each folder, as long as they have less than
 * {@value #STATEMENTS} statements, and of those {@value #QUERIES} queries, at equal distances. Every difference must be in {@link #EXPLAINED}, and nothing else may be there. Runs when
 * the suite is on the class path (profile slt).
 */
class LogicSuiteTest {
    private static final Path EXPLAINED = Path.of("..", "docs", "reference", "logic-tests.md");
    private static final int FILES = 12;
    private static final int STATEMENTS = 8_000;
    private static final int QUERIES = 660;
    private static final int QUERIES_MIN = 20_000;
    private static final double RATE_MIN = 0.999;

    @Test
    void sample() throws IOException, SQLException {
        Optional<LogicSuite> suite = LogicSuite.find();
        assumeTrue(suite.isPresent(), "the suite is not on the class path");
        LogicExplanations explained = LogicExplanations.read(EXPLAINED);
        LogicTally tally = new LogicTally();
        for (String folder : suite.get().folders()) {
            suite.get().run(folder, FILES, STATEMENTS, QUERIES, tally);
        }
        System.out.println("logic tests: " + tally);
        assertThat(unexplained(tally, explained)).isEmpty();
        Set<String> places =
                tally.differences().stream().map(Difference::place).collect(Collectors.toCollection(TreeSet::new));
        assertThat(explained.without(places)).as("explained, but right").isEmpty();
        assertThat(tally.queries()).isGreaterThanOrEqualTo(QUERIES_MIN);
        assertThat(tally.rate()).isGreaterThanOrEqualTo(RATE_MIN);
    }

    private static List<String> unexplained(LogicTally tally, LogicExplanations explained) {
        return tally.differences().stream()
                .filter(each -> !explained.explains(each.place()))
                .map(Difference::toString)
                .toList();
    }
}
