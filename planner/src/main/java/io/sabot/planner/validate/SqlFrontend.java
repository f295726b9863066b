package io.sabot.planner.validate;

import io.sabot.catalog.CatalogReader;
import io.sabot.parser.SqlParser;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.error.SqlSpan;
import io.sabot.parser.statement.Query;
import io.sabot.parser.statement.Statement;
import io.sabot.parser.text.SqlSpans;
import io.sabot.planner.form.FormCheck;
import io.sabot.planner.form.HintForm;
import io.sabot.planner.function.CallConversion;
import io.sabot.planner.function.CastOperator;
import io.sabot.planner.function.CatalogFunctions;
import io.sabot.planner.function.FunctionTable;
import io.sabot.planner.plan.CalciteTypes;
import io.sabot.planner.plan.ExpressionPlace;
import io.sabot.planner.type.SabotTypeFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.schema.Table;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.jspecify.annotations.Nullable;

/**
 * From a parsed query to Calcite's relational tree: names looked up, types found, views put in. Of one statement, one
 * thread.
 */
public final class SqlFrontend {
    private static final String AD_HOC = "$row";

    private final CatalogReader catalog;
    private final CatalogFunctions users;
    private final SqlOperatorTable functions;
    private final Map<String, Table> adHoc = new HashMap<>();
    private final RelDataTypeFactory typeFactory = new SabotTypeFactory();
    private final CalciteCatalogReader reader;
    private final RelOptCluster cluster;
    /** The queries that are being converted, the innermost first. */
    private final Deque<SqlNode> converted = new ArrayDeque<>();

    /** Looks names up in this catalog. */
    public SqlFrontend(CatalogReader catalog) {
        this.catalog = catalog;
        this.users = new CatalogFunctions(catalog, hint -> CalciteTypes.toCatalog(type(SqlParser.parseDataType(hint))));
        this.functions = FunctionTable.INSTANCE.with(users);
        CalciteSchema root = CalciteSchema.createRootSchema(
                false,
                false,
                "",
                CatalogSchema.root(catalog, adHoc::get, table -> new TableRelation(table, this::expressions)));
        this.reader = new Reader(root, paths(catalog), typeFactory);
        this.cluster = RelOptCluster.create(new HepPlanner(HepProgram.builder().build()), new RexBuilder(typeFactory));
        LeanMetadata.install(cluster);
    }

    private static List<List<String>> paths(CatalogReader catalog) {
        return List.of(
                List.of(catalog.currentCatalog(), catalog.currentDatabase()),
                List.of(catalog.currentCatalog()),
                List.of());
    }

    /** A validated query and the validator that knows its types. */
    public record Validated(SqlNode node, SqlValidator validator) {
        /** Columns of the result. */
        public RelDataType rowType() {
            return validator.getValidatedNodeType(node);
        }

        /** Types of the parameters, by their order, as fields of a row. */
        public RelDataType parameters() {
            return validator.getParameterRowType(node);
        }
    }

    /** Looks up names and finds types; every mistake of the user is a {@link SabotException} with its place. */
    public Validated validate(SqlNode query) {
        return guarded(query, () -> {
            FormCheck.check(query);
            SqlNode rewritten = query;
            for (SqlShuttle rewrite : List.of(
                    new FunctionExpansion(catalog),
                    new WindowRewrite(),
                    new MatchQualifiers(),
                    new LookupHints(),
                    new JsonNulls())) {
                rewritten = Objects.requireNonNull(rewritten.accept(rewrite));
            }
            CastOperator.use(rewritten);
            SqlValidator validator = newValidator();
            return new Validated(validator.validate(rewritten), validator);
        });
    }

    /** The tree of a validated query, hidden sort columns removed. */
    public RelRoot toRel(Validated query) {
        converted.push(query.node());
        try {
            return guarded(query.node(), () -> converter(query.validator()).convertQuery(query.node(), false, true));
        } finally {
            converted.pop();
        }
    }

    private <T> T guarded(SqlNode query, Supplier<T> step) {
        try {
            return step.get();
        } catch (CalciteContextException e) {
            throw new ValidationErrors(catalog, query).translate(e);
        } catch (AssertionError e) {
            if (!String.valueOf(e.getMessage()).startsWith("Correlate has invalid join type")) {
                throw e;
            }
            throw SabotException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "the right side of a RIGHT or FULL join cannot depend on its left side")
                    .at(SqlSpans.of(query))
                    .hint("write an inner or left join")
                    .causedBy(e);
        } catch (CalciteException | UnsupportedOperationException e) {
            throw ValidationErrors.unsupported(e, query);
        } catch (NullPointerException e) {
            if (!String.valueOf(e.getMessage()).startsWith("expected non-null operand 1")) {
                throw e;
            }
            throw SabotException.of(ErrorCode.DATATYPE_MISMATCH, "row[…] takes the name or number of a field")
                    .at(SqlSpans.of(query))
                    .why("its type could not be known otherwise")
                    .hint("write row['field'] or row.field")
                    .causedBy(e);
        } catch (SabotException e) {
            throw e;
        } catch (RuntimeException e) {
            throw ofConverter(e);
        }
    }

    /** Errors from within the conversion of a call come wrapped, once for each call around it. */
    private static RuntimeException ofConverter(RuntimeException error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SabotException ours) {
                return ours;
            }
        }
        return error;
    }

    private SqlValidator newValidator() {
        return SqlValidatorUtil.newValidator(
                functions,
                reader,
                typeFactory,
                SqlValidator.Config.DEFAULT
                        .withConformance(ValidatorConformance.INSTANCE)
                        .withDefaultNullCollation(NullCollation.LOW)
                        .withIdentifierExpansion(true)
                        .withTypeCoercionEnabled(true)
                        .withTypeCoercionFactory(StrictCoercion::new));
    }

    private SqlToRelConverter converter(SqlValidator validator) {
        return new SqlToRelConverter(
                (rowType, sql, schemaPath, viewPath) -> expandView(sql, viewPath),
                validator,
                reader,
                cluster,
                CallConversion.INSTANCE,
                SqlToRelConverter.config()
                        .withExpand(false)
                        .withTrimUnusedFields(false)
                        .withInSubQueryThreshold(20)
                        .withHintStrategyTable(HintForm.strategies())
                        .withRelBuilderConfigTransform(config -> config.withSimplify(false)
                                .withBloat(-1)
                                .withPushJoinCondition(false)
                                .withPruneInputOfAggregate(false)));
    }

    /**
     * Places in the text of a view mean nothing in the statement that reads it: errors of the view have none, and its
     * expressions stand where the view is named.
     */
    private RelRoot expandView(String sql, @Nullable List<String> path) {
        String name = path == null || path.isEmpty() ? "" : path.get(path.size() - 1);
        try {
            RelRoot root = expandView(sql);
            SqlSpan place = converted.isEmpty() ? SqlSpan.NONE : TablePlace.of(converted.getFirst(), name);
            return root.withRel(
                    ExpressionPlace.within(root.rel, cluster.getRexBuilder(), "view '" + name + "'", place));
        } catch (SabotException e) {
            throw SabotException.of(e.code(), "view '" + name + "' can no longer be read: " + e.what())
                    .why(e.why().orElse(""))
                    .hint("drop the view and create it again")
                    .causedBy(e);
        }
    }

    private RelRoot expandView(String sql) {
        Statement statement = SqlParser.parse(sql);
        if (!(statement instanceof Query query)) {
            throw new IllegalStateException("the text of a view is no query: " + sql);
        }
        return toRel(validate(query.query()));
    }

    /** The type that is written; nullable unless it says NOT NULL. */
    public RelDataType type(SqlDataTypeSpec type) {
        return guarded(type, () -> {
            FormCheck.check(type);
            return type.deriveType(newValidator());
        });
    }

    /** Functions of users, as this statement sees them. */
    public CatalogFunctions userFunctions() {
        return users;
    }

    /** Types of this statement. */
    public RelDataTypeFactory typeFactory() {
        return typeFactory;
    }

    /** What the trees of this statement share. */
    public RelOptCluster cluster() {
        return cluster;
    }

    /**
     * Expressions over the columns of one row that is in no catalog, such as computed columns and watermarks.
     *
     * @return in the same order, over references to the fields of {@code row}
     */
    public List<RexNode> expressions(RelDataType row, List<SqlNode> expressions) {
        if (expressions.isEmpty()) {
            return List.of();
        }
        adHoc.put(AD_HOC, new RowRelation(row));
        SqlParserPos position = SqlParserPos.ZERO;
        SqlSelect select = new SqlSelect(
                position,
                null,
                new SqlNodeList(expressions, position),
                new SqlIdentifier(AD_HOC, position),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        RelNode rel = toRel(validate(select)).project(true);
        if (rel instanceof Project project && project.getInput() instanceof TableScan) {
            return project.getProjects();
        }
        throw SabotException.of(
                        ErrorCode.FEATURE_NOT_SUPPORTED, "an expression of a table cannot hold a query or an aggregate")
                .at(SqlSpans.of(expressions.get(0)));
    }

    /** Names of one part are looked up in the current database, of two in the current catalog, of three from the root. */
    private static final class Reader extends CalciteCatalogReader {
        Reader(CalciteSchema root, List<List<String>> paths, RelDataTypeFactory typeFactory) {
            super(root, SqlNameMatchers.withCaseSensitive(true), paths, typeFactory, config());
        }

        private static CalciteConnectionConfig config() {
            Properties properties = new Properties();
            properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "true");
            return new CalciteConnectionConfigImpl(properties);
        }
    }
}
