package io.sabot.sqltests.random;

import io.sabot.sqltests.random.Script.Kind;
import io.sabot.sqltests.random.Script.Timing;
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
import java.util.stream.Collectors;

/**
 * One job with several queries over the same tables, made from a seed, run, and compared epoch by epoch.
 *
 * <p>Queries by event time are views, on which the other queries stand as on tables.
 */
final class RandomJob {
    private static final long WAIT_NANOS = 120_000_000_000L;
    private static final long LOOK_NANOS = 500_000_000;

    private final long seed;
    private final Random random;
    private final String name;
    private final Path folder;
    private final List<Script> scripts = new ArrayList<>();
    private final List<Relation> views = new ArrayList<>();
    private final List<Target> targets = new ArrayList<>();
    private final Properties settings = new Properties();
    private final boolean restarts;
    private final TimedQueries timed;
    private final KeptViews kept = new KeptViews();
    private final List<String> keptDifferences = new ArrayList<>();
    private int endedEverywhere;

    /** @param folder where a job that restarts keeps its state */
    RandomJob(long seed, Path folder) {
        this.seed = seed;
        this.random = new Random(seed * 7919);
        this.name = "random-" + seed;
        this.folder = folder;
        makeScripts();
        this.timed = new TimedQueries(scripts, random);
        this.restarts = random.nextInt(4) == 0;
        setParallelism();
        settings.setProperty("sabot.batch-rows", Integer.toString(pick(1, 3, 2048)));
        settings.setProperty("execution.checkpointing.interval", "50 ms");
        if (seed % 3 == 0) {
            settings.setProperty("table.optimizer.distinct-agg.split.enabled", "true");
            settings.setProperty("table.optimizer.distinct-agg.split.bucket-num", Long.toString(1 + seed % 5));
        }
    }

    private void makeScripts() {
        int changes = 15 + random.nextInt(40);
        ChangeScripts changing = new ChangeScripts(random);
        scripts.add(changing.random("t1", true, 1 + random.nextInt(2), changes));
        scripts.add(changing.random("t2", false, 1 + random.nextInt(3), changes));
        TimedScripts timed = new TimedScripts(random);
        scripts.add(timed.random("e1", Kind.EVENTS, timing(random.nextInt(3) > 0), pick(1, 1, 1, 2, 3), changes));
        scripts.add(timed.random("e2", Kind.EVENTS, timing(false), pick(1, 1, 2), changes));
        Kind versions = random.nextBoolean() ? Kind.VERSIONS : Kind.CHANGING_VERSIONS;
        scripts.add(timed.random("r1", versions, timing(false), pick(1, 1, 2), changes));
    }

    private Timing timing(boolean late) {
        return new Timing(random.nextInt(5), late);
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

    /** Runs so many queries. */
    void check(int queries, Tally tally) throws SQLException {
        try (Run run = Run.open(name, scripts)) {
            try (Connection connection = open()) {
                define(connection, queries);
                run(connection, "SET 'pipeline.name' = '" + name + "'");
                start(connection, tally);
                if (restarts) {
                    run.awaitEpochAfter(random.nextInt(6), 10 * LOOK_NANOS);
                    run(connection, "PAUSE JOB `" + name + "`");
                } else {
                    finish(run, connection);
                }
            }
            if (restarts) {
                recorded().forEach(table -> run.recording(table).restarted());
                setParallelism();
                try (Connection connection = open()) {
                    run(connection, "RESUME JOB `" + name + "`");
                    finish(run, connection);
                }
            }
            Comparison comparison = new Comparison(run, scripts, views, timed.sessions(), targets);
            int answers = comparison.compare(endedEverywhere);
            List<String> differences = new ArrayList<>(keptDifferences);
            differences.addAll(comparison.differences());
            tally.add(targets.size() + kept.size() - differences.size(), answers + kept.size(), restarts);
            if (!differences.isEmpty()) {
                throw new AssertionError("seed " + seed + " " + settings + (restarts ? " restarted" : "") + ", "
                        + String.join("\n", differences));
            }
        }
    }

    private void finish(Run run, Connection connection) throws SQLException {
        awaitEnd(run, connection);
        if (!kept.isEmpty()) {
            try (DuckDb database = new DuckDb(scripts, timed.sessions(), views)) {
                database.readAll();
                keptDifferences.addAll(kept.differences(connection, database));
            }
        }
        run(connection, "CANCEL JOB `" + name + "`");
    }

    private void define(Connection connection, int queries) throws SQLException {
        List<String> tables = new ArrayList<>();
        for (Script script : scripts) {
            defineTable(connection, script);
            run(connection, script.sabotCopy(name));
            if (script.kind() != Kind.CHANGING_VERSIONS && script.kind() != Kind.VERSIONS) {
                tables.add(script.table());
            }
        }
        int viewCount = queries / 2;
        for (int i = 0; i < viewCount; i++) {
            Relation view = timed.random();
            run(connection, view.sabotView());
            views.add(view);
            tables.add(view.name());
        }
        RandomQueries made = new RandomQueries(random, tables);
        for (int i = 0; i < queries; i++) {
            // most views are asked for as they are, so that a difference is easy to read
            String query = i < views.size() && random.nextInt(3) > 0
                    ? "SELECT a, b, c FROM " + views.get(i).name()
                    : made.query(1 + random.nextInt(3));
            String table = "out_" + targets.size();
            Target target = random.nextInt(6) == 0 ? Target.keyed(table, query, random) : Target.plain(table, query);
            run(connection, target.create(name));
            targets.add(target);
        }
        if (random.nextInt(5) == 0) {
            kept.create(connection, 1 + random.nextInt(3), tables, random);
        }
        if (random.nextInt(5) == 0) {
            kept.createTimed(connection, 1 + random.nextInt(3), List.of("e1", "e2"), timed);
        }
    }

    /** Some tables without times are read through materialized views, which are jobs of their own. */
    private void defineTable(Connection connection, Script script) throws SQLException {
        int levels = script.kind().hasTime() || random.nextInt(5) > 0 ? 0 : 1 + random.nextInt(2);
        String table = levels == 0 ? script.table() : "source_" + script.table();
        run(connection, script.sabotTable(table, name));
        for (int level = levels; level > 0; level--) {
            String view = level == 1 ? script.table() : "between_" + script.table();
            run(connection, "CREATE MATERIALIZED VIEW " + view + " AS SELECT * FROM " + table);
            table = view;
        }
    }

    /** Starts the job, without the queries that are refused. */
    private void start(Connection connection, Tally tally) throws SQLException {
        try {
            run(connection, statementSet());
        } catch (SQLException e) {
            List<Target> planned = new ArrayList<>();
            for (Target target : targets) {
                if (plans(connection, target.insert(), tally)) {
                    planned.add(target);
                }
            }
            if (planned.size() == targets.size()) {
                throw e;
            }
            targets.clear();
            targets.addAll(planned);
            run(connection, statementSet());
        }
    }

    /** Whether a statement can be planned; what it is refused for is counted. */
    private boolean plans(Connection connection, String statement, Tally tally) {
        try {
            run(connection, "EXPLAIN " + statement);
            return true;
        } catch (SQLException e) {
            if (!"0A000".equals(e.getSQLState())) {
                throw new AssertionError("seed " + seed + ": " + statement, e);
            }
            tally.refused(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            return false;
        }
    }

    private String statementSet() {
        StringBuilder set = new StringBuilder("EXECUTE STATEMENT SET BEGIN\n");
        targets.forEach(target -> set.append(target.insert()).append(";\n"));
        scripts.forEach(script -> set.append(script.copyInsert()).append(";\n"));
        return set.append("END").toString();
    }

    private List<String> recorded() {
        List<String> recorded = new ArrayList<>();
        scripts.forEach(script -> recorded.add("copy_" + script.table()));
        targets.forEach(target -> recorded.add(target.table()));
        return recorded;
    }

    /** Waits until an epoch in which all splits had been read to their ends has ended everywhere. */
    private void awaitEnd(Run run, Connection connection) throws SQLException {
        long deadline = System.nanoTime() + WAIT_NANOS;
        while (!allRead(run)) {
            if (!run.awaitEpochAfter(run.epochs(), LOOK_NANOS) && hasFailed(connection)
                    || System.nanoTime() > deadline) {
                throw new AssertionError("seed " + seed + " " + settings + (restarts ? " restarted" : "")
                        + " does not come to its end:\n"
                        + views.stream().map(Relation::sabotView).collect(Collectors.joining(";\n")) + "\n"
                        + statementSet());
            }
        }
    }

    private boolean hasFailed(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("DESCRIBE JOB `" + name + "`")) {
            while (rows.next()) {
                if ("failed".equals(rows.getString(2))) {
                    return true;
                }
            }
            return false;
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

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
