package io.sabot.sqltests.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stream = batch: each epoch that random queries publish over random changes is what DuckDB answers over the rows read so
 * far, at random parallelism, batch cuts and speeds of splits, also when the job is stopped in between and goes on at
 * another parallelism.
 *
 * <p>{@code -Dsabot.random.jobs=N} sets the number of jobs (each {@value #QUERIES} queries), {@code -Dsabot.random.seed=S}
 * the first seed.
 */
class StreamBatchTest {
    private static final int QUERIES = 5;
    private static final long FIRST_SEED = Long.getLong("sabot.random.seed", 1);
    private static final int JOBS = Integer.getInteger("sabot.random.jobs", 80);
    private static final long WAIT_NANOS = 30_000_000_000L;
    private static final AtomicInteger COMPARED = new AtomicInteger();
    private static final AtomicInteger ASKED = new AtomicInteger();
    private static final Map<String, Integer> REFUSED = new TreeMap<>();

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> jobs() {
        return IntStream.range(0, JOBS)
                .mapToObj(i -> FIRST_SEED + i)
                .map(seed -> DynamicTest.dynamicTest("seed " + seed, () -> new Job(seed).check()));
    }

    @AfterAll
    static void someQueriesWereCompared() {
        System.out.println(
                "random queries: " + ASKED + " asked, epochs compared: " + COMPARED + ", refused: " + REFUSED);
        assertThat(COMPARED.get()).isGreaterThan(JOBS);
    }

    /** One job with several queries over the same tables. */
    private final class Job {
        private final long seed;
        private final Random random;
        private final String name;
        private final List<Script> scripts;
        private final List<String> queries = new ArrayList<>();
        private final Properties settings = new Properties();
        private final boolean restarts;
        private int endedEverywhere;

        Job(long seed) {
            this.seed = seed;
            this.random = new Random(seed * 7919);
            this.name = "random-" + seed;
            int changes = 15 + random.nextInt(40);
            this.scripts = List.of(
                    Script.random("t1", true, 1 + random.nextInt(2), changes, random),
                    Script.random("t2", false, 1 + random.nextInt(3), changes, random));
            this.restarts = random.nextInt(4) == 0;
            setParallelism();
            settings.setProperty("sabot.batch-rows", Integer.toString(pick(1, 3, 2048)));
            settings.setProperty("execution.checkpointing.interval", "50 ms");
        }

        private void setParallelism() {
            settings.setProperty("parallelism.default", Integer.toString(pick(1, 2, 3)));
        }

        private int pick(int... of) {
            return of[random.nextInt(of.length)];
        }

        private Connection open() throws SQLException {
            String url = "jdbc:sabot:" + (restarts ? folder.resolve(name).toString() : "mem:" + name);
            return DriverManager.getConnection(url, settings);
        }

        void check() throws SQLException {
            try (Run run = Run.open(name, scripts)) {
                try (Connection connection = open()) {
                    define(connection);
                    if (queries.isEmpty()) {
                        return;
                    }
                    run(connection, "SET 'pipeline.name' = '" + name + "'");
                    run(connection, statementSet());
                    if (restarts) {
                        run.awaitEpochAfter(random.nextInt(6), WAIT_NANOS);
                        run(connection, "PAUSE JOB `" + name + "`");
                    } else {
                        awaitEnd(run);
                        run(connection, "CANCEL JOB `" + name + "`");
                    }
                }
                if (restarts) {
                    names().forEach(table -> run.recording(table).restarted());
                    setParallelism();
                    try (Connection connection = open()) {
                        run(connection, "RESUME JOB `" + name + "`");
                        awaitEnd(run);
                        run(connection, "CANCEL JOB `" + name + "`");
                    }
                }
                compare(run);
            }
        }

        private void define(Connection connection) throws SQLException {
            for (Script script : scripts) {
                run(connection, script.sabotTable(name));
                run(connection, script.sabotCopy(name));
            }
            RandomQueries made = new RandomQueries(
                    random, scripts.stream().map(Script::table).toList());
            for (int i = 0; i < QUERIES; i++) {
                String query = made.query(1 + random.nextInt(3));
                ASKED.incrementAndGet();
                run(
                        connection,
                        "CREATE TABLE out_" + queries.size()
                                + " (a BIGINT, b BIGINT, c STRING) WITH ('connector' = 'recorder', 'run' = '" + name
                                + "')");
                try {
                    run(connection, "EXPLAIN INSERT INTO out_" + queries.size() + " " + query);
                    queries.add(query);
                } catch (SQLException e) {
                    run(connection, "DROP TABLE out_" + queries.size());
                    if (!"0A000".equals(e.getSQLState())) {
                        throw new AssertionError("seed " + seed + ": " + query, e);
                    }
                    REFUSED.merge(
                            String.valueOf(e.getMessage()).lines().findFirst().orElse(""), 1, Integer::sum);
                }
            }
        }

        private String statementSet() {
            StringBuilder set = new StringBuilder("EXECUTE STATEMENT SET BEGIN\n");
            for (int i = 0; i < queries.size(); i++) {
                set.append("INSERT INTO out_")
                        .append(i)
                        .append(' ')
                        .append(queries.get(i))
                        .append(";\n");
            }
            for (Script script : scripts) {
                set.append("INSERT INTO copy_").append(script.table()).append(" SELECT * FROM ");
                set.append(script.table()).append(";\n");
            }
            return set.append("END").toString();
        }

        private List<String> names() {
            List<String> names = new ArrayList<>();
            scripts.forEach(script -> names.add("copy_" + script.table()));
            IntStream.range(0, queries.size()).forEach(i -> names.add("out_" + i));
            return names;
        }

        /** Waits until an epoch in which all splits had been read to their ends has ended everywhere. */
        private void awaitEnd(Run run) {
            long deadline = System.nanoTime() + WAIT_NANOS;
            while (!allRead(run)) {
                run.awaitEpochAfter(run.epochs(), 2_000_000);
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("seed " + seed + " " + settings + (restarts ? " restarted" : "")
                            + " does not come to its end:\n" + statementSet());
                }
            }
        }

        /** An epoch has ended at every sink when the next has ended at one. */
        private boolean allRead(Run run) {
            int next = scripts.stream()
                    .mapToInt(script -> run.recording("copy_" + script.table()).endedEpochs())
                    .min()
                    .orElse(0);
            endedEverywhere = Math.max(0, next - 1);
            for (Script script : scripts) {
                Run.Recording copy = run.recording("copy_" + script.table());
                long missing = script.splits().size();
                for (int epoch = 0; epoch < endedEverywhere; epoch++) {
                    missing -= script.lastRows(copy.epoch(epoch));
                }
                if (missing > 0) {
                    return false;
                }
            }
            return true;
        }

        private void compare(Run run) throws SQLException {
            Map<String, Multiset> contents = new TreeMap<>();
            names().forEach(table -> contents.put(table, new Multiset()));
            try (DuckDb database = new DuckDb(scripts)) {
                for (int epoch = 0; epoch < endedEverywhere; epoch++) {
                    boolean changed = false;
                    for (Map.Entry<String, Multiset> content : contents.entrySet()) {
                        List<Script.Change> changes =
                                run.recording(content.getKey()).epoch(epoch);
                        content.getValue().apply(changes);
                        changed |= !changes.isEmpty();
                    }
                    if (changed) {
                        compare(database, contents, epoch);
                    }
                }
            }
        }

        private void compare(DuckDb database, Map<String, Multiset> contents, int epoch) throws SQLException {
            for (Script script : scripts) {
                database.fill(script, of(contents, "copy_" + script.table()));
            }
            for (int i = 0; i < queries.size(); i++) {
                Multiset expected = database.query(queries.get(i));
                String differences = expected.differences(of(contents, "out_" + i));
                if (!differences.isEmpty()) {
                    StringBuilder tables = new StringBuilder();
                    scripts.forEach(script -> tables.append(script.table())
                            .append(' ')
                            .append(of(contents, "copy_" + script.table()))
                            .append('\n'));
                    throw new AssertionError("seed " + seed + " " + settings + ", epoch " + epoch + ", query " + i
                            + ":\n" + queries.get(i) + "\n" + differences + "\nover\n" + tables);
                }
                COMPARED.incrementAndGet();
            }
        }

        private static Multiset of(Map<String, Multiset> contents, String table) {
            Multiset content = contents.get(table);
            if (content == null) {
                throw new AssertionError(table);
            }
            return content;
        }

        private static void run(Connection connection, String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }
}
