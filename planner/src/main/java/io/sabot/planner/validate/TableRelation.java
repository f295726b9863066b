package io.sabot.planner.validate;

import io.sabot.catalog.Column;
import io.sabot.catalog.Table;
import io.sabot.parser.SqlParser;
import io.sabot.planner.plan.CalciteTypes;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.schema.TemporalTable;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.SqlNode;

/** A table of the catalog as the validator sees it: all its columns, computed ones too. */
public final class TableRelation extends AbstractTable implements TemporalTable {
    private final Table table;
    private final BiFunction<RelDataType, List<SqlNode>, List<RexNode>> expressions;

    /** @param expressions {@link SqlFrontend#expressions} */
    TableRelation(Table table, BiFunction<RelDataType, List<SqlNode>, List<RexNode>> expressions) {
        this.table = table;
        this.expressions = expressions;
    }

    /** The catalog's object. */
    public Table table() {
        return table;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory factory) {
        return CalciteTypes.toCalcite(table.schema(), factory);
    }

    /** Whether a column is one that is computed, by a function whose value differs each time. */
    public boolean isChanging(int column, RelDataTypeFactory factory) {
        if (!(table.columns().get(column) instanceof Column.Computed computed)) {
            return false;
        }
        RelDataTypeFactory.Builder carried = factory.builder();
        for (Column other : table.columns()) {
            if (!(other instanceof Column.Computed)) {
                carried.add(other.name(), CalciteTypes.toCalcite(other.type(), factory));
            }
        }
        SqlNode expression = SqlParser.parseExpression(computed.expressionSql());
        return expressions.apply(carried.build(), List.of(expression)).stream()
                .anyMatch(node -> !RexUtil.isDeterministic(node));
    }

    /** Any table may have versions, as far as the validator knows. */
    @Override
    public String getSysStartFieldName() {
        return "SYS_START";
    }

    @Override
    public String getSysEndFieldName() {
        return "SYS_END";
    }
}
