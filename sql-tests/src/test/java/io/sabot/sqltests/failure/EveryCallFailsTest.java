package io.sabot.sqltests.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.catalog.CatalogObject;
import io.sabot.catalog.CatalogReader;
import io.sabot.catalog.ObjectName;
import io.sabot.catalog.Table;
import io.sabot.connectors.filesystem.FilesystemFactory;
import io.sabot.connectors.json.JsonFormatFactory;
import io.sabot.executor.batch.Allocators;
import io.sabot.executor.connector.FileAccess;
import io.sabot.executor.job.Connectors;
import io.sabot.executor.job.JobEnvironment;
import io.sabot.executor.job.JobExecution;
import io.sabot.executor.job.JobOptions;
import io.sabot.executor.job.JobStatus;
import io.sabot.executor.state.MemoryBudget;
import io.sabot.executor.storage.StoredTables;
import io.sabot.executor.time.Clock;
import io.sabot.parser.SqlParser;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.statement.CreateTable;
import io.sabot.parser.statement.Insert;
import io.sabot.planner.Planner;
import io.sabot.planner.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.arrow.memory.AllocationListener;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Makes the n-th call of each kind fail while a job runs, and the n-th again while it goes on from its last checkpoint,
 * and lets it end then: the output is that of a run without faults, and a run that failed holds no memory.
 *
 * <p>All n up to {@code -Dsabot.test.faults} (5 in the normal run), from there on steps that grow by half.
 */
class EveryCallFailsTest {
    private static final int DENSE = Integer.getInteger("sabot.test.faults", 5);
    private static final int FILES = 3;
    private static final int LINES = 400;

    /** What a job writes, and the statement. */
    private record Job(String name, String insert) {}

    private static final List<Job> JOBS = List.of(
            new Job("rows", "INSERT INTO files SELECT item, n FROM bids WHERE n > 100"),
            new Job("appended", "INSERT INTO appended SELECT item, n FROM bids WHERE n > 100"),
            new Job("windows", """
                    INSERT INTO files SELECT item || CAST(window_end AS STRING), COUNT(*) FROM HOP(TABLE bids, DESCRIPTOR(ts), INTERVAL '5' SECOND,
                    INTERVAL '10' SECOND) GROUP BY item, window_start, window_end"""),
            new Job("groups", """
                    INSERT INTO keyed SELECT item, MIN(b.n) FROM (SELECT a.item, a.n FROM bids AS a JOIN bids AS b
                    ON a.item = b.item AND a.n = b.n) AS b GROUP BY item"""));

    private static final String TABLES = """
            CREATE TABLE bids (ts TIMESTAMP(3), item STRING, n BIGINT, WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
            WITH ('connector' = 'filesystem', 'format' = 'json', 'path' = '%1$s/in');
            CREATE TABLE files (item STRING, n BIGINT)
            WITH ('connector' = 'filesystem', 'format' = 'json', 'path' = '%1$s/out');
            CREATE TABLE keyed (item STRING, n BIGINT, PRIMARY KEY (item) NOT ENFORCED);
            CREATE TABLE appended (item STRING, n BIGINT);
            CREATE TABLE content (item STRING, n BIGINT)
            WITH ('connector' = 'filesystem', 'format' = 'json', 'path' = '%1$s/content')""";

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> jobs() throws IOException {
        writeInput();
        return JOBS.stream()
                .flatMap(job -> Stream.of(Faults.Call.values())
                        .map(call -> DynamicTest.dynamicTest(job.name() + " " + call, () -> check(job, call))));
    }

    private void writeInput() throws IOException {
        Path in = Files.createDirectories(folder.resolve("in"));
        for (int file = 0; file < FILES; file++) {
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < LINES; i++) {
                lines.add("{\"ts\": \"2024-01-01 00:%02d:%02d\", \"item\": \"item-%d\", \"n\": %d}"
                        .formatted(i / 60, i % 60, (i * 7 + file) % 13, (long) file * LINES + i));
            }
            Files.write(in.resolve(file + ".json"), lines);
        }
    }

    private void check(Job job, Faults.Call call) throws IOException, InterruptedException {
        List<String> expected = run(job, call, 0);
        assertThat(expected).isNotEmpty();
        if (job.insert().endsWith("n > 100")) {
            assertThat(expected).hasSize(FILES * LINES - 101);
        }
        int failed = 0;
        for (long n = 1; ; n = n < DENSE ? n + 1 : n + (n + 1) / 2) {
            List<String> rows = run(job, call, n);
            if (rows.isEmpty()) {
                break;
            }
            failed++;
            assertThat(difference(expected, rows))
                    .as("output after call %s of %s failed", n, call)
                    .isEmpty();
        }
        assertThat(failed).as("calls of %s that failed", call).isPositive();
    }

    /** Lines of which one output has more than the other, signed. */
    private static List<String> difference(List<String> expected, List<String> rows) {
        Map<String, Integer> counts = new TreeMap<>();
        expected.forEach(line -> counts.merge(line, -1, Integer::sum));
        rows.forEach(line -> counts.merge(line, 1, Integer::sum));
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() != 0)
                .map(entry -> "%+d x %s".formatted(entry.getValue(), entry.getKey()))
                .toList();
    }

    /** The output of a job of which call {@code n} fails, twice; empty when it makes fewer calls. */
    private List<String> run(Job job, Faults.Call call, long n) throws IOException, InterruptedException {
        Path home = folder.resolve(job.name() + "-" + call + "-" + n);
        Files.createDirectories(home);
        Files.createSymbolicLink(home.resolve("in"), folder.resolve("in"));
        if (n > 0) {
            if (!runOnce(job, home, Faults.at(call, n))) {
                return List.of();
            }
            runOnce(job, home, Faults.at(call, n));
        }
        runOnce(job, home, Faults.none());
        return lines(home.resolve(job.insert().contains("files") ? "out" : "content"));
    }

    /** Whether the fault happened. The last run also copies the content of the keyed table into files. */
    private boolean runOnce(Job job, Path home, Faults faults) throws InterruptedException {
        AllocationListener listener = new AllocationListener() {
            @Override
            public void onPreAllocation(long size) {
                faults.before(Faults.Call.ALLOCATE);
            }
        };
        MemoryBudget budget = MemoryBudget.unlimited();
        try (BufferAllocator tableMemory = Allocators.root();
                BufferAllocator memory = new RootAllocator(listener, Long.MAX_VALUE);
                StoredTables tables = new StoredTables(tableMemory, Optional.of(home.resolve("tables")))) {
            FilesystemFactory files = new FilesystemFactory();
            Connectors connectors = new Connectors(
                    List.of(FaultyConnector.source(files, faults), tables.sourceFactory()),
                    List.of(FaultyConnector.sink(files, faults), FaultyConnector.sink(tables.sinkFactory(), faults)),
                    List.of(new JsonFormatFactory()));
            Planner planner = planner(connectors, tables, home);
            JobEnvironment environment =
                    new JobEnvironment(memory, budget, connectors, Clock.SYSTEM, FileAccess.anywhere(home));
            boolean happened = finish(planner, job.insert(), environment, home.resolve("checkpoints"), faults);
            if (!happened && !job.insert().contains("files")) {
                String table = job.insert().contains("keyed") ? "keyed" : "appended";
                finish(
                        planner,
                        "INSERT INTO content SELECT * FROM " + table,
                        environment,
                        home.resolve("copy"),
                        faults);
            }
            assertThat(budget.usedBytes()).isZero();
            return happened;
        }
    }

    private static boolean finish(
            Planner planner, String insert, JobEnvironment environment, Path checkpoints, Faults faults)
            throws InterruptedException {
        Plan plan = planner.planInsert((Insert) SqlParser.parse(insert));
        JobOptions options =
                new JobOptions("job", 2, 64, Duration.ofMillis(2), Optional.of(checkpoints), false, 0, Map.of());
        try (JobExecution job = JobExecution.start(plan, environment, options)) {
            assertThat(job.await(60_000)).isTrue();
            if (!faults.happened()) {
                assertThat(job.failure()).isEmpty();
                assertThat(job.status()).isEqualTo(JobStatus.FINISHED);
                return false;
            }
            assertThat(job.status()).isEqualTo(JobStatus.FAILED);
            assertThat(job.failure())
                    .hasValueSatisfying(e -> assertThat(e.what()).isEqualTo(faults.text()));
        } catch (SabotException e) {
            assertThat(e.what()).isEqualTo(faults.text());
        }
        assertThat(environment.allocator().getAllocatedMemory())
                .as("memory held when %s", faults.text())
                .isZero();
        return true;
    }

    private static Planner planner(Connectors connectors, StoredTables tables, Path home) {
        List<CatalogObject> known = new ArrayList<>();
        Planner planner =
                new Planner(new Known(known), connectors.descriptors(), Map.of("table.local-time-zone", "UTC"));
        SqlParser.parseScript(TABLES.formatted(home)).forEach(statement -> {
            Table table = planner.resolveTable((CreateTable) statement);
            known.add(table);
            if (table.connector().isEmpty()) {
                tables.create(table);
            }
        });
        return planner;
    }

    /** One database. */
    private record Known(List<CatalogObject> objects) implements CatalogReader {
        @Override
        public String currentCatalog() {
            return "default_catalog";
        }

        @Override
        public String currentDatabase() {
            return "default_database";
        }

        @Override
        public List<String> catalogs() {
            return List.of(currentCatalog());
        }

        @Override
        public List<String> databases(String catalog) {
            return List.of(currentDatabase());
        }

        @Override
        public List<CatalogObject> objects(String catalog, String database) {
            return objects;
        }

        @Override
        public Optional<CatalogObject> find(ObjectName name) {
            return objects.stream().filter(object -> object.name().equals(name)).findAny();
        }
    }

    private static List<String> lines(Path directory) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(path -> !path.getFileName().toString().startsWith("."))
                    .filter(path -> !path.getFileName().toString().startsWith("_"))
                    .toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        lines.sort(null);
        return lines;
    }
}
