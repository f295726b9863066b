package io.sabot.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * One source read on two ways that meet again never shows a state that no prefix of the source has: money moved between
 * accounts is nowhere twice and nowhere missing.
 */
class DiamondTest {
    private static final int TRANSFER_COUNT = 3_000;

    /** What every account has got and given, added up. */
    private static final String BY_UNION = """
            SELECT SUM(amount) AS total FROM (
              SELECT receiver AS account, amount FROM transfers
              UNION ALL
              SELECT sender AS account, -amount FROM transfers)
            EMIT CHANGES""";

    /** The same through accounts, whose balances change, so that retractions meet. */
    private static final String BY_ACCOUNT = """
            SELECT SUM(balance) AS total FROM (
              SELECT account, SUM(amount) AS balance FROM (
                SELECT receiver AS account, amount FROM transfers
                UNION ALL
                SELECT sender AS account, -amount FROM transfers)
              GROUP BY account)
            EMIT CHANGES""";

    /** Each transfer joined to itself. */
    private static final String BY_JOIN = """
            SELECT SUM(credit.amount - debit.amount) AS total
            FROM transfers AS credit JOIN transfers AS debit ON credit.id = debit.id
            EMIT CHANGES""";

    private static final String BALANCES = """
            WITH balances AS (
              SELECT account, SUM(amount) AS balance, COUNT(*) AS n FROM (
                SELECT receiver AS account, amount FROM transfers
                UNION ALL
                SELECT sender AS account, -amount FROM transfers)
              GROUP BY account)
            """;

    /** One aggregation, of which two ways read other columns. */
    private static final String SHARED_BY_UNION = BALANCES + """
            SELECT SUM(x) AS total FROM (SELECT balance + n AS x FROM balances UNION ALL SELECT -n AS x FROM balances)
            EMIT CHANGES""";

    /** The same, joined to itself. */
    private static final String SHARED_BY_JOIN = BALANCES + """
            SELECT SUM(a.balance + a.n - b.n) AS total FROM balances AS a JOIN balances AS b ON a.account = b.account
            EMIT CHANGES""";

    @TempDir
    Path folder;

    @BeforeEach
    void writeTransfers() throws IOException {
        Random random = new Random(Bids.SEED);
        List<List<String>> parts = List.of(new ArrayList<>(), new ArrayList<>());
        for (int id = 0; id < TRANSFER_COUNT; id++) {
            parts.get(id % 2)
                    .add("{\"id\": " + id + ", \"sender\": " + random.nextInt(50) + ", \"receiver\": "
                            + random.nextInt(50) + ", \"amount\": " + (1 + random.nextInt(1000)) + "}");
        }
        for (int part = 0; part < parts.size(); part++) {
            Files.write(folder.resolve("part-" + part + ".json"), parts.get(part));
        }
    }

    private Connection open(String name, int parallelism, int batchRows) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("parallelism.default", Integer.toString(parallelism));
        settings.setProperty("sabot.batch-rows", Integer.toString(batchRows));
        Connection connection = DriverManager.getConnection("jdbc:sabot:mem:diamond-" + name, settings);
        Rows.run(connection, """
                CREATE TABLE transfers (id INT, sender INT, receiver INT, amount INT)
                WITH ('connector' = 'filesystem', 'format' = 'json', 'path' = '%s')""".formatted(folder));
        return connection;
    }

    @TestFactory
    Stream<DynamicTest> sumsStayZero() {
        return Stream.of(1, 2, 4)
                .flatMap(parallelism -> Stream.of(BY_UNION, BY_ACCOUNT, BY_JOIN, SHARED_BY_UNION, SHARED_BY_JOIN)
                        .map(query -> DynamicTest.dynamicTest(
                                "parallelism " + parallelism + ": " + query, () -> sumStaysZero(parallelism, query))));
    }

    private void sumStaysZero(int parallelism, String query) throws SQLException {
        try (Connection connection = open("zero-" + parallelism + "-" + query.hashCode(), parallelism, 7)) {
            List<String> published = Rows.of(connection, query);
            assertThat(published).isNotEmpty();
            assertThat(published).allSatisfy(row -> assertThat(row).endsWith("|0"));
        }
    }

    /** The two sides of the join count the same rows in every state that a client sees. */
    @Test
    void sidesOfAJoinAgree() throws SQLException {
        String query = """
                SELECT received.n AS received, sent.n AS sent FROM
                  (SELECT 1 AS k, COUNT(*) AS n FROM (SELECT receiver, id FROM transfers)) AS received
                  JOIN (SELECT 1 AS k, COUNT(*) AS n FROM (SELECT sender, id FROM transfers)) AS sent
                  ON received.k = sent.k
                EMIT CHANGES""";
        try (Connection connection = open("sides", 2, 16);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            long last = 0;
            while (rows.next()) {
                assertThat(rows.getLong("received")).as(rows.getString("op")).isEqualTo(rows.getLong("sent"));
                last = Math.max(last, rows.getLong("sent"));
            }
            assertThat(last).isEqualTo(TRANSFER_COUNT);
        }
    }
}
