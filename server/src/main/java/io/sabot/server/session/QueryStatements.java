package io.sabot.server.session;

import io.sabot.catalog.CatalogObject;
import io.sabot.catalog.MaterializedView;
import io.sabot.catalog.ObjectName;
import io.sabot.catalog.Unreadable;
import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.job.JobExecution;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.statement.CreateMaterializedView;
import io.sabot.parser.statement.CreateTable;
import io.sabot.parser.statement.CreateView;
import io.sabot.parser.statement.Explain;
import io.sabot.parser.statement.ExplainDetail;
import io.sabot.parser.statement.Insert;
import io.sabot.parser.statement.Query;
import io.sabot.parser.statement.Statement;
import io.sabot.parser.statement.StatementSet;
import io.sabot.planner.Planner;
import io.sabot.planner.QueryMode;
import io.sabot.planner.explain.PlanJson;
import io.sabot.planner.explain.PlanText;
import io.sabot.planner.plan.Plan;
import io.sabot.planner.plan.PlanNode;
import io.sabot.planner.validate.UnreadableObjects;
import io.sabot.server.job.Job;
import io.sabot.server.job.JobDefinition;
import io.sabot.server.job.Jobs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Statements that read and write rows. */
final class QueryStatements {
    private final EngineSession session;
    private final Engine engine;

    QueryStatements(EngineSession session) {
        this.session = session;
        this.engine = session.engine();
    }

    StatementResult select(Query query, List<@Nullable Object> parameters) {
        Plan plan = plan(query, parameters);
        List<String> warnings = new ViewFrontiers(session).await(plan);
        String id = UUID.randomUUID().toString();
        PlanRun run = engine.start(plan, "query-" + id.substring(0, 8), session.settings());
        QueryCursor cursor = new QueryCursor(id, schema(plan), run, session::closed);
        session.opened(cursor, query.text());
        return new StatementResult(Optional.of(cursor), -1, warnings);
    }

    private Plan plan(Query query, List<@Nullable Object> parameters) {
        Planner planner = session.planner();
        return planner.planQuery(query, planner.mode(query), parameters);
    }

    /** Columns that a client gets, and the types of its parameters. */
    PreparedStatementInfo prepare(Query query) {
        Planner planner = session.planner();
        Planner.Prepared prepared = planner.prepare(query);
        boolean plannable = prepared.parameters().isEmpty() && planner.mode(query) == QueryMode.CHANGES;
        Schema schema = plannable ? schema(plan(query, List.of())) : prepared.row();
        return new PreparedStatementInfo(Optional.of(schema), prepared.parameters());
    }

    private static Schema schema(Plan plan) {
        PlanNode.ClientSink sink = (PlanNode.ClientSink) plan.sinks().get(0);
        Schema rows = sink.schema();
        if (sink.input().info().stream().changelog() == ChangelogMode.APPEND_ONLY) {
            return rows;
        }
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("op", AtomicType.STRING.withNullable(false)));
        fields.addAll(rows.fields());
        return new Schema(fields);
    }

    StatementResult insert(Insert insert, List<@Nullable Object> parameters) {
        Plan plan = session.planner().planInsert(insert, parameters);
        return run(insert, plan, "insert-into-" + insert.target().last());
    }

    StatementResult insertAll(StatementSet set) {
        return run(set, session.planner().planStatementSet(set), "statement-set");
    }

    Plan planJob(Statement statement) {
        if (statement instanceof Insert insert) {
            return session.planner().planInsert(insert, List.of());
        }
        if (statement instanceof CreateMaterializedView create) {
            ObjectName name = session.sessionCatalog().resolve(create.name().values());
            CatalogObject object = session.sessionCatalog().find(name).orElseThrow();
            if (object instanceof Unreadable unreadable) {
                throw UnreadableObjects.error(unreadable);
            }
            return session.planner().planView((MaterializedView) object, create.span());
        }
        return session.planner().planStatementSet((StatementSet) statement);
    }

    private StatementResult run(Statement statement, Plan plan, String wish) {
        return plan.bounded() ? runToEnd(statement, plan, wish) : runAsJob(statement, wish);
    }

    private StatementResult runToEnd(Statement statement, Plan plan, String name) {
        List<String> warnings = new ArrayList<>(new ViewFrontiers(session).await(plan));
        try (PlanRun run = engine.start(plan, name + "-" + UUID.randomUUID(), session.settings())) {
            session.whileExecuting(run::cancel, run::await);
            run.failure().ifPresent(failure -> {
                throw failure;
            });
            if (run.wasCancelled()) {
                throw SabotException.of(ErrorCode.QUERY_CANCELLED, "the statement was cancelled")
                        .at(statement.span());
            }
            plan.sinks().forEach(this::written);
            long late = run.total("late_rows");
            if (late > 0) {
                warnings.add(late + " late " + (late == 1 ? "row was" : "rows were") + " dropped");
            }
            return new StatementResult(Optional.empty(), run.total(JobExecution.ROWS_WRITTEN), warnings);
        }
    }

    private StatementResult runAsJob(Statement statement, String wish) {
        Jobs jobs = engine.jobs();
        Map<String, String> settings = new HashMap<>(session.settings().values());
        String named = settings.remove(SettingSpecs.JOB_NAME);
        JobDefinition definition = new JobDefinition(
                jobs.freeName(named == null ? wish : named),
                statement.text(),
                session.catalog().currentCatalog(),
                session.catalog().currentDatabase(),
                settings,
                true);
        Job job = jobs.start(definition);
        session.started(job);
        if (session.settings().waitsForDml()) {
            session.await(job);
            job.failure().ifPresent(failure -> {
                throw failure;
            });
        }
        return new StatementResult(
                Optional.empty(), job.rowsWritten(), List.of("job '" + job.name() + "' runs; SHOW JOBS lists it"));
    }

    private void written(PlanNode sink) {
        if (sink instanceof PlanNode.TableSink target
                && target.table().connector().isEmpty()) {
            session.wrote(target.table());
        }
    }

    StatementResult explain(Explain explain) {
        Statement statement = explain.statement();
        Plan plan;
        if (statement instanceof Query query) {
            plan = plan(query, List.of());
        } else if (statement instanceof Insert || statement instanceof StatementSet) {
            plan = planJob(statement);
        } else if (statement instanceof CreateMaterializedView create) {
            plan = session.planner().planView(session.planner().resolveMaterializedView(create), create.span());
        } else if (statement instanceof CreateView create) {
            plan = plan(create.query(), List.of());
        } else if (statement instanceof CreateTable create && create.query() != null) {
            plan = plan(create.query(), List.of());
        } else {
            throw SabotException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "only queries and INSERT can be explained")
                    .at(statement.span());
        }
        Function<String, String> estimated = explain.details().contains(ExplainDetail.ESTIMATED_COST)
                ? session.planner().estimates(plan)
                : operator -> "";
        Function<String, String> measured =
                explain.details().contains(ExplainDetail.ANALYZE) ? analyze(explain, plan) : operator -> "";
        TextRows.Builder rows = new TextRows.Builder("plan");
        PlanText.of(plan, operator -> estimated.apply(operator) + measured.apply(operator))
                .lines()
                .forEach(rows::add);
        if (explain.details().contains(ExplainDetail.JSON_EXECUTION_PLAN)) {
            PlanJson.of(plan).lines().forEach(rows::add);
        }
        return rows.build(engine.allocator());
    }

    /** Runs the statement, forgets its rows, and tells what each operator did. */
    private Function<String, String> analyze(Explain explain, Plan plan) {
        if (!plan.bounded() || explain.statement() instanceof CreateMaterializedView) {
            throw SabotException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "EXPLAIN ANALYZE of a statement that never ends")
                    .at(explain.span())
                    .hint("DESCRIBE JOB shows what a running job has done");
        }
        try (PlanRun run = engine.start(plan, "analyze-" + UUID.randomUUID(), session.settings())) {
            boolean query = plan.sinks().get(0) instanceof PlanNode.ClientSink;
            session.whileExecuting(run::cancel, query ? () -> drain(run) : run::await);
            run.failure().ifPresent(failure -> {
                throw failure;
            });
            plan.sinks().forEach(this::written);
            Map<String, Map<String, Long>> counters = run.counters();
            return operator -> measured(counters.getOrDefault(operator, Map.of()));
        }
    }

    private static void drain(PlanRun run) {
        boolean ended = false;
        while (!ended) {
            ended = run.hasEnded();
            Batch batch = run.poll(100);
            while (batch != null) {
                batch.close();
                batch = run.poll(0);
            }
        }
        run.await();
    }

    private static String measured(Map<String, Long> counters) {
        if (counters.isEmpty()) {
            return "";
        }
        long entries = counters.getOrDefault("state_entries", 0L);
        return " | rows in " + counters.getOrDefault("rows_in", 0L) + ", out "
                + counters.getOrDefault("rows_out", 0L)
                + " | "
                + String.format(Locale.ROOT, "%.3f ms", counters.getOrDefault("nanos", 0L) / 1e6)
                + (entries > 0 ? " | state " + entries + (entries == 1 ? " entry" : " entries") : "");
    }
}
