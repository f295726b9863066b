package io.sabot.planner.resolve;

import io.sabot.catalog.CatalogObject;
import io.sabot.catalog.CatalogReader;
import io.sabot.catalog.Guess;
import io.sabot.catalog.Table;
import io.sabot.catalog.TableKind;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.parser.SqlParser;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.statement.Assignment;
import io.sabot.parser.statement.ObjectName;
import io.sabot.parser.text.SqlSpans;
import io.sabot.planner.plan.CalciteTypes;
import io.sabot.planner.validate.SqlFrontend;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * The query that finds the rows of an UPDATE or a DELETE: the columns of {@link Table#sinkSchema()} as they are, and for
 * an UPDATE behind them as they are to be.
 */
public final class RowChangeQuery {
    private static final SqlParserPos NOWHERE = SqlParserPos.ZERO;

    private final CatalogReader catalog;
    private final SqlFrontend frontend;
    private final String statement;
    private final ObjectName name;

    /**
     * For one statement.
     *
     * @param statement UPDATE or DELETE, for errors
     */
    public RowChangeQuery(CatalogReader catalog, SqlFrontend frontend, String statement, ObjectName name) {
        this.catalog = catalog;
        this.frontend = frontend;
        this.statement = statement;
        this.name = name;
    }

    /** The table that is changed; it is kept by the engine. */
    public Table target() {
        CatalogObject object = catalog.find(catalog.resolve(name.values()))
                .orElseThrow(() -> SabotException.of(ErrorCode.UNDEFINED_TABLE, "table '" + name + "' does not exist")
                        .at(name.span()));
        if (object instanceof Table table && table.connector().isEmpty() && table.kind() == TableKind.TABLE) {
            return table;
        }
        SabotException refused = SabotException.of(
                        ErrorCode.FEATURE_NOT_SUPPORTED, "the rows of '" + name + "' cannot be changed by " + statement)
                .at(name.span());
        if (object instanceof Table table && table.connector().isPresent()) {
            throw refused.why("it has the connector '" + table.connector().get()
                            + "'; only tables kept by the engine can be changed")
                    .hint("INSERT into it, or keep the rows in a table without a connector");
        }
        throw refused.why(object instanceof Table ? "a stream only gets new rows" : "it is a view");
    }

    /** The query as text would have it; not validated. */
    public SqlNode query(Table table, List<Assignment> assignments, @Nullable SqlNode condition) {
        SqlNodeList items = new SqlNodeList(NOWHERE);
        for (Field field : table.sinkSchema().fields()) {
            items.add(column(field.name()));
        }
        check(table, assignments);
        if (!assignments.isEmpty()) {
            for (Field field : table.sinkSchema().fields()) {
                SqlNode value = value(field, assignments)
                        .map(written -> typed(written, field.type()))
                        .orElseGet(() -> column(field.name()));
                items.add(SqlStdOperatorTable.AS.createCall(NOWHERE, value, column("$" + field.name())));
            }
        }
        SqlIdentifier from = new SqlIdentifier(name.values(), NOWHERE);
        return new SqlSelect(NOWHERE, null, items, from, condition, null, null, null, null, null, null, null, null);
    }

    /** A parameter that stands alone has the type of its column. */
    private static SqlNode typed(SqlNode value, DataType type) {
        return value instanceof SqlDynamicParam
                ? SqlStdOperatorTable.CAST.createCall(
                        NOWHERE,
                        value,
                        SqlParser.parseDataType(type.withNullable(true).sql()))
                : value;
    }

    /** Types of the parameters of a query that {@link #query} has made. */
    public List<DataType> parameters(SqlNode query) {
        return CalciteTypes.toSchema(frontend.validate(query).parameters()).fields().stream()
                .map(Field::type)
                .toList();
    }

    private static SqlIdentifier column(String name) {
        return new SqlIdentifier(name, NOWHERE);
    }

    private static Optional<SqlNode> value(Field field, List<Assignment> assignments) {
        return assignments.stream()
                .filter(assignment -> assignment.column().value().equals(field.name()))
                .map(Assignment::value)
                .findFirst();
    }

    private void check(Table table, List<Assignment> assignments) {
        Set<String> seen = new HashSet<>();
        List<String> names =
                table.sinkSchema().fields().stream().map(Field::name).toList();
        for (Assignment assignment : assignments) {
            String column = assignment.column().value();
            if (!names.contains(column)) {
                SabotException error = SabotException.of(
                                ErrorCode.UNDEFINED_COLUMN, "column '" + column + "' does not exist")
                        .at(assignment.column().span())
                        .why("table '" + name + "' takes " + String.join(", ", names));
                throw Guess.closest(column, names)
                        .map(guess -> error.hint("did you mean '" + guess + "'?"))
                        .orElse(error);
            }
            if (!seen.add(column)) {
                throw SabotException.of(ErrorCode.DUPLICATE_OBJECT, "column '" + column + "' is set twice")
                        .at(assignment.column().span());
            }
        }
    }

    /** The tree, with every new value cast to the type of its column. */
    public RelNode rows(Table table, SqlNode boundQuery, List<Assignment> assignments) {
        SqlFrontend.Validated query = frontend.validate(boundQuery);
        RelNode rel = frontend.toRel(query).project();
        Schema given = CalciteTypes.toSchema(query.rowType());
        Schema sink = table.sinkSchema();
        RexBuilder builder = rel.getCluster().getRexBuilder();
        List<RexNode> columns = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            RexInputRef ref = RexInputRef.of(i, rel.getRowType());
            Field column = sink.fields().get(i % sink.size());
            if (i >= sink.size()) {
                check(given.type(i), column, assignments);
            }
            columns.add(cast(ref, column.type(), builder));
        }
        return LogicalProject.create(rel, List.of(), columns, rel.getRowType().getFieldNames(), Set.of());
    }

    private static RexNode cast(RexInputRef ref, DataType to, RexBuilder builder) {
        return CalciteTypes.toCatalog(ref.getType()).sameIgnoringNull(to)
                ? ref
                : builder.makeCast(
                        CalciteTypes.toCalcite(to.withNullable(ref.getType().isNullable()), builder.getTypeFactory()),
                        ref);
    }

    private static void check(DataType given, Field wanted, List<Assignment> assignments) {
        Optional<SqlNode> value = value(wanted, assignments);
        if (value.isEmpty()
                || ImplicitCasts.allows(given, wanted.type())
                || isLiteralNumber(value.get(), given, wanted.type())) {
            return;
        }
        throw SabotException.of(
                        ErrorCode.DATATYPE_MISMATCH,
                        "column '" + wanted.name() + "' is " + wanted.type().name() + ", the value is " + given.name())
                .at(SqlSpans.of(value.get()))
                .hint("write CAST(… AS " + wanted.type().name() + ")");
    }

    private static boolean isLiteralNumber(SqlNode value, DataType given, DataType wanted) {
        boolean literal = value.getKind() == SqlKind.LITERAL
                || (value.getKind() == SqlKind.MINUS_PREFIX
                        && ((SqlCall) value).operand(0).getKind() == SqlKind.LITERAL);
        return literal
                && given instanceof AtomicType source
                && wanted instanceof AtomicType target
                && source.kind().isNumeric()
                && target.kind().isNumeric();
    }
}
