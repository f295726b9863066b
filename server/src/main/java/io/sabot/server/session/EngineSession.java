package io.sabot.server.session;

import io.sabot.catalog.CatalogException;
import io.sabot.catalog.CatalogObject;
import io.sabot.catalog.CatalogReader;
import io.sabot.catalog.ObjectName;
import io.sabot.catalog.Table;
import io.sabot.catalog.type.DataType;
import io.sabot.parser.SqlParser;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.statement.Delete;
import io.sabot.parser.statement.Insert;
import io.sabot.parser.statement.Query;
import io.sabot.parser.statement.Statement;
import io.sabot.parser.statement.Update;
import io.sabot.planner.Planner;
import io.sabot.planner.plan.Plan;
import io.sabot.server.job.Job;
import io.sabot.server.job.JobPhase;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A session of an engine in this process. */
final class EngineSession implements Session {
    private static final String TIME_ZONE_PROPERTY = "timeZone";

    private final Engine engine;
    private final String id = UUID.randomUUID().toString();
    private final SessionCatalog catalog;
    private final SessionSettings settings = new SessionSettings();
    private final Set<QueryCursor> cursors = ConcurrentHashMap.newKeySet();
    private final Map<ObjectName, Long> written = new ConcurrentHashMap<>();
    private final List<Job> startedJobs = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable Runnable> executing = new AtomicReference<>();
    private volatile boolean closed;

    EngineSession(Engine engine, Map<String, String> properties) {
        this.engine = engine;
        this.catalog = new SessionCatalog(engine.catalogs(), engine.userClasses());
        properties.forEach((key, value) -> {
            if (key.equals(TIME_ZONE_PROPERTY)) {
                settings.set(SettingSpecs.TIME_ZONE, value);
            } else if (!key.equals("user") && !key.equals("password")) {
                settings.set(key, value);
            }
        });
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public synchronized StatementResult execute(String sql, List<@Nullable Object> parameters) {
        return run(SqlParser.parse(sql), parameters);
    }

    /** Runs a parsed statement. */
    StatementResult run(Statement statement, List<@Nullable Object> parameters) {
        if (closed) {
            throw SabotException.of(ErrorCode.INVALID_STATE, "the session is closed");
        }
        try {
            return new StatementRunner(this).run(statement, parameters);
        } catch (CatalogException e) {
            throw StatementErrors.of(e, statement.span());
        }
    }

    @Override
    public synchronized PreparedStatementInfo prepare(String sql) {
        Statement statement = SqlParser.parse(sql);
        try {
            if (statement instanceof Query query) {
                return new QueryStatements(this).prepare(query);
            }
            return new PreparedStatementInfo(Optional.empty(), parameters(statement));
        } catch (CatalogException e) {
            throw StatementErrors.of(e, statement.span());
        }
    }

    private List<DataType> parameters(Statement statement) {
        if (statement instanceof Insert insert) {
            return planner().prepare(insert);
        } else if (statement instanceof Update update) {
            return planner().prepare(update);
        }
        return statement instanceof Delete delete ? planner().prepare(delete) : List.of();
    }

    /** The plan of a statement that runs as a job. */
    Plan planJob(Statement statement) {
        try {
            return new QueryStatements(this).planJob(statement);
        } catch (CatalogException e) {
            throw StatementErrors.of(e, statement.span());
        }
    }

    Planner planner() {
        return new Planner(catalog, engine.connectors().descriptors(), settings.values(), engine::estimatedRows);
    }

    Engine engine() {
        return engine;
    }

    SessionCatalog sessionCatalog() {
        return catalog;
    }

    SessionSettings settings() {
        return settings;
    }

    @Override
    public CatalogReader catalog() {
        return catalog;
    }

    void opened(QueryCursor cursor, String sql) {
        cursors.add(cursor);
        engine.queries().add(cursor, sql);
    }

    void closed(QueryCursor cursor) {
        cursors.remove(cursor);
        engine.queries().remove(cursor);
    }

    /** This session has written rows of a table that the engine keeps: its later queries see them, through views too. */
    void wrote(Table table) {
        written.put(table.name(), engine.rows(table).end());
    }

    /** Places in the logs of the tables that this session wrote, behind its last writes. */
    Map<ObjectName, Long> writtenPlaces() {
        return Map.copyOf(written);
    }

    /** Waits for the end of a job that this session started; cancelling the statement cancels it. */
    void await(Job job) {
        whileExecuting(() -> engine.jobs().cancel(job.name()), () -> {
            try {
                boolean over = false;
                while (!over) {
                    over = job.await(1000);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    void started(Job job) {
        startedJobs.add(job);
    }

    /** Runs something that {@link #cancelExecuting} can end. */
    void whileExecuting(Runnable cancel, Runnable work) {
        executing.set(cancel);
        try {
            work.run();
        } finally {
            executing.set(null);
        }
    }

    @Override
    public void cancel(String queryId) {
        engine.queries().cancel(queryId);
    }

    @Override
    public void cancelExecuting() {
        Runnable cancel = executing.get();
        if (cancel != null) {
            cancel.run();
        }
    }

    @Override
    public ZoneId timeZone() {
        return ZoneId.of(settings.find(SettingSpecs.TIME_ZONE).orElseThrow());
    }

    @Override
    public boolean awaitJobs(long waitMillis) {
        long deadline = System.nanoTime() + waitMillis * 1_000_000;
        try {
            for (Job job : startedJobs) {
                if (!job.await(Math.max(0, (deadline - System.nanoTime()) / 1_000_000))) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public List<JobFailure> failedJobs() {
        return startedJobs.stream()
                .filter(job -> job.phase() == JobPhase.FAILED)
                .map(job -> new JobFailure(
                        job.name(),
                        job.definition().sql(),
                        job.failure()
                                .orElse(SabotException.of(
                                        ErrorCode.INTERNAL_ERROR, "job '" + job.name() + "' failed"))))
                .toList();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        cancelExecuting();
        cursors.forEach(QueryCursor::cancel);
        List.copyOf(cursors).forEach(QueryCursor::close);
        for (CatalogObject object : catalog.temporaryObjects()) {
            catalog.drop(object.name());
            engine.dropped(object);
        }
        engine.closed(this);
    }
}
