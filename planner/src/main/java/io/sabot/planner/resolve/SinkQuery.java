package io.sabot.planner.resolve;

import io.sabot.catalog.CatalogObject;
import io.sabot.catalog.CatalogReader;
import io.sabot.catalog.Guess;
import io.sabot.catalog.Table;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.catalog.type.TypeKind;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.error.SqlSpan;
import io.sabot.parser.statement.Assignment;
import io.sabot.parser.statement.Insert;
import io.sabot.parser.statement.Name;
import io.sabot.parser.text.SqlSpans;
import io.sabot.planner.plan.CalciteTypes;
import io.sabot.planner.validate.SqlFrontend;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;

/** Fits the query of an INSERT to its table: which column goes where, with which cast, or why it does not fit. */
public final class SinkQuery {
    private final CatalogReader catalog;
    private final SqlFrontend frontend;
    private final Insert statement;

    /** For one statement. */
    public SinkQuery(CatalogReader catalog, SqlFrontend frontend, Insert statement) {
        this.catalog = catalog;
        this.frontend = frontend;
        this.statement = statement;
    }

    /** The table that is written. */
    public Table target() {
        CatalogObject object =
                catalog.find(catalog.resolve(statement.target().values())).orElseThrow(this::unknownTable);
        if (object instanceof Table table) {
            return table;
        }
        throw SabotException.of(
                        ErrorCode.FEATURE_NOT_SUPPORTED, "'" + statement.target() + "' is a view, it cannot be written")
                .at(statement.target().span());
    }

    private SabotException unknownTable() {
        List<String> names = catalog.objects(catalog.currentCatalog(), catalog.currentDatabase()).stream()
                .map(object -> object.name().name())
                .toList();
        SabotException error = SabotException.of(
                        ErrorCode.UNDEFINED_TABLE, "table '" + statement.target() + "' does not exist")
                .at(statement.target().span())
                .why("database '" + catalog.currentDatabase() + "' has "
                        + (names.isEmpty() ? "no tables" : String.join(", ", names)));
        return Guess.closest(statement.target().last(), names)
                .map(guess -> error.hint("did you mean '" + guess + "'?"))
                .orElse(error);
    }

    /** The rows as the table takes them: the columns of {@link Table#sinkSchema()} in their order. */
    public RelNode rows(Table table, SqlNode boundQuery) {
        checkPartition(table);
        SqlFrontend.Validated query = frontend.validate(boundQuery);
        Schema given = CalciteTypes.toSchema(query.rowType());
        Schema sink = table.sinkSchema();
        List<Integer> targets = targets(sink);
        if (given.size() != targets.size()) {
            throw countMismatch(given, sink, targets);
        }
        RelNode rel = frontend.toRel(query).project();
        RexBuilder builder = rel.getCluster().getRexBuilder();
        List<RexNode> columns = new ArrayList<>();
        for (int i = 0; i < sink.size(); i++) {
            int source = targets.indexOf(i);
            Field field = sink.fields().get(i);
            if (source < 0) {
                Optional<Assignment> partition = partition(field.name());
                columns.add(partition.isPresent() ? value(partition.get(), field, rel) : absent(field, builder));
                continue;
            }
            check(given.fields().get(source), field, source);
            RexInputRef ref = RexInputRef.of(source, rel.getRowType());
            columns.add(cast(ref, field.type(), builder));
        }
        List<String> names = sink.fields().stream().map(Field::name).toList();
        return LogicalProject.create(rel, List.of(), columns, names, Set.of());
    }

    private void checkPartition(Table table) {
        for (Assignment value : statement.partition()) {
            String column = value.column().value();
            if (!table.partitionedBy().contains(column)) {
                throw SabotException.of(
                                ErrorCode.UNDEFINED_COLUMN,
                                "'" + column + "' is no partition column of table '" + statement.target() + "'")
                        .at(value.column().span())
                        .why(
                                table.partitionedBy().isEmpty()
                                        ? "the table has no partitions"
                                        : "it is partitioned by " + String.join(", ", table.partitionedBy()));
            }
            if (!(value.value() instanceof SqlLiteral)) {
                throw SabotException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "the value of a partition must be a literal")
                        .at(SqlSpans.of(value.value()))
                        .hint("add the partition's value to the select list");
            }
        }
        if (statement.overwrite()
                && !statement.partition().isEmpty()
                && table.connector().isEmpty()) {
            throw SabotException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "INSERT OVERWRITE … PARTITION of a table that the engine keeps is not supported")
                    .at(statement.partition().get(0).column().span())
                    .why("it has no partitions to replace one by one")
                    .hint("write DELETE FROM and INSERT INTO");
        }
    }

    private Optional<Assignment> partition(String column) {
        return statement.partition().stream()
                .filter(value -> value.column().value().equals(column))
                .findFirst();
    }

    /** A literal of a partition, whatever its type, in that of the column. */
    private RexNode value(Assignment partition, Field field, RelNode rel) {
        RexBuilder builder = rel.getCluster().getRexBuilder();
        RexNode literal = frontend.expressions(rel.getRowType(), List.of(partition.value()))
                .get(0);
        DataType type = field.type().withNullable(literal.getType().isNullable());
        return builder.makeCast(CalciteTypes.toCalcite(type, builder.getTypeFactory()), literal);
    }

    /** Types of the statement's parameters, in their order. */
    public List<DataType> parameters() {
        Schema sink = target().sinkSchema();
        List<DataType> columns = targets(sink).stream()
                .map(column -> sink.fields().get(column).type())
                .toList();
        return InsertParameters.types(statement.query().query(), columns, frontend);
    }

    private static RexNode cast(RexInputRef ref, DataType to, RexBuilder builder) {
        RelDataType nullable =
                CalciteTypes.toCalcite(to.withNullable(ref.getType().isNullable()), builder.getTypeFactory());
        return CalciteTypes.toCatalog(ref.getType()).sameIgnoringNull(to) ? ref : builder.makeCast(nullable, ref);
    }

    private RexNode absent(Field field, RexBuilder builder) {
        if (!field.type().nullable()) {
            throw SabotException.of(
                            ErrorCode.NOT_NULL_VIOLATION,
                            "column '" + field.name() + "' gets no value, and it is NOT NULL")
                    .at(statement.target().span());
        }
        return builder.makeNullLiteral(CalciteTypes.toCalcite(field.type(), builder.getTypeFactory()));
    }

    /** By column of the query: where it goes in the table. */
    private List<Integer> targets(Schema sink) {
        List<Integer> targets = new ArrayList<>();
        if (statement.columns().isEmpty()) {
            for (int i = 0; i < sink.size(); i++) {
                if (partition(sink.name(i)).isEmpty()) {
                    targets.add(i);
                }
            }
            return targets;
        }
        for (Name name : statement.columns()) {
            OptionalInt index = sink.indexOf(name.value());
            if (index.isEmpty()) {
                List<String> names = sink.fields().stream().map(Field::name).toList();
                SabotException error = SabotException.of(
                                ErrorCode.UNDEFINED_COLUMN, "column '" + name + "' does not exist")
                        .at(name.span())
                        .why("table '" + statement.target() + "' takes " + String.join(", ", names));
                throw Guess.closest(name.value(), names)
                        .map(guess -> error.hint("did you mean '" + guess + "'?"))
                        .orElse(error);
            }
            if (targets.contains(index.getAsInt()) || partition(name.value()).isPresent()) {
                throw SabotException.of(ErrorCode.DUPLICATE_OBJECT, "column '" + name + "' is there twice")
                        .at(name.span());
            }
            targets.add(index.getAsInt());
        }
        return targets;
    }

    private SabotException countMismatch(Schema given, Schema sink, List<Integer> targets) {
        String wanted = targets.stream()
                .map(target -> sink.fields().get(target).toString())
                .collect(Collectors.joining(", "));
        return SabotException.of(
                        ErrorCode.DATATYPE_MISMATCH,
                        "the query gives " + given.size() + " columns, table '" + statement.target() + "' takes "
                                + targets.size())
                .at(statement.query().span())
                .why("it gives (" + given.fields().stream().map(Field::toString).collect(Collectors.joining(", "))
                        + ")\nit takes (" + wanted + ")");
    }

    private void check(Field given, Field wanted, int index) {
        if (isNull(given.type()) && !wanted.type().nullable()) {
            throw SabotException.of(ErrorCode.NOT_NULL_VIOLATION, "column '" + wanted.name() + "' is NOT NULL")
                    .at(place(index));
        }
        if (ImplicitCasts.allows(given.type(), wanted.type()) || isLiteralNumber(given.type(), wanted.type())) {
            return;
        }
        throw SabotException.of(
                        ErrorCode.DATATYPE_MISMATCH,
                        "column '" + wanted.name() + "' is " + wanted.type().name() + ", the query gives "
                                + given.type().name())
                .at(place(index))
                .hint("write CAST(… AS " + wanted.type().name() + ")");
    }

    private static boolean isNull(DataType type) {
        return type instanceof AtomicType atomic && atomic.kind() == TypeKind.NULL;
    }

    /** Numbers written in VALUES fit any number column: {@code VALUES (1)} into TINYINT. */
    private boolean isLiteralNumber(DataType given, DataType wanted) {
        return statement.query().query().getKind() == SqlKind.VALUES
                && given instanceof AtomicType source
                && wanted instanceof AtomicType target
                && source.kind().isNumeric()
                && target.kind().isNumeric();
    }

    /** The select item, where the query is a plain SELECT without a star; the value in the first row of VALUES. */
    private SqlSpan place(int index) {
        SqlNode query = statement.query().query();
        if (query instanceof SqlSelect select && index < select.getSelectList().size()) {
            boolean star =
                    select.getSelectList().stream().anyMatch(item -> item instanceof SqlIdentifier id && id.isStar());
            if (!star) {
                return SqlSpans.of(select.getSelectList().get(index));
            }
        }
        if (query.getKind() == SqlKind.VALUES
                && query instanceof SqlCall values
                && values.operand(0) instanceof SqlCall row
                && row.getKind() == SqlKind.ROW) {
            SqlNode first = row.operand(index); // all rows have the type that the first stands for
            return SqlSpans.of(first);
        }
        return statement.query().span().isKnown() ? statement.query().span() : SqlSpans.of(query);
    }
}
