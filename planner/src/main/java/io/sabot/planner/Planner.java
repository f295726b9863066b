package io.sabot.planner;

import io.sabot.catalog.CatalogReader;
import io.sabot.catalog.MaterializedView;
import io.sabot.catalog.Table;
import io.sabot.catalog.View;
import io.sabot.catalog.connector.Descriptors;
import io.sabot.catalog.function.UserFunction;
import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.parser.SqlParser;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.error.SqlSpan;
import io.sabot.parser.statement.Assignment;
import io.sabot.parser.statement.CreateFunction;
import io.sabot.parser.statement.CreateMaterializedView;
import io.sabot.parser.statement.CreateTable;
import io.sabot.parser.statement.CreateView;
import io.sabot.parser.statement.Delete;
import io.sabot.parser.statement.EmitMode;
import io.sabot.parser.statement.Insert;
import io.sabot.parser.statement.ObjectName;
import io.sabot.parser.statement.Query;
import io.sabot.parser.statement.StatementSet;
import io.sabot.parser.statement.Update;
import io.sabot.planner.explain.PlanText;
import io.sabot.planner.function.FunctionTable;
import io.sabot.planner.function.UserFunctionText;
import io.sabot.planner.logical.Optimizer;
import io.sabot.planner.physical.Places;
import io.sabot.planner.physical.PlanBuilder;
import io.sabot.planner.physical.PlanBuilder.Output;
import io.sabot.planner.physical.PlanOptions;
import io.sabot.planner.physical.SourceRules;
import io.sabot.planner.physical.StateTtls;
import io.sabot.planner.plan.CalciteTypes;
import io.sabot.planner.plan.ExpressionPlace;
import io.sabot.planner.plan.Plan;
import io.sabot.planner.resolve.FunctionResolver;
import io.sabot.planner.resolve.HintOptions;
import io.sabot.planner.resolve.LateTable;
import io.sabot.planner.resolve.MaterializedViewResolver;
import io.sabot.planner.resolve.RowChangeQuery;
import io.sabot.planner.resolve.SinkQuery;
import io.sabot.planner.resolve.TableResolver;
import io.sabot.planner.resolve.ViewResolver;
import io.sabot.planner.size.PlanSizes;
import io.sabot.planner.size.RelSizes;
import io.sabot.planner.size.TableSizes;
import io.sabot.planner.validate.Parameters;
import io.sabot.planner.validate.SqlFrontend;
import io.sabot.planner.validate.StateTtlHints;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * Plans statements and resolves definitions. One per session or statement; a call may come from any thread, one at a time.
 *
 * <p>Every mistake in the SQL is a {@link SabotException} with its place. Parameters ({@code ?}) get their values when a
 * statement is planned, in the forms that JDBC has: boxed numbers, texts, {@code java.sql} and {@code java.time} values.
 */
public final class Planner {
    private final CatalogReader catalog;
    private final Descriptors descriptors;
    private final SessionSettings settings;
    private final TableSizes sizes;

    /** As below; sizes of tables are not known. */
    public Planner(CatalogReader catalog, Descriptors descriptors, Map<String, String> settings) {
        this(catalog, descriptors, settings, TableSizes.UNKNOWN);
    }

    /** Over what a session sees of the catalogs, the connectors of the process, and the session's settings. */
    public Planner(CatalogReader catalog, Descriptors descriptors, Map<String, String> settings, TableSizes sizes) {
        this.catalog = catalog;
        this.descriptors = descriptors;
        this.settings = new SessionSettings(settings);
        this.sizes = sizes;
    }

    /** What is known of a query before its parameters have values. */
    public record Prepared(Schema row, List<DataType> parameters) {
        public Prepared {
            parameters = List.copyOf(parameters);
        }
    }

    /** The mode that a query asks for, by its text and the session's settings. */
    public QueryMode mode(Query query) {
        return query.emitMode() == EmitMode.NONE && !settings.isStreaming() ? QueryMode.SNAPSHOT : QueryMode.CHANGES;
    }

    /** The plan of a query without parameters, with one sink: the client. */
    public Plan planQuery(Query query, QueryMode mode) {
        return planQuery(query, mode, List.of());
    }

    /** The plan of a query. */
    public Plan planQuery(Query query, QueryMode mode, List<? extends @Nullable Object> parameters) {
        SqlFrontend frontend = new SqlFrontend(catalog);
        Places places = new Places(query.span(), List.of(query.query()));
        RelNode parsed = located(
                () -> frontend.toRel(frontend.validate(Parameters.bind(query.query(), parameters)))
                        .project(),
                query.span());
        boolean snapshot = mode == QueryMode.SNAPSHOT;
        RelNode rel = optimized(List.of(simplified(parsed, places, snapshot ? sizes : TableSizes.UNKNOWN)))
                .get(0);
        Plan plan = new PlanBuilder(
                        options(snapshot, places, PlanBuilder.isLimited(rel), List.of(query.query())), frontend)
                .build(List.of(
                        new Output(rel, parsed.getRowType().getFieldNames(), Optional.empty(), false, !snapshot)));
        checkFinal(query, plan);
        return plan;
    }

    /** Errors that know no better place point at the statement. */
    private static RelNode located(Supplier<RelNode> step, SqlSpan span) {
        try {
            return step.get();
        } catch (SabotException e) {
            throw e.at(span);
        }
    }

    private static void checkFinal(Query query, Plan plan) {
        boolean changes = plan.sinks().get(0).info().stream().changelog() != ChangelogMode.APPEND_ONLY;
        if (query.emitMode() == EmitMode.ON_WINDOW_CLOSE && changes) {
            throw SabotException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "this query changes rows that it has given")
                    .at(query.span())
                    .why("EMIT ON WINDOW CLOSE gives each row once")
                    .hint("aggregate over windows, or write EMIT CHANGES");
        }
    }

    /** The plan of an INSERT without parameters. */
    public Plan planInsert(Insert insert) {
        return planInsert(insert, List.of());
    }

    /**
     * The plan of an INSERT. {@link Plan#bounded} tells whether it ends by itself: when all that it reads does, and the
     * statement does not say EMIT CHANGES.
     */
    public Plan planInsert(Insert insert, List<? extends @Nullable Object> parameters) {
        return planInserts(List.of(insert), parameters, insert.span());
    }

    /**
     * The plan that finds the rows of an UPDATE for the client: the columns of the table as they are, then as they are to
     * be.
     */
    public RowChanges planUpdate(Update update, List<? extends @Nullable Object> parameters) {
        return rowChanges(
                new Change("UPDATE", update.table(), update.assignments(), update.condition(), update.span()),
                parameters);
    }

    /** The plan that finds the rows of a DELETE. */
    public RowChanges planDelete(Delete delete, List<? extends @Nullable Object> parameters) {
        return rowChanges(
                new Change("DELETE", delete.table(), List.of(), delete.condition(), delete.span()), parameters);
    }

    /** The rows of a table that a statement changes. */
    public record RowChanges(Table table, Plan plan) {}

    private record Change(
            String statement,
            ObjectName table,
            List<Assignment> assignments,
            @Nullable SqlNode condition,
            SqlSpan span) {}

    private RowChanges rowChanges(Change change, List<? extends @Nullable Object> parameters) {
        SqlFrontend frontend = new SqlFrontend(catalog);
        RowChangeQuery query = new RowChangeQuery(catalog, frontend, change.statement(), change.table());
        Table table = query.target();
        SqlNode rows = query.query(table, change.assignments(), change.condition());
        Places places = new Places(change.span(), List.of(rows));
        RelNode parsed = located(
                () -> query.rows(table, Parameters.bind(rows, parameters), change.assignments()), change.span());
        List<String> names = parsed.getRowType().getFieldNames();
        Plan plan = new PlanBuilder(options(true, places, false, List.of()), frontend)
                .build(List.of(new Output(optimized(parsed, places), names, Optional.empty(), false, false)));
        return new RowChanges(table, plan);
    }

    /** One plan with a sink for each INSERT; a table that several read is read once. */
    public Plan planStatementSet(StatementSet set) {
        return planInserts(set.inserts(), List.of(), set.span());
    }

    private Plan planInserts(List<Insert> inserts, List<? extends @Nullable Object> parameters, SqlSpan span) {
        SqlFrontend frontend = new SqlFrontend(catalog);
        SourceRules rules = new SourceRules(descriptors);
        List<Table> targets = new ArrayList<>();
        List<RelNode> simplified = new ArrayList<>();
        for (Insert insert : inserts) {
            SinkQuery sink = new SinkQuery(catalog, frontend, insert);
            Table target = sink.target();
            checkSink(target, insert);
            targets.add(target);
            simplified.add(simplified(
                    sink.rows(target, Parameters.bind(insert.query().query(), parameters)),
                    new Places(insert.span(), List.of(insert.query().query()))));
        }
        List<RelNode> rels = optimized(simplified);
        List<Output> outputs = new ArrayList<>();
        boolean ends = !settings.isStreaming() || settings.isBatch();
        for (int i = 0; i < rels.size(); i++) {
            Insert insert = inserts.get(i);
            Table target = targets.get(i);
            ends &= insert.query().emitMode() == EmitMode.NONE
                    && PlanBuilder.tables(rels.get(i)).stream().allMatch(rules::isBounded);
            List<String> names =
                    target.sinkSchema().fields().stream().map(Field::name).toList();
            outputs.add(new Output(
                    rels.get(i), names, Optional.of(target), insert.overwrite(), false, insert.onConflict()));
        }
        if (!ends) {
            checkNoLoop(inserts, outputs);
        }
        List<SqlNode> queries =
                inserts.stream().map(insert -> insert.query().query()).toList();
        return new PlanBuilder(options(ends, new Places(span, queries), false, queries), frontend).build(outputs);
    }

    private RelNode optimized(RelNode rel, Places places) {
        return optimized(List.of(simplified(rel, places))).get(0);
    }

    private List<RelNode> optimized(List<RelNode> simplified) {
        return Optimizer.optimize(simplified, settings.distinctBuckets());
    }

    /** A job is planned again when it goes on, over tables of other sizes: its plan must not depend on them. */
    private RelNode simplified(RelNode rel, Places places) {
        return simplified(rel, places, TableSizes.UNKNOWN);
    }

    /** Only windows can be refused here, as their lengths are looked at. */
    private RelNode simplified(RelNode rel, Places places, TableSizes known) {
        try {
            return Optimizer.simplify(rel, new RelSizes(this::sized, known));
        } catch (SabotException e) {
            throw e.at(places.ofFunction("HOP", "CUMULATE", "TUMBLE", "SESSION", "$HOP", "$TUMBLE", "$SESSION"));
        }
    }

    /** Which rows are late could depend on the order of joins. */
    private Optional<Table> sized(TableScan scan) {
        Table table = PlanBuilder.table(scan);
        boolean hasTime = table.watermark().isPresent() || !table.times().isEmpty();
        return hasTime && !settings.isBatch() ? Optional.empty() : Optional.of(table);
    }

    private void checkSink(Table target, Insert insert) {
        boolean writable = target.connector()
                .flatMap(descriptors::connector)
                .map(connector -> connector.sink())
                .orElse(true);
        if (!writable) {
            throw SabotException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "table '" + target.name().name() + "' can only be read")
                    .at(insert.target().span())
                    .why("connector '" + target.connector().orElse("") + "' writes nothing");
        }
    }

    private static void checkNoLoop(List<Insert> inserts, List<Output> outputs) {
        for (int i = 0; i < outputs.size(); i++) {
            Table target = outputs.get(i).target().orElseThrow();
            boolean loop = outputs.stream()
                    .anyMatch(output -> PlanBuilder.tables(output.rel()).stream()
                            .anyMatch(table -> table.name().equals(target.name())));
            if (loop) {
                throw SabotException.of(
                                ErrorCode.FEATURE_NOT_SUPPORTED,
                                "a continuous query cannot write table '"
                                        + target.name().name() + "', which it reads")
                        .at(inserts.get(i).target().span());
            }
        }
    }

    private PlanOptions options(boolean ends, Places places, boolean limited, List<SqlNode> hinted) {
        return options(ends, places, limited, false, hinted);
    }

    /** @param hinted queries whose hints hold */
    private PlanOptions options(boolean ends, Places places, boolean limited, boolean view, List<SqlNode> hinted) {
        hinted.forEach(query -> HintOptions.check(query, catalog, descriptors));
        return new PlanOptions(
                ends,
                ends,
                ends && settings.isBatch(),
                settings.zone(),
                settings.idleTimeoutMillis(),
                descriptors,
                places,
                limited,
                settings.hasDuplicateChanges(),
                settings.windowEmission(),
                view,
                this::lateTable,
                new StateTtls(settings.stateTtlMillis(), StateTtlHints.of(hinted, catalog)));
    }

    private Table lateTable(Table table) {
        io.sabot.catalog.ObjectName name = LateTable.name(table.name());
        return catalog.find(name)
                .filter(Table.class::isInstance)
                .map(Table.class::cast)
                .orElseThrow(() -> SabotException.of(
                                ErrorCode.UNDEFINED_TABLE, "there is no stream '" + name.name() + "' for late rows")
                        .why("'" + LateTable.OPTION + "' is true for '"
                                + table.name().name() + "'")
                        .hint("set the option where the table is defined: ALTER TABLE "
                                + table.name().name() + " SET ('" + LateTable.OPTION + "' = 'true')"));
    }

    /** Types of a query's columns and parameters. */
    public Prepared prepare(Query query) {
        SqlFrontend.Validated validated = new SqlFrontend(catalog).validate(query.query());
        List<DataType> parameters = CalciteTypes.toSchema(validated.parameters()).fields().stream()
                .map(Field::type)
                .toList();
        return new Prepared(CalciteTypes.toSchema(validated.rowType()), parameters);
    }

    /** Types of an INSERT's parameters. */
    public List<DataType> prepare(Insert insert) {
        return new SinkQuery(catalog, new SqlFrontend(catalog), insert).parameters();
    }

    /** Types of the parameters of an UPDATE. */
    public List<DataType> prepare(Update update) {
        return parameters("UPDATE", update.table(), update.assignments(), update.condition());
    }

    /** Types of the parameters of a DELETE. */
    public List<DataType> prepare(Delete delete) {
        return parameters("DELETE", delete.table(), List.of(), delete.condition());
    }

    private List<DataType> parameters(
            String statement, ObjectName name, List<Assignment> assignments, @Nullable SqlNode condition) {
        RowChangeQuery query = new RowChangeQuery(catalog, new SqlFrontend(catalog), statement, name);
        return query.parameters(query.query(query.target(), assignments, condition));
    }

    /** Columns of a query's result. */
    public Schema rowSchema(Query query) {
        return CalciteTypes.toSchema(
                new SqlFrontend(catalog).validate(query.query()).rowType());
    }

    /** The table that a CREATE TABLE or CREATE STREAM means; the catalog is not changed. */
    public Table resolveTable(CreateTable statement) {
        return new TableResolver(catalog, descriptors, new SqlFrontend(catalog), statement).resolve();
    }

    /** The view that a CREATE VIEW means; the catalog is not changed. */
    public View resolveView(CreateView statement) {
        return ViewResolver.resolve(statement, catalog, new SqlFrontend(catalog));
    }

    /** The body of a CREATE FUNCTION … LANGUAGE SQL with its types; the catalog is not changed. */
    public UserFunction.SqlExpression resolveFunction(String name, CreateFunction.SqlBody body) {
        return FunctionResolver.resolve(name, body, new SqlFrontend(catalog));
    }

    /** What is to be said about a function that a class computes; errors have no place. */
    public UserFunctionText describeFunction(UserFunction function) {
        return new SqlFrontend(catalog).userFunctions().describe(function);
    }

    /** Looks at the class of a function that is to be created; errors have no place. */
    public void checkFunction(UserFunction function) {
        new SqlFrontend(catalog).userFunctions().check(function);
    }

    /** The materialized view that a statement means; the catalog is not changed. */
    public MaterializedView resolveMaterializedView(CreateMaterializedView statement) {
        MaterializedViewResolver.check(statement);
        SqlFrontend frontend = new SqlFrontend(catalog);
        SqlNode query = statement.query().query();
        String text = ViewResolver.qualified(query, catalog);
        Places places = new Places(statement.span(), List.of(query));
        SqlFrontend.Validated validated = frontend.validate(query);
        RelNode parsed = located(() -> frontend.toRel(validated).project(), statement.span());
        Schema schema = MaterializedViewResolver.kept(
                ViewResolver.named(
                        CalciteTypes.toSchema(validated.rowType()),
                        statement.columns(),
                        statement.query().span()),
                statement);
        List<String> names = schema.fields().stream().map(Field::name).toList();
        Plan plan = new PlanBuilder(options(false, places, false, true, List.of(query)), frontend)
                .build(List.of(new Output(optimized(parsed, places), names, Optional.empty(), false, true)));
        return MaterializedViewResolver.resolve(
                catalog.resolve(statement.name().values()), schema, text, statement, plan);
    }

    /** The plan of the job that keeps a materialized view. */
    public Plan planView(MaterializedView view, SqlSpan span) {
        SqlFrontend frontend = new SqlFrontend(catalog);
        if (!(SqlParser.parse(view.querySql()) instanceof Query query)) {
            throw new IllegalStateException("the text of a view is no query: " + view.querySql());
        }
        Places places = new Places(span, List.of());
        RelNode parsed =
                located(() -> frontend.toRel(frontend.validate(query.query())).project(), span);
        String owner = "materialized view '" + view.name().name() + "'";
        parsed = ExpressionPlace.within(parsed, frontend.cluster().getRexBuilder(), owner, span);
        List<String> names = view.schema().fields().stream().map(Field::name).toList();
        return new PlanBuilder(options(false, places, false, true, List.of(query.query())), frontend)
                .build(List.of(new Output(optimized(parsed, places), names, Optional.of(view.rows()), false, false)));
    }

    /** Names of the functions that queries can call, in capitals, sorted. */
    public static List<String> functionNames() {
        return List.copyOf(FunctionTable.INSTANCE.functionNames());
    }

    /** What EXPLAIN ESTIMATED_COST adds behind an operator. */
    public Function<String, String> estimates(Plan plan) {
        Map<String, Double> rows = PlanSizes.of(plan, sizes);
        return operator -> PlanSizes.text(Optional.ofNullable(rows.get(operator)));
    }

    /** The printed form of a plan: deterministic, several lines, see {@link PlanText}. */
    public static String explain(Plan plan) {
        return PlanText.of(plan);
    }
}
