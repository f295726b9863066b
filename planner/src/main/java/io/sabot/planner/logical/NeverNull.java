package io.sabot.planner.logical;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Types of columns of which we know more than a tree's types say: that they are not NULL in any row of the answer.
 *
 * <p>Inside of an epoch they can be: an outer join pads a row until its partner comes, which always comes. Operators trust a
 * type, so such rows, and what takes them back, go no further. An outer join below becomes an inner one by that.
 */
final class NeverNull {
    private NeverNull() {}

    /** Rows with the columns of a type that differs in what cannot be NULL only. */
    static RelNode typed(RelNode rel, RelDataType type) {
        RexBuilder rex = rel.getCluster().getRexBuilder();
        List<RexNode> conditions = new ArrayList<>();
        for (int column = 0; column < type.getFieldCount(); column++) {
            RexNode value = rex.makeInputRef(rel, column);
            if (value.getType().isNullable()
                    && !type.getFieldList().get(column).getType().isNullable()) {
                conditions.add(rex.makeCall(SqlStdOperatorTable.IS_NOT_NULL, value));
            }
        }
        RelNode kept =
                conditions.isEmpty() ? rel : LogicalFilter.create(rel, RexUtil.composeConjunction(rex, conditions));
        return RelOptUtil.createCastRel(kept, type, true);
    }
}
