package io.sabot.benchmarks.nexmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** {@code sabot-bench nexmark}: runs queries over JSON lines and prints a line of JSON per repetition. */
@CommandLine.Command(
        name = "nexmark",
        description = "Runs Nexmark queries over JSON lines and prints one line of JSON per repetition.",
        mixinStandardHelpOptions = true)
public final class NexmarkCommand implements Callable<Integer> {
    private static final Pattern EVENTS = Pattern.compile("\"events\":(\\d+)");

    @CommandLine.Option(names = "--query", required = true, split = ",", description = "Queries, such as q0,q5.")
    private List<String> queries = List.of();

    @CommandLine.Option(names = "--input", required = true, description = "A file of events or a folder of part files.")
    private Path input = Path.of(".");

    @CommandLine.Option(
            names = "--repeat",
            defaultValue = "1",
            description = "Repetitions of each query in one process.")
    private int repeat;

    @CommandLine.Option(names = "--parallelism", defaultValue = "2", description = "Tasks per stage.")
    private int parallelism;

    @CommandLine.Option(
            names = "--checkpoint-ms",
            defaultValue = "0",
            description = "Interval of checkpoints; 0 makes none.")
    private long checkpointMillis;

    @CommandLine.Option(names = "--events", description = "Number of events, when there is no INPUT.meta file.")
    private @Nullable Long events;

    @CommandLine.Option(
            names = "--check",
            description = "Write the sorted final result to this file in place of timing.")
    private @Nullable Path check;

    @CommandLine.Option(names = "--explain", description = "Print the plan of each query too.")
    private boolean explain;

    /** For picocli. */
    public NexmarkCommand() {}

    @Override
    public Integer call() throws Exception {
        try (WorkFolder work = WorkFolder.create()) {
            run(work);
        }
        return 0;
    }

    private void run(WorkFolder work) throws SQLException, IOException {
        int run = 0;
        for (String query : queries) {
            QueryScript script = QueryScript.load(
                    query,
                    Map.of(
                            "INPUT",
                            input.toAbsolutePath().toString(),
                            "WORK",
                            work.path().toString()));
            for (int repetition = 1; repetition <= repeat; repetition++) {
                run++;
                try (Connection connection = open(run)) {
                    prepare(connection, script);
                    if (check != null) {
                        Files.write(check, FoldedResult.of(connection, script.select()));
                        break;
                    }
                    print(time(connection, script, query, repetition, run));
                }
            }
        }
    }

    private Connection open(int run) throws SQLException {
        String url = "jdbc:sabot:mem:nexmark" + run;
        Connection connection = DriverManager.getConnection(url);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET 'parallelism.default' = '" + parallelism + "'");
            if (checkpointMillis > 0) {
                statement.execute("SET 'execution.checkpointing.interval' = '" + checkpointMillis + " ms'");
            }
        }
        return connection;
    }

    private void prepare(Connection connection, QueryScript script) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : script.setup()) {
                statement.execute(sql);
            }
            if (explain) {
                try (ResultSet rows = statement.executeQuery("EXPLAIN " + script.insert())) {
                    while (rows.next()) {
                        System.err.println(rows.getString(1));
                    }
                }
            }
        }
    }

    private Map<String, Object> time(Connection connection, QueryScript script, String query, int repetition, int run)
            throws SQLException, IOException {
        long count = eventCount();
        System.gc();
        ProcessFigures.resetPeakRss();
        long gcBefore = ProcessFigures.gcMillis();
        long jitBefore = ProcessFigures.jitMillis();
        double busyBefore = ProcessFigures.machineBusySeconds();
        long cpuBefore = ProcessFigures.cpuNanos();
        long begin = System.nanoTime();
        long rows;
        try (Statement statement = connection.createStatement()) {
            rows = statement.executeLargeUpdate(script.insert());
        }
        double wall = (System.nanoTime() - begin) / 1e9;
        double cpu = (ProcessFigures.cpuNanos() - cpuBefore) / 1e9;
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("engine", "sabot");
        figures.put("query", query);
        figures.put("source", "json");
        figures.put("checkpoint_ms", checkpointMillis);
        figures.put("parallelism", parallelism);
        figures.put("rep", repetition);
        figures.put("job_in_jvm", run);
        figures.put("events", count);
        figures.put("wall_s", rounded(wall));
        figures.put("events_per_s", Math.round(count / wall));
        figures.put("cpu_s", rounded(cpu));
        figures.put("events_per_cpu_s", Math.round(count / cpu));
        figures.put("peak_rss_mb", ProcessFigures.peakRssMegabytes());
        figures.put("rows_to_sink", rows);
        figures.put("other_cpu_s", rounded(ProcessFigures.machineBusySeconds() - busyBefore - cpu));
        figures.put("gc_ms", ProcessFigures.gcMillis() - gcBefore);
        figures.put("jit_ms", ProcessFigures.jitMillis() - jitBefore);
        return figures;
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * 1000) / 1000.0;
    }

    private long eventCount() throws IOException {
        if (events != null) {
            return events;
        }
        Path meta = Path.of(input + ".meta");
        if (Files.exists(meta)) {
            Matcher matcher = EVENTS.matcher(Files.readString(meta));
            if (matcher.find()) {
                return Long.parseLong(matcher.group(1));
            }
        }
        throw new IllegalArgumentException("no event count in " + meta + "; give it with --events");
    }

    private static void print(Map<String, Object> figures) {
        StringBuilder line = new StringBuilder("{");
        figures.forEach((name, value) -> line.append(line.length() > 1 ? "," : "")
                .append('"')
                .append(name)
                .append("\":")
                .append(value instanceof Number ? value.toString() : "\"" + value + "\""));
        System.out.println(line.append('}'));
    }
}
