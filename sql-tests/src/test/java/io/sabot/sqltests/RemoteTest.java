package io.sabot.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.server.RunningServer;
import io.sabot.server.session.EngineProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server answers as the engine in this process does. */
class RemoteTest {
    private static final List<String> QUERIES = List.of(
            """
            SELECT item, window_start, window_end, COUNT(*) AS n, AVG(price) AS mean
            FROM TUMBLE(TABLE bids, DESCRIPTOR(ts), INTERVAL '10' SECOND)
            GROUP BY item, window_start, window_end""",
            "SELECT ts, item, price, CAST(price AS DECIMAL(10, 3)) / 7 AS share FROM bids WHERE price < 100",
            "SELECT item, COUNT(*) AS n FROM bids GROUP BY item ORDER BY n DESC, item LIMIT 7",
            "SELECT CAST(NULL AS INT) AS a, 'é' AS b, TRUE AS c, DATE '2024-02-29' AS d, ARRAY['x', 'y'] AS e",
            "DESCRIBE bids",
            "SHOW TABLES");

    @TempDir
    Path folder;

    @Test
    void sameRowsAsInProcess() throws IOException, SQLException {
        String table = Bids.table(Bids.write(folder, 4));
        try (RunningServer server = RunningServer.start(
                        ServiceLoader.load(EngineProvider.class)
                                .findFirst()
                                .orElseThrow()
                                .open(Optional.empty()),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                Connection remote = DriverManager.getConnection("jdbc:sabot://127.0.0.1:" + server.port());
                Connection embedded = DriverManager.getConnection("jdbc:sabot:mem:remote-test")) {
            assertThat(answers(remote, table)).isEqualTo(answers(embedded, table));
        }
    }

    private static List<List<String>> answers(Connection connection, String table) throws SQLException {
        Rows.run(connection, table);
        Rows.run(connection, "CREATE TABLE kept (a INT, PRIMARY KEY (a) NOT ENFORCED)");
        Rows.run(connection, "INSERT INTO kept VALUES (1), (2), (1)");
        List<List<String>> answers = new ArrayList<>();
        answers.add(Rows.sorted(connection, "SELECT a FROM kept"));
        for (String query : QUERIES) {
            answers.add(Rows.sorted(connection, query));
        }
        return answers;
    }
}
