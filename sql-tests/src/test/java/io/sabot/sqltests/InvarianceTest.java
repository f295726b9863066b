package io.sabot.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same query has the same rows at every parallelism and batch size, with late rows; the layout of the input (one file,
 * four files) may change which rows are late.
 */
class InvarianceTest {
    private static final List<String> QUERIES = List.of(
            """
            SELECT item, window_start, COUNT(*) AS n, SUM(price) AS total, MAX(price) AS high
            FROM TUMBLE(TABLE bids, DESCRIPTOR(ts), INTERVAL '10' SECOND)
            GROUP BY item, window_start, window_end""",
            """
            SELECT window_start, window_end, COUNT(*) AS n, COUNT(DISTINCT item) AS items
            FROM HOP(TABLE bids, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '20' SECOND)
            GROUP BY window_start, window_end""",
            """
            SELECT item, window_start, window_end, SUM(price) AS total
            FROM CUMULATE(TABLE bids, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '20' SECOND)
            GROUP BY item, window_start, window_end""",
            "SELECT item, COUNT(*) AS n, SUM(price) AS total, MIN(price) AS low FROM bids GROUP BY item",
            """
            SELECT n, COUNT(*) AS items
            FROM (SELECT item, COUNT(*) AS n FROM bids WHERE price > 500 GROUP BY item) GROUP BY n""",
            "SELECT item, price FROM bids WHERE price BETWEEN 990 AND 995");

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> layouts() {
        return Stream.of(1, 4).map(files -> DynamicTest.dynamicTest(files + " files", () -> check(files)));
    }

    private void check(int fileCount) throws IOException, SQLException {
        String table = Bids.table(Bids.write(folder, fileCount));
        List<List<String>> expected = answers(table, 1, 1, fileCount);
        assertThat(expected).allSatisfy(rows -> assertThat(rows).isNotEmpty());
        for (int parallelism : new int[] {1, 2, 4}) {
            for (int batchRows : new int[] {1, 7, 2048}) {
                assertThat(answers(table, parallelism, batchRows, fileCount))
                        .as("parallelism %d, batch rows %d, seed %d", parallelism, batchRows, Bids.SEED)
                        .isEqualTo(expected);
            }
        }
    }

    private static List<List<String>> answers(String table, int parallelism, int batchRows, int fileCount)
            throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("parallelism.default", Integer.toString(parallelism));
        settings.setProperty("sabot.batch-rows", Integer.toString(batchRows));
        String url = "jdbc:sabot:mem:invariance-" + fileCount + "-" + parallelism + "-" + batchRows;
        try (Connection connection = DriverManager.getConnection(url, settings)) {
            Rows.run(connection, table);
            List<List<String>> answers = new ArrayList<>();
            for (String query : QUERIES) {
                answers.add(Rows.sorted(connection, query));
            }
            return answers;
        }
    }

    /** Each layout has rows that are late: otherwise the test proves less than it says. */
    @TestFactory
    Stream<DynamicTest> someRowsAreLate() {
        return Stream.of(1, 4)
                .map(files -> DynamicTest.dynamicTest(files + " files", () -> {
                    try (Connection connection = DriverManager.getConnection("jdbc:sabot:mem:late-" + files)) {
                        Rows.run(connection, Bids.table(Bids.write(folder, files)));
                        String counted = """
                        SELECT SUM(n) AS n FROM (SELECT COUNT(*) AS n
                        FROM TUMBLE(TABLE bids, DESCRIPTOR(ts), INTERVAL '10' SECOND) GROUP BY window_start, window_end)""";
                        assertThat(Rows.of(connection, counted))
                                .isNotEqualTo(Rows.of(connection, "SELECT COUNT(*) AS n FROM bids"));
                    }
                }));
    }
}
