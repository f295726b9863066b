package io.sabot.planner.logical;

import io.sabot.planner.function.WindowTableFunction;
import io.sabot.planner.plan.WindowSpec;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;

/**
 * Gives rows their windows: the columns of the input, then {@code window_start}, {@code window_end}, {@code window_time}.
 * Where the time column stands to the watermark is not known yet: zone and offset of the window's time are open.
 */
public final class WindowAssignRel extends SingleRel {
    private final WindowSpec window;

    WindowAssignRel(RelOptCluster cluster, RelTraitSet traits, RelNode input, WindowSpec window) {
        super(cluster, traits, input);
        this.window = window;
    }

    static WindowAssignRel create(RelNode input, WindowSpec window) {
        return new WindowAssignRel(input.getCluster(), input.getCluster().traitSet(), input, window);
    }

    /** The windows; columns are those of the input. */
    public WindowSpec window() {
        return window;
    }

    /** First of the three columns that are added. */
    public int firstWindowColumn() {
        return getInput().getRowType().getFieldCount();
    }

    @Override
    protected RelDataType deriveRowType() {
        RelDataType row = getInput().getRowType();
        RelDataType time = getCluster()
                .getTypeFactory()
                .createTypeWithNullability(
                        row.getFieldList().get(window.time().column()).getType(), false);
        RelDataType bound = WindowTableFunction.boundType(getCluster().getTypeFactory());
        return getCluster()
                .getTypeFactory()
                .builder()
                .addAll(row.getFieldList())
                .add("window_start", bound)
                .add("window_end", bound)
                .add("window_time", time)
                .build();
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new WindowAssignRel(getCluster(), traits, sole(inputs), window);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("window", window);
    }
}
