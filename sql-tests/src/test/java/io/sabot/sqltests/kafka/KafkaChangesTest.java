package io.sabot.sqltests.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.connectors.kafka.local.TestKafka;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Topics whose records change rows, read and written by statements against a real broker. */
class KafkaChangesTest {
    @RegisterExtension
    static final TestKafka KAFKA = new TestKafka();

    private final String topic = KAFKA.topic(2);

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sabot:mem:" + topic);
    }

    private static String upsert(String topic) {
        return "'connector' = 'upsert-kafka', 'topic' = '" + topic + "', 'properties.bootstrap.servers' = '"
                + KAFKA.bootstrapServers() + "', 'key.format' = 'json', 'value.format' = 'json'";
    }

    private void send(int key, @Nullable String value) {
        KAFKA.send(new ProducerRecord<>(topic, "{\"id\":" + key + "}", value));
    }

    private static List<String> rows(Statement statement, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.append(i > 1 ? " " : "").append(result.getString(i));
                }
                rows.add(row.toString());
            }
        }
        return rows.stream().sorted().toList();
    }

    @Test
    void aRowThatLeavesAFilterLeavesNoGhost() throws SQLException {
        send(1, "{\"id\":1,\"v\":10}");
        send(2, "{\"id\":2,\"v\":9}");
        send(1, "{\"id\":1,\"v\":3}");
        send(3, "{\"id\":3,\"v\":8}");
        send(2, null);
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (id INT, v INT, PRIMARY KEY (id) NOT ENFORCED) WITH (" + upsert(topic)
                    + ", 'scan.bounded.mode' = 'latest-offset')");
            assertThat(rows(statement, "SELECT id FROM t WHERE v > 5")).containsExactly("3");
            assertThat(rows(statement, "SELECT id, v FROM t WHERE id < 3")).containsExactly("1 3");
            assertThat(rows(statement, "SELECT COUNT(*), SUM(v) FROM t")).containsExactly("2 11");
            assertThat(rows(statement, "SELECT id, v FROM t WHERE v > 5 EMIT CHANGES"))
                    .isSubsetOf("+I 1 10", "-D 1 10", "+I 2 9", "-D 2 9", "+I 3 8")
                    .contains("+I 3 8");
            assertThat(rows(statement, "SELECT id FROM t ORDER BY v DESC LIMIT 1"))
                    .containsExactly("3");
        }
    }

    @Test
    void anAggregateIsWrittenByKeyAndReadBack() throws SQLException {
        String counts = KAFKA.topic(2);
        send(1, "{\"id\":1,\"v\":10}");
        send(2, "{\"id\":2,\"v\":10}");
        send(3, "{\"id\":3,\"v\":20}");
        send(2, "{\"id\":2,\"v\":20}");
        send(1, null);
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (id INT, v INT, PRIMARY KEY (id) NOT ENFORCED) WITH (" + upsert(topic)
                    + ", 'scan.bounded.mode' = 'latest-offset')");
            statement.execute("CREATE TABLE counts (v INT, n BIGINT, PRIMARY KEY (v) NOT ENFORCED) WITH ("
                    + upsert(counts) + ", 'value.fields-include' = 'EXCEPT_KEY')");
            statement.execute("SET 'table.dml-sync' = 'true'");
            statement.execute("INSERT INTO counts SELECT v, COUNT(*) FROM t GROUP BY v EMIT CHANGES");
            assertThat(rows(statement, "SELECT v, n FROM counts")).containsExactly("20 2");
        }
    }

    @Test
    void capturedChangesAreReadFromATopic() throws SQLException {
        KAFKA.send(
                topic,
                0,
                "{\"before\":null,\"after\":{\"id\":1,\"v\":10},\"op\":\"c\",\"source\":{\"table\":\"a\"}}",
                "{\"before\":null,\"after\":{\"id\":2,\"v\":5},\"op\":\"r\",\"source\":{\"table\":\"a\"}}",
                "{\"before\":{\"id\":1,\"v\":10},\"after\":{\"id\":1,\"v\":4},\"op\":\"u\",\"source\":{\"table\":\"a\"}}",
                "{\"before\":{\"id\":2,\"v\":5},\"after\":null,\"op\":\"d\",\"source\":{\"table\":\"a\"}}");
        KAFKA.send(new ProducerRecord<>(topic, 0, null, null)); // as Debezium writes behind a delete
        String connector = "'connector' = 'kafka', 'topic' = '" + topic + "', 'properties.bootstrap.servers' = '"
                + KAFKA.bootstrapServers() + "', 'format' = 'debezium-json'";
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (id INT, v INT) WITH (" + connector + ")");
            assertThat(rows(statement, "SELECT id, v FROM t")).containsExactly("1 4");
            assertThat(rows(statement, "SELECT SUM(v) FROM t WHERE v > 4")).containsExactly("null");
            statement.execute("CREATE TABLE k (id INT, v INT, name STRING METADATA FROM 'value.source.table' VIRTUAL,"
                    + " `at` BIGINT METADATA FROM 'offset' VIRTUAL, PRIMARY KEY (id) NOT ENFORCED) WITH (" + connector
                    + ")");
            assertThat(rows(statement, "SELECT name, id, v, `at` FROM k")).containsExactly("a 1 4 2");
            statement.execute("INSERT INTO t VALUES (7, 8)");
            assertThat(rows(statement, "SELECT id, v FROM t")).containsExactly("1 4", "7 8");
        }
    }
}
