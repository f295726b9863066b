package io.sabot.planner.logical;

import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;

/** Gives rows windows of so many rows per key: the columns of the input, then {@code window_start} and {@code window_end}. */
public final class RowWindowRel extends SingleRel {
    private final long size;
    private final List<Integer> keys;

    private RowWindowRel(RelOptCluster cluster, RelTraitSet traits, RelNode input, long size, List<Integer> keys) {
        super(cluster, traits, input);
        this.size = size;
        this.keys = List.copyOf(keys);
    }

    static RowWindowRel create(RelNode input, long size, List<Integer> keys) {
        return new RowWindowRel(input.getCluster(), input.getCluster().traitSet(), input, size, keys);
    }

    /** Rows of a window. */
    public long size() {
        return size;
    }

    /** Columns of the input by which rows are counted. */
    public List<Integer> keys() {
        return keys;
    }

    @Override
    protected RelDataType deriveRowType() {
        RelDataType number = getCluster().getTypeFactory().createSqlType(SqlTypeName.BIGINT);
        return getCluster()
                .getTypeFactory()
                .builder()
                .addAll(getInput().getRowType().getFieldList())
                .add("window_start", number)
                .add("window_end", number)
                .build();
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new RowWindowRel(getCluster(), traits, sole(inputs), size, keys);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("size", size).item("keys", keys);
    }
}
