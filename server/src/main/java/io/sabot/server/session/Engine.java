package io.sabot.server.session;

import io.sabot.catalog.CatalogObject;
import io.sabot.catalog.Catalogs;
import io.sabot.catalog.MaterializedView;
import io.sabot.catalog.ObjectName;
import io.sabot.catalog.Table;
import io.sabot.catalog.Unreadable;
import io.sabot.catalog.function.UserClasses;
import io.sabot.executor.batch.Allocators;
import io.sabot.executor.job.Connectors;
import io.sabot.executor.job.JobEnvironment;
import io.sabot.executor.job.JobExecution;
import io.sabot.executor.job.JobOptions;
import io.sabot.executor.state.MemoryBudget;
import io.sabot.executor.storage.StoredTable;
import io.sabot.executor.storage.StoredTables;
import io.sabot.parser.SqlParser;
import io.sabot.parser.SqlScripts;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.statement.CreateMaterializedView;
import io.sabot.parser.statement.Statement;
import io.sabot.planner.plan.Plan;
import io.sabot.planner.plan.PlanNode;
import io.sabot.server.job.Job;
import io.sabot.server.job.JobDefinition;
import io.sabot.server.job.JobPhase;
import io.sabot.server.job.Jobs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One engine: the catalog, the rows it keeps, its jobs and its sessions. The composition root; wiring only.
 *
 * <p>A durable engine makes its catalog again from the statements in its data directory, opens its tables, then starts the
 * jobs that ran.
 */
public final class Engine implements SessionFactory {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private static final Duration VIEW_GAP_IN_MEMORY = Duration.ofMillis(1);
    private static final Duration VIEW_GAP_ON_DISK = Duration.ofMillis(100);

    private final EngineOptions options;
    private final Optional<DataDirectory> directory;
    private final BufferAllocator allocator = Allocators.root();
    private final Catalogs catalogs = new Catalogs();
    private final UserClasses userClasses = new UserClasses();
    private volatile boolean restoring;
    private final StoredTables tables;
    private final Connectors connectors;
    private final JobEnvironment environment;
    private final Jobs jobs;
    private final Set<EngineSession> sessions = ConcurrentHashMap.newKeySet();
    private final RunningQueries queries = new RunningQueries();

    private Engine(EngineOptions options, Optional<DataDirectory> directory) {
        this.options = options;
        this.directory = directory;
        this.tables = new StoredTables(allocator, directory.map(DataDirectory::tables), this::neededFrom);
        this.connectors = Connectors.load(List.of(tables.sourceFactory()), List.of(tables.sinkFactory()));
        this.environment = new JobEnvironment(
                allocator, new MemoryBudget(options.stateBytes()), connectors, options.clock(), options.files());
        this.jobs = new Jobs(directory.map(DataDirectory::jobs), this::startJob);
    }

    /** Opens an engine and resumes its jobs. */
    public static Engine open(EngineOptions options) {
        Optional<DataDirectory> directory = options.dataDirectory().map(DataDirectory::open);
        try {
            Engine engine = new Engine(options, directory);
            directory.ifPresent(engine::restore);
            return engine;
        } catch (RuntimeException | Error e) {
            directory.ifPresent(DataDirectory::close);
            throw e;
        }
    }

    private void restore(DataDirectory from) {
        restoring = true;
        try (EngineSession session = newSession(Map.of())) {
            List<Statement> statements = new ArrayList<>();
            SqlScripts.split(from.readCatalog()).forEach(statement -> statements.add(SqlParser.parse(statement)));
            while (!statements.isEmpty()) {
                restore(session, statements);
            }
        }
        restoring = false;
        catalogs.storeIn(from::writeCatalog);
        jobs.resumeAll();
        tables.compactLong();
    }

    /**
     * Runs what can be run; a view that was replaced may stand in front of what it reads now. What cannot be made, since a jar
     * is missing for instance, keeps its place in the catalog.
     */
    private static void restore(EngineSession session, List<Statement> statements) {
        List<Statement> left = new ArrayList<>();
        SabotException first = null;
        for (Statement statement : statements) {
            try {
                session.run(statement, List.of());
            } catch (SabotException e) {
                first = first == null ? e : first;
                left.add(statement);
            }
        }
        if (first != null && left.size() == statements.size()) {
            new UnreadObjects(session).keep(left.remove(0), first);
        }
        statements.clear();
        statements.addAll(left);
    }

    @Override
    public EngineSession newSession(Map<String, String> properties) {
        EngineSession session = new EngineSession(this, properties);
        sessions.add(session);
        return session;
    }

    void closed(EngineSession session) {
        sessions.remove(session);
    }

    /** Whether the catalog is being read: what it needs from outside may be missing. */
    boolean isRestoring() {
        return restoring;
    }

    /** Classes of functions of users. */
    UserClasses userClasses() {
        return userClasses;
    }

    Catalogs catalogs() {
        return catalogs;
    }

    Connectors connectors() {
        return connectors;
    }

    Jobs jobs() {
        return jobs;
    }

    RunningQueries queries() {
        return queries;
    }

    BufferAllocator allocator() {
        return allocator;
    }

    EngineOptions options() {
        return options;
    }

    /** Makes room for the rows of a table that the engine keeps itself. */
    void created(CatalogObject object, Optional<CatalogObject> replaced) {
        replaced.ifPresent(this::dropped);
        if (object instanceof Table table && table.connector().isEmpty()) {
            tables.create(table);
        } else if (object instanceof MaterializedView view) {
            tables.create(view.rows());
        }
    }

    /** Gives up the rows of a table that the engine kept itself. */
    void dropped(CatalogObject object) {
        if (object instanceof Table table && table.connector().isEmpty()) {
            tables.drop(table.name());
        } else if (object instanceof MaterializedView view) {
            cancelView(view.name());
            tables.drop(view.name());
        } else if (object instanceof Unreadable) {
            cancelView(object.name());
            tables.drop(object.name());
        }
    }

    /** Name of the job that keeps a materialized view. */
    static String jobOf(ObjectName view) {
        boolean plain = view.catalog().equals(Catalogs.DEFAULT_CATALOG)
                && view.database().equals(Catalogs.DEFAULT_DATABASE);
        return "view-" + (plain ? view.name() : view.toString());
    }

    /** The materialized view that a job keeps. */
    Optional<ObjectName> viewOf(String job) {
        return catalogs.catalogs().stream()
                .flatMap(catalog -> catalogs.databases(catalog).stream()
                        .flatMap(database -> catalogs.objects(catalog, database).stream()))
                .filter(object -> object instanceof MaterializedView
                        || object instanceof Unreadable unreadable && unreadable.materialized())
                .map(CatalogObject::name)
                .filter(name -> jobOf(name).equals(job))
                .findFirst();
    }

    /** Ends the job of a materialized view. */
    void cancelView(ObjectName view) {
        jobs.find(jobOf(view)).ifPresent(job -> {
            jobs.cancel(job.name());
            jobs.forget(job.name());
        });
    }

    /** Number of batches in the log of something that the engine keeps. */
    Optional<Long> endOf(ObjectName name) {
        return tables.endOf(name);
    }

    /** The watermark that a materialized view has; the least there is when it keeps none. */
    long watermarkOf(ObjectName name) {
        return tables.watermarkOf(name);
    }

    /** The rows of a table that the engine keeps itself. */
    StoredTable rows(Table table) {
        return tables.get(table.name());
    }

    /** How many rows a table has, if that can be told at once. */
    OptionalLong estimatedRows(Table table) {
        if (table.connector().isPresent()) {
            return connectors.estimatedRows(table, options.files());
        }
        return tables.endOf(table.name()).isPresent()
                ? OptionalLong.of(rows(table).rowCount())
                : OptionalLong.empty();
    }

    void altered(Table changed) {
        tables.alter(changed);
    }

    void copyRows(Table from, Table to) {
        tables.copy(from, to);
    }

    /** From which place on jobs need the log of a table; all of it while one that reads the table does not run. */
    private long neededFrom(ObjectName table) {
        if (restoring) {
            return 0;
        }
        long needed = Long.MAX_VALUE;
        for (Job job : jobs.list()) {
            if (job.phase() == JobPhase.FINISHED || job.phase() == JobPhase.CANCELLED) {
                continue;
            }
            Optional<JobExecution> execution = job.execution();
            if (execution.isPresent()) {
                needed = Math.min(needed, execution.get().neededFrom(table));
            } else if (readsByName(job, table)) {
                return 0;
            }
        }
        return needed;
    }

    private boolean readsByName(Job job, ObjectName table) {
        try (EngineSession session = newSession(Map.of())) {
            return new TablesOfJobs(session).of(job.definition()).contains(table);
        }
    }

    void truncate(Table table) {
        tables.truncate(table.name());
    }

    /** Runs a plan that is no job: a query, or a statement that ends by itself. */
    PlanRun start(Plan plan, String name, SessionSettings settings) {
        int restartAfter = settings.restartAfterBatches();
        if (restartAfter == 0 || replaces(plan)) {
            return new PlanRun(
                    List.of(() -> start(plan, name, settings, settings.parallelism(), 0, Optional.empty())),
                    Optional.empty());
        }
        Optional<ScratchDirectory> scratch = Optional.of(ScratchDirectory.create());
        List<Integer> parallelism = new ArrayList<>(List.of(settings.parallelism()));
        parallelism.addAll(settings.restartParallelism());
        List<Supplier<JobExecution>> executions = new ArrayList<>();
        for (int i = 0; i < parallelism.size(); i++) {
            int tasks = parallelism.get(i);
            int stopAfter = i < parallelism.size() - 1 ? restartAfter : 0;
            executions.add(() -> start(plan, name, settings, tasks, stopAfter, scratch.map(ScratchDirectory::path)));
        }
        return new PlanRun(executions, scratch);
    }

    /** What is replaced is replaced by one commit, so by a run without a break. */
    private static boolean replaces(Plan plan) {
        return plan.sinks().stream().anyMatch(node -> node instanceof PlanNode.TableSink sink && sink.overwrite());
    }

    private JobExecution start(
            Plan plan,
            String name,
            SessionSettings settings,
            int parallelism,
            int stopAfterBatches,
            Optional<Path> checkpoints) {
        return JobExecution.start(
                plan,
                environment,
                new JobOptions(
                        name,
                        parallelism,
                        settings.batchRows(),
                        Duration.ZERO,
                        checkpoints,
                        settings.epochAfterEachBatch(),
                        stopAfterBatches,
                        settings.values(),
                        Duration.ZERO,
                        settings.epochGap()));
    }

    /** Plans a job's statement as it was when it was started, and runs it. */
    private JobExecution startJob(JobDefinition definition, Optional<Path> checkpoints) {
        try (EngineSession session = newSession(Map.of())) {
            definition.settings().forEach(session.settings()::set);
            session.sessionCatalog().useDatabase(definition.catalog(), definition.database());
            Statement statement = SqlParser.parse(definition.sql());
            Plan plan = session.planJob(statement);
            return JobExecution.start(
                    plan,
                    environment,
                    new JobOptions(
                            definition.name(),
                            session.settings().parallelism(),
                            session.settings().batchRows(),
                            definition.continuous() ? session.settings().checkpointInterval() : Duration.ZERO,
                            checkpoints,
                            session.settings().epochAfterEachBatch(),
                            0,
                            definition.settings(),
                            statement instanceof CreateMaterializedView
                                    ? commitGap(checkpoints, session.settings())
                                    : Duration.ZERO,
                            session.settings().epochGap()));
        }
    }

    /** How soon a view shows what has come: at once in memory; on disk a checkpoint costs something. */
    private static Duration commitGap(Optional<Path> checkpoints, SessionSettings settings) {
        Duration least = checkpoints.isPresent() ? VIEW_GAP_ON_DISK : VIEW_GAP_IN_MEMORY;
        return settings.epochGap().compareTo(least) > 0 ? settings.epochGap() : least;
    }

    @Override
    public void close() {
        sessions.forEach(EngineSession::close);
        jobs.close();
        tables.close();
        userClasses.close();
        try {
            allocator.close();
        } catch (IllegalStateException e) {
            LOG.error(
                    "memory_leaked engine={}",
                    options.dataDirectory().map(Path::toString).orElse("memory"),
                    e);
        } finally {
            directory.ifPresent(DataDirectory::close);
        }
    }
}
