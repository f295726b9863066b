package io.sabot.sqltests.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.connectors.kafka.local.TestKafka;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that runs a job from Kafka to Kafka, over and over. Rows may come twice, none may be lost or wrong. Takes
 * a while, so it only runs when asked for: {@code -Dsabot.test.crash=true}.
 */
@EnabledIfSystemProperty(named = "sabot.test.crash", matches = "true")
class KafkaCrashTest {
    private static final int PARTITIONS = 2;
    private static final int ROUNDS = 5;
    private static final int BIDS = 10_000;
    private static final long PATIENCE_NANOS = 120_000_000_000L;

    @RegisterExtension
    static final TestKafka KAFKA = new TestKafka();

    @TempDir
    Path directory;

    @Test
    void windowsAreRightAfterEveryKill() throws Exception {
        String bids = KAFKA.topic(PARTITIONS);
        String totals = KAFKA.topic(1);
        BidStream stream = new BidStream();
        Process job = start(
                "SET 'execution.checkpointing.interval' = '200 ms'",
                "SET 'parallelism.default' = '2'",
                "CREATE TABLE bids (" + BidStream.COLUMNS + ") WITH (" + options(bids)
                        + ", 'scan.startup.mode' = 'earliest-offset')",
                "CREATE TABLE totals (" + BidStream.TOTAL_COLUMNS + ") WITH (" + options(totals) + ")",
                "INSERT INTO totals " + BidStream.TOTALS);
        try (Connection connection = DriverManager.getConnection("jdbc:sabot:mem:" + bids);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE totals (" + BidStream.TOTAL_COLUMNS + ") WITH (" + options(totals) + ")");
            for (int round = 0; round < ROUNDS; round++) {
                int before = new TreeSet<>(KafkaEndToEndTest.rows(statement)).size();
                for (int partition = 0; partition < PARTITIONS; partition++) {
                    KAFKA.send(bids, partition, stream.next(round * BIDS, BIDS));
                }
                awaitRows(statement, before + 1, job);
                job.destroyForcibly().waitFor();
                job = start();
            }
            for (int partition = 0; partition < PARTITIONS; partition++) {
                KAFKA.send(bids, partition, stream.last());
            }
            List<String> rows = awaitRows(statement, stream.totals().size(), job);
            assertThat(rows).isEqualTo(stream.totals());
        } finally {
            job.destroyForcibly().waitFor();
        }
    }

    private static String options(String topic) {
        return "'connector' = 'kafka', 'topic' = '" + topic + "', 'properties.bootstrap.servers' = '"
                + KAFKA.bootstrapServers() + "', 'format' = 'json'";
    }

    private Process start(String... statements) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                CrashingJob.class.getName(),
                directory.resolve("data").toString()));
        command.addAll(List.of(statements));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertThat(output.readLine()).isEqualTo("running");
        return process;
    }

    /** The different rows of the sink, once there are that many. */
    private static List<String> awaitRows(Statement statement, int count, Process job) throws SQLException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        List<String> rows = List.of();
        while (rows.size() < count) {
            assertThat(System.nanoTime())
                    .as("time, with %s of %s rows", rows.size(), count)
                    .isLessThan(deadline);
            assertThat(job.isAlive()).isTrue();
            rows = List.copyOf(new TreeSet<>(KafkaEndToEndTest.rows(statement)));
        }
        return rows;
    }
}
