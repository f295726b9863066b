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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Kafka to Kafka through a windowed aggregate, against a real broker. {@code -Dsabot.test.kafka.bids=250000} makes it a
 * million bids.
 */
class KafkaEndToEndTest {
    private static final int PARTITIONS = 4;
    private static final int BIDS = Integer.getInteger("sabot.test.kafka.bids", 10_000);

    @RegisterExtension
    static final TestKafka KAFKA = new TestKafka();

    @Test
    void windowsOverATopicEqualTheBatchAnswer() throws SQLException {
        String bids = KAFKA.topic(PARTITIONS);
        String totals = KAFKA.topic(2);
        BidStream stream = new BidStream();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            KAFKA.send(bids, partition, stream.next(0, BIDS));
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sabot:mem:" + bids);
                Statement statement = connection.createStatement()) {
            statement.execute("SET 'parallelism.default' = '2'");
            statement.execute("CREATE TABLE bids (" + BidStream.COLUMNS + ") WITH (" + options(bids)
                    + ", 'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = 'latest-offset')");
            statement.execute("CREATE TABLE totals (" + BidStream.TOTAL_COLUMNS + ") WITH (" + options(totals)
                    + ", 'key.format' = 'json', 'key.fields' = 'auction')");
            statement.execute("INSERT INTO totals " + BidStream.TOTALS);
            assertThat(rows(statement)).isEqualTo(stream.totals());
        }
    }

    static String options(String topic) {
        return "'connector' = 'kafka', 'topic' = '" + topic + "', 'properties.bootstrap.servers' = '"
                + KAFKA.bootstrapServers() + "', 'format' = 'json'";
    }

    /** The rows of table totals, sorted. */
    static List<String> rows(Statement statement) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery("SELECT * FROM totals")) {
            while (result.next()) {
                rows.add(result.getString(1) + " " + result.getLong(2) + " " + result.getLong(3) + " "
                        + result.getLong(4));
            }
        }
        return rows.stream().sorted().toList();
    }
}
