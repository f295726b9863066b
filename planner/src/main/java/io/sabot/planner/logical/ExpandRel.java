package io.sabot.planner.logical;

import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/**
 * Makes several rows, or none, of each row: the elements of a collection, or what a table function gives. Columns are some of
 * the input, then those of what was made.
 */
public final class ExpandRel extends SingleRel {
    private final RexNode source;
    private final boolean ordinality;
    private final boolean keepsEmpty;
    private final List<Integer> kept;
    private final RexNode condition;

    /**
     * @param source a collection, or a call of a table function, over the input
     * @param ordinality whether a last column counts the elements
     * @param keepsEmpty whether a row of which none was made stays, with NULLs
     * @param kept columns of the input in the output
     * @param condition over the output, met by rows that are made; a literal TRUE for none
     */
    ExpandRel(
            RelNode input,
            RexNode source,
            boolean ordinality,
            boolean keepsEmpty,
            List<Integer> kept,
            RexNode condition,
            RelDataType rowType) {
        this(
                input.getCluster(),
                input.getCluster().traitSet(),
                input,
                source,
                ordinality,
                keepsEmpty,
                kept,
                condition,
                rowType);
    }

    private ExpandRel(
            RelOptCluster cluster,
            RelTraitSet traits,
            RelNode input,
            RexNode source,
            boolean ordinality,
            boolean keepsEmpty,
            List<Integer> kept,
            RexNode condition,
            RelDataType rowType) {
        super(cluster, traits, input);
        this.source = source;
        this.ordinality = ordinality;
        this.keepsEmpty = keepsEmpty;
        this.kept = List.copyOf(kept);
        this.condition = condition;
        this.rowType = rowType;
    }

    /** A collection, or a call of a table function, over the input. */
    public RexNode source() {
        return source;
    }

    /** Whether a last column counts the elements. */
    public boolean ordinality() {
        return ordinality;
    }

    /** Whether a row of which none was made stays, with NULLs. */
    public boolean keepsEmpty() {
        return keepsEmpty;
    }

    /** Columns of the input in the output. */
    public List<Integer> kept() {
        return kept;
    }

    /** Over the output. */
    public RexNode condition() {
        return condition;
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new ExpandRel(
                getCluster(), traits, sole(inputs), source, ordinality, keepsEmpty, kept, condition, getRowType());
    }

    @Override
    public RelNode accept(RexShuttle shuttle) {
        RexNode newSource = shuttle.apply(source);
        RexNode newCondition = shuttle.apply(condition);
        return newSource.equals(source) && newCondition.equals(condition)
                ? this
                : new ExpandRel(getInput(), newSource, ordinality, keepsEmpty, kept, newCondition, getRowType());
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer)
                .item("source", source)
                .item("ordinality", ordinality)
                .item("keepsEmpty", keepsEmpty)
                .item("kept", kept)
                .item("condition", condition)
                .item("columns", getRowType().getFieldNames());
    }
}
