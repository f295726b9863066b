package io.sabot.sqltests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that writes a table under materialized views, over and over: afterwards each view equals its query, over
 * all rows that were written. Takes a while, so it only runs when asked for: {@code -Dsabot.test.crash=true}.
 */
@EnabledIfSystemProperty(named = "sabot.test.crash", matches = "true")
class ViewCrashTest {
    private static final int ROUNDS = 4;
    private static final int KEYS = 40;
    private static final String TOTALS = "SELECT k, COUNT(*) AS n, SUM(v) AS s FROM t GROUP BY k";
    private static final String CLASSES = "SELECT n, COUNT(*) AS m FROM (" + TOTALS + ") GROUP BY n";

    @TempDir
    Path directory;

    @Test
    void viewsEqualTheirQueriesAfterEveryKill() throws Exception {
        Random random = new Random(5);
        List<String> first = List.of(
                "CREATE TABLE t (id INT, k STRING, v INT, PRIMARY KEY (id) NOT ENFORCED)",
                "CREATE MATERIALIZED VIEW totals AS " + TOTALS,
                "CREATE MATERIALIZED VIEW classes AS SELECT n, COUNT(*) AS m FROM totals GROUP BY n");
        Engine engine = new Engine();
        try {
            for (String statement : first) {
                assertThat(engine.run(statement)).isEqualTo("ok");
            }
            for (int round = 0; round < ROUNDS; round++) {
                int writes = 20 + random.nextInt(60);
                for (int i = 0; i < writes; i++) {
                    assertThat(engine.run(change(random))).isEqualTo("ok");
                }
                engine.kill();
                engine = new Engine();
                assertThat(engine.run(change(random))).isEqualTo("ok");
                assertThat(engine.run("SELECT * FROM totals")).isEqualTo(engine.run(TOTALS));
                assertThat(engine.run("SELECT * FROM classes")).isEqualTo(engine.run(CLASSES));
            }
        } finally {
            engine.kill();
        }
    }

    @Test
    void windowsOverAViewEqualTheirQueryAfterEveryKill() throws Exception {
        Random random = new Random(7);
        String windows = """
                SELECT window_start AS s, window_end AS e, COUNT(*) AS n, SUM(id) AS i
                FROM TUMBLE(TABLE %s, DESCRIPTOR(ts), INTERVAL '10' SECOND) GROUP BY window_start, window_end""".replace('\n', ' ');
        List<String> first = List.of(
                "CREATE STREAM c (id INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '3' SECOND)",
                "CREATE MATERIALIZED VIEW seen AS SELECT * FROM c",
                "CREATE MATERIALIZED VIEW counted AS " + windows.formatted("seen"),
                "CREATE MATERIALIZED VIEW longer AS SELECT window_start AS s, SUM(n) AS n"
                        + " FROM TUMBLE(TABLE counted, DESCRIPTOR(e), INTERVAL '40' SECOND) GROUP BY window_start, window_end");
        Engine engine = new Engine();
        try {
            for (String statement : first) {
                assertThat(engine.run(statement)).isEqualTo("ok");
            }
            int second = 0;
            for (int round = 0; round < ROUNDS; round++) {
                int writes = 20 + random.nextInt(40);
                for (int i = 0; i < writes; i++) {
                    second += random.nextInt(5);
                    assertThat(engine.run(timed(i, Math.max(0, second - random.nextInt(10)))))
                            .isEqualTo("ok");
                }
                engine.kill();
                engine = new Engine();
                second += 50;
                assertThat(engine.run(timed(-1, second))).isEqualTo("ok");
                String closed = " WHERE e <= TIMESTAMP '" + time(second - 3) + "'";
                assertThat(engine.run("SELECT * FROM counted"))
                        .isEqualTo(engine.run("SELECT * FROM (" + windows.formatted("c") + ")" + closed));
                assertThat(engine.run("SELECT * FROM longer"))
                        .isEqualTo(engine.run(
                                "SELECT s, n FROM (SELECT window_start AS s, window_end AS e, SUM(n) AS n FROM"
                                        + " TUMBLE(TABLE counted, DESCRIPTOR(e), INTERVAL '40' SECOND)"
                                        + " GROUP BY window_start, window_end)" + closed));
            }
        } finally {
            engine.kill();
        }
    }

    private static String timed(int id, int second) {
        return "INSERT INTO c VALUES (" + id + ", TIMESTAMP '" + time(second) + "')";
    }

    private static String time(int second) {
        return LocalDateTime.of(2024, 1, 1, 0, 0)
                .plusSeconds(second)
                .format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT));
    }

    private static String change(Random random) {
        int id = random.nextInt(KEYS);
        return switch (random.nextInt(4)) {
            case 0 -> "DELETE FROM t WHERE id = " + id;
            case 1 -> "UPDATE t SET v = v + 1 WHERE id < " + id;
            default -> "INSERT INTO t VALUES (" + id + ", 'k" + random.nextInt(7) + "', " + random.nextInt(100) + ")";
        };
    }

    /** A process that runs statements. */
    private final class Engine {
        private final Process process;
        private final PrintStream statements;
        private final BufferedReader answers;

        Engine() throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                    "-cp",
                    System.getProperty("java.class.path"),
                    StatementProcess.class.getName(),
                    directory.resolve("data").toString()));
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            statements = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
            answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            assertThat(answers.readLine()).isEqualTo("running");
        }

        String run(String statement) throws IOException {
            statements.println(statement);
            return String.valueOf(answers.readLine());
        }

        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }
    }
}
