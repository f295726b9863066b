package io.sabot.sqltests.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.connectors.kafka.local.TestKafka;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a table over topics reads, as its options say, by statements against a real broker. */
@Timeout(120)
class KafkaScanTest {
    private static final String EARLIEST = "'scan.startup.mode' = 'earliest-offset'";
    private static final String BOUNDED = "'scan.bounded.mode' = 'latest-offset'";
    private static final String TUMBLE = "SELECT window_start, COUNT(*), SUM(v) FROM TUMBLE(TABLE t, DESCRIPTOR(ts),"
            + " INTERVAL '10' SECOND) GROUP BY window_start, window_end";

    /** Records that are much older are soon deleted by the broker. */
    private static final long BEGIN = System.currentTimeMillis() - 60_000;

    @RegisterExtension
    static final TestKafka KAFKA = new TestKafka();

    private final String topic = KAFKA.topic(2);
    private @Nullable Connection connection;
    private @Nullable Statement statement;

    @BeforeEach
    void connect() throws SQLException {
        connection = DriverManager.getConnection("jdbc:sabot:mem:" + topic);
        statement = connection.createStatement();
    }

    @AfterEach
    void close() throws SQLException {
        statement().close();
        if (connection != null) {
            connection.close();
        }
    }

    private Statement statement() {
        if (statement == null) {
            throw new IllegalStateException("not connected");
        }
        return statement;
    }

    private void create(String columns, String... options) throws SQLException {
        createOver(
                "'topic' = '" + topic + "', 'properties.bootstrap.servers' = '" + KAFKA.bootstrapServers() + "'"
                        + ", 'value.format' = 'json'",
                columns,
                options);
    }

    private void createOver(String connector, String columns, String... options) throws SQLException {
        statement().execute("DROP TABLE IF EXISTS t");
        statement()
                .execute("CREATE TABLE t (" + columns + ") WITH ('connector' = 'kafka', " + connector
                        + (options.length == 0 ? "" : ", " + String.join(", ", options)) + ")");
    }

    private void send(int partition, int... values) {
        for (int value : values) {
            KAFKA.send(topic, partition, "{\"v\":" + value + "}");
        }
    }

    private void sendAt(int partition, String time, int value) {
        KAFKA.send(topic, partition, "{\"v\":" + value + ",\"ts\":\"2024-01-01 00:" + time + "\"}");
    }

    private static String row(ResultSet result) throws SQLException {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            row.append(i > 1 ? " " : "").append(result.getString(i));
        }
        return row.toString();
    }

    private List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet result = statement().executeQuery(sql)) {
            while (result.next()) {
                rows.add(row(result));
            }
        }
        return rows.stream().sorted().toList();
    }

    @Test
    void aPartitionAddedWhileAQueryRunsIsReadFromItsBeginning() throws SQLException {
        send(0, 1);
        create(
                "v INT, p INT METADATA FROM 'partition' VIRTUAL",
                EARLIEST,
                "'scan.topic-partition-discovery.interval' = '50 ms'");
        try (ResultSet result = statement().executeQuery("SELECT v, p FROM t EMIT CHANGES")) {
            assertThat(result.next()).isTrue();
            assertThat(row(result)).isEqualTo("1 0");
            KAFKA.addPartitions(topic, 3);
            send(2, 5, 6);
            assertThat(result.next()).isTrue();
            assertThat(row(result)).isEqualTo("5 2");
            assertThat(result.next()).isTrue();
            assertThat(row(result)).isEqualTo("6 2");
        }
    }

    @Test
    void aTopicOfThePatternThatAppearsLaterIsRead() throws SQLException {
        KAFKA.createTopic(topic + ".a", 1);
        KAFKA.send(topic + ".a", 0, "{\"v\":1}");
        createOver(
                "'topic-pattern' = '" + topic + "[.].*', 'properties.bootstrap.servers' = '" + KAFKA.bootstrapServers()
                        + "', 'format' = 'json'",
                "v INT, name STRING METADATA FROM 'topic' VIRTUAL",
                EARLIEST,
                "'scan.topic-partition-discovery.interval' = '50 ms'");
        try (ResultSet result = statement().executeQuery("SELECT v, name FROM t EMIT CHANGES")) {
            assertThat(result.next()).isTrue();
            assertThat(row(result)).isEqualTo("1 " + topic + ".a");
            KAFKA.createTopic(topic + ".b", 1);
            KAFKA.send(topic + ".b", 0, "{\"v\":2}");
            assertThat(result.next()).isTrue();
            assertThat(row(result)).isEqualTo("2 " + topic + ".b");
        }
        assertThat(rows("SELECT v FROM t")).containsExactly("1", "2");
    }

    @Test
    void startAndEndAreWhereTheModesSay() throws SQLException {
        for (int value = 0; value < 6; value++) {
            KAFKA.send(new ProducerRecord<>(topic, 0, BEGIN + 1000L * value, null, "{\"v\":" + value + "}"));
        }
        KAFKA.send(new ProducerRecord<>(topic, 1, BEGIN + 3500, null, "{\"v\":10}"));
        create("v INT");
        assertThat(rows("SELECT v FROM t")).hasSize(7);
        create(
                "v INT",
                "'scan.startup.mode' = 'timestamp', 'scan.startup.timestamp-millis' = '" + (BEGIN + 3001) + "'",
                BOUNDED);
        assertThat(rows("SELECT v FROM t")).containsExactly("10", "4", "5");
        create(
                "v INT",
                EARLIEST,
                "'scan.bounded.mode' = 'timestamp', 'scan.bounded.timestamp-millis' = '" + (BEGIN + 3000) + "'");
        assertThat(rows("SELECT v FROM t")).containsExactly("0", "1", "2");
        create(
                "v INT",
                "'scan.startup.mode' = 'specific-offsets'",
                "'scan.startup.specific-offsets' = 'partition:0,offset:1;partition:1,offset:0'",
                "'scan.bounded.mode' = 'specific-offsets'",
                "'scan.bounded.specific-offsets' = 'partition:0,offset:3;partition:1,offset:1'");
        assertThat(rows("SELECT v FROM t")).containsExactly("1", "10", "2");
        create("v INT", "'scan.startup.mode' = 'latest-offset'", BOUNDED);
        assertThat(rows("SELECT v FROM t")).isEmpty();
        assertThat(rows("SELECT v FROM t /*+ OPTIONS('scan.startup.mode' = 'earliest-offset') */"))
                .hasSize(7);
    }

    @Test
    void partitionsHaveWatermarksOfTheirOwn() throws SQLException {
        sendAt(0, "00:05", 1);
        sendAt(0, "05:00", 2);
        sendAt(0, "00:06", 4); // late
        sendAt(1, "00:01", 8);
        sendAt(1, "00:15", 16);
        sendAt(1, "00:12", 32);
        create("v INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts", EARLIEST, BOUNDED);
        assertThat(rows(TUMBLE))
                .containsExactly(
                        "2024-01-01 00:00:00.000 2 9", "2024-01-01 00:00:10.000 2 48", "2024-01-01 00:05:00.000 1 2");
    }

    @Test
    void anIdlePartitionHoldsWindowsBackUnlessTheTimeoutIsOver() throws SQLException {
        sendAt(0, "00:05", 1);
        sendAt(0, "00:25", 2);
        create("v INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts", EARLIEST, "'scan.watermark.idle-timeout' = '50 ms'");
        try (ResultSet result = statement().executeQuery(TUMBLE + " EMIT CHANGES")) {
            assertThat(result.next()).isTrue();
            assertThat(row(result)).isEqualTo("2024-01-01 00:00:00.000 1 1");
        }
        create("v INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts", EARLIEST);
        statement().execute("SET 'table.exec.source.idle-timeout' = '50 ms'");
        try (ResultSet result = statement().executeQuery(TUMBLE + " EMIT CHANGES")) {
            assertThat(result.next()).isTrue();
            assertThat(row(result)).isEqualTo("2024-01-01 00:00:00.000 1 1");
        }
        statement().execute("RESET 'table.exec.source.idle-timeout'");
        try (ResultSet result = statement().executeQuery(TUMBLE + " EMIT CHANGES")) {
            sendAt(1, "00:12", 4);
            assertThat(result.next()).isTrue();
            assertThat(row(result)).isEqualTo("2024-01-01 00:00:00.000 1 1");
        }
    }

    @Test
    void metadataIsWrittenAndReadBack() throws SQLException {
        create(
                "v INT, `at` TIMESTAMP_LTZ(3) METADATA FROM 'timestamp', headers MAP<STRING, BYTES> METADATA,"
                        + " kind STRING METADATA FROM 'timestamp-type' VIRTUAL, `partition` BIGINT METADATA VIRTUAL,"
                        + " `offset` BIGINT METADATA VIRTUAL, `leader-epoch` INT METADATA VIRTUAL, topic STRING METADATA VIRTUAL",
                EARLIEST,
                BOUNDED,
                "'sink.partitioner' = 'fixed'");
        ProducerRecord<String, String> record = new ProducerRecord<>(topic, 0, BEGIN, null, "{\"v\":1}");
        record.headers().add("trace", "abc".getBytes(StandardCharsets.UTF_8));
        KAFKA.send(record);
        statement()
                .execute("INSERT INTO t VALUES (2, TO_TIMESTAMP_LTZ(" + (BEGIN + 7000)
                        + ", 3), MAP['trace', ENCODE('xyz', 'UTF-8')])");
        assertThat(rows("SELECT v, TIMESTAMPDIFF(SECOND, TO_TIMESTAMP_LTZ(" + BEGIN
                        + ", 3), `at`), DECODE(headers['trace'], 'UTF-8'), kind, topic = '" + topic
                        + "', `leader-epoch` FROM t"))
                .containsExactly("1 0 abc CreateTime true 0", "2 7 xyz CreateTime true 0");
        assertThat(rows("SELECT `partition`, `offset` FROM t WHERE v = 1")).containsExactly("0 0");
    }

    @Test
    void keysHaveColumnsWithAPrefixAndValuesLeaveThemOut() throws SQLException {
        String format = "'topic' = '" + topic + "', 'properties.bootstrap.servers' = '" + KAFKA.bootstrapServers()
                + "', 'key.format' = 'json', 'value.format' = 'json'";
        createOver(
                format,
                "k_id INT, id STRING, v INT",
                "'key.fields' = 'k_id'",
                "'key.fields-prefix' = 'k_'",
                "'value.fields-include' = 'EXCEPT_KEY'",
                EARLIEST,
                BOUNDED);
        KAFKA.send(new ProducerRecord<>(topic, "{\"id\":1}", "{\"id\":\"one\",\"v\":10}"));
        KAFKA.send(new ProducerRecord<>(topic, "{\"id\":2}", null));
        statement().execute("INSERT INTO t VALUES (3, 'three', 30)");
        assertThat(rows("SELECT * FROM t")).containsExactly("1 one 10", "3 three 30");
        createOver(format, "id INT, v INT", "'key.fields' = 'id'", "'value.fields-include' = 'ALL'", EARLIEST, BOUNDED);
        assertThatThrownBy(() -> rows("SELECT * FROM t"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("column 'id': expected INT");
    }

    @Test
    void aBrokerThatDoesNotAnswerIsNamed() throws SQLException {
        createOver(
                "'topic' = 'x', 'properties.bootstrap.servers' = '127.0.0.1:1', 'format' = 'json'",
                "v INT",
                "'properties.default.api.timeout.ms' = '300'",
                "'properties.request.timeout.ms' = '200'");
        assertThatThrownBy(() -> rows("SELECT * FROM t"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("127.0.0.1:1");
    }
}
