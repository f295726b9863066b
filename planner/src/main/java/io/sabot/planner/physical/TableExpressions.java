package io.sabot.planner.physical;

import io.sabot.catalog.Column;
import io.sabot.catalog.Table;
import io.sabot.parser.SqlParser;
import io.sabot.parser.error.SqlSpan;
import io.sabot.planner.plan.CalciteTypes;
import io.sabot.planner.plan.ExpressionPlace;
import io.sabot.planner.resolve.AheadLimit;
import io.sabot.planner.validate.SqlFrontend;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** The expressions of a table's definition, over its columns: computed columns and the watermark. */
final class TableExpressions {
    private final Table table;
    private final RexBuilder builder;
    /** By column; null where records carry the column. */
    private final List<@Nullable RexNode> computed = new ArrayList<>();

    private final Optional<RexNode> watermark;
    private final SqlSpan place;

    /** @param place where the statement reads the table */
    TableExpressions(Table table, SqlFrontend frontend, SqlSpan place) {
        this.table = table;
        this.place = place;
        this.builder = frontend.cluster().getRexBuilder();
        computeColumns(frontend);
        this.watermark = table.watermark()
                .map(mark -> expand(within(
                        "the watermark",
                        frontend.expressions(
                                        CalciteTypes.toCalcite(table.schema(), frontend.typeFactory()),
                                        List.of(SqlParser.parseExpression(AheadLimit.expression(table, mark))))
                                .get(0))));
    }

    private void computeColumns(SqlFrontend frontend) {
        RelDataTypeFactory.Builder carried = frontend.typeFactory().builder();
        List<Integer> carriedIndices = new ArrayList<>();
        List<SqlNode> expressions = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            Column column = table.columns().get(i);
            if (column instanceof Column.Computed expression) {
                expressions.add(SqlParser.parseExpression(expression.expressionSql()));
            } else {
                carried.add(column.name(), type(column, frontend));
                carriedIndices.add(i);
            }
        }
        List<RexNode> nodes = frontend.expressions(carried.build(), expressions);
        int next = 0;
        for (Column column : table.columns()) {
            computed.add(
                    column instanceof Column.Computed
                            ? typed(
                                    within(
                                            "column '" + column.name() + "'",
                                            renumber(nodes.get(next++), carriedIndices)),
                                    type(column, frontend))
                            : null);
        }
    }

    private RexNode within(String part, RexNode expression) {
        return ExpressionPlace.within(
                expression, builder, part + " of table '" + table.name().name() + "'", place);
    }

    private static RelDataType type(Column column, SqlFrontend frontend) {
        return CalciteTypes.toCalcite(column.type(), frontend.typeFactory());
    }

    private RexNode typed(RexNode node, RelDataType type) {
        return node.getType().getSqlTypeName() == type.getSqlTypeName()
                        && node.getType().getPrecision() == type.getPrecision()
                ? node
                : builder.makeCast(type, node);
    }

    private static RexNode renumber(RexNode node, List<Integer> indices) {
        return node.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                return new RexInputRef(indices.get(ref.getIndex()), ref.getType());
            }
        });
    }

    /** The expression with the definitions of computed columns in place of the columns. */
    RexNode expand(RexNode overColumns) {
        return overColumns.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                RexNode definition = computed.get(ref.getIndex());
                return definition == null ? ref : definition;
            }
        });
    }

    /** A column as an expression over those that records carry. */
    RexNode column(int index, RelDataType type) {
        return expand(new RexInputRef(index, type));
    }

    /** The watermark expression over the columns that records carry. */
    Optional<RexNode> watermark() {
        return watermark;
    }

    /** Position of the event-time column. */
    OptionalInt timeColumn() {
        return table.watermark()
                .map(mark -> table.schema().indexOf(mark.column()))
                .orElse(OptionalInt.empty());
    }
}
