package io.sabot.planner.logical;

import io.sabot.planner.plan.WindowSpec;
import io.sabot.planner.validate.TableRelation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexPermuteInputsShuttle;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql2rel.RelFieldTrimmer;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.mapping.Mapping;
import org.apache.calcite.util.mapping.MappingType;
import org.apache.calcite.util.mapping.Mappings;

/** Removes columns that nobody reads. Public methods are found by Calcite through reflection. */
public final class ColumnPruning extends RelFieldTrimmer {
    private final SharedTrees shared;

    private ColumnPruning(RelBuilder builder, SharedTrees shared) {
        super(null, builder);
        this.shared = shared;
    }

    /** The queries of one plan: what they have in common keeps the columns that any of them reads. */
    static List<RelNode> prune(List<RelNode> queries, Function<RelNode, RelBuilder> builders) {
        SharedTrees shared = new SharedTrees(queries);
        if (!shared.isEmpty()) {
            trim(queries, builders, shared);
            shared.close();
        }
        return trim(queries, builders, shared);
    }

    private static List<RelNode> trim(
            List<RelNode> queries, Function<RelNode, RelBuilder> builders, SharedTrees shared) {
        List<RelNode> trimmed = new ArrayList<>();
        for (RelNode query : queries) {
            shared.read(query, ImmutableBitSet.range(query.getRowType().getFieldCount()));
            trimmed.add(new ColumnPruning(builders.apply(query), shared).trim(query));
        }
        return trimmed;
    }

    @Override
    protected TrimResult trimChild(
            RelNode rel, RelNode input, ImmutableBitSet used, Set<RelDataTypeField> extraFields) {
        ImmutableBitSet read = shared.read(input, used).union(lateRule(rel, input, used));
        TrimResult trimmed = super.trimChild(rel, input, read, extraFields);
        return read.equals(used) || used.isEmpty() ? trimmed : only(used, trimmed, input);
    }

    /** Joins ask so, for the sake of variables that no longer occur. */
    @Override
    protected TrimResult trimChild(
            RelNode rel, RelNode input, int first, int end, ImmutableBitSet used, Set<RelDataTypeField> extraFields) {
        return trimChild(rel, input, used, extraFields);
    }

    /**
     * A column by OVER that stays although nobody reads it: late rows do not pass it. As in Flink it goes where a projection
     * right above it takes other columns.
     */
    private static ImmutableBitSet lateRule(RelNode rel, RelNode input, ImmutableBitSet used) {
        if (!(input instanceof Project project)
                || !project.containsOver()
                || (rel instanceof Project && !used.isEmpty())) {
            return ImmutableBitSet.of();
        }
        int timed = -1;
        for (int column = 0; column < project.getProjects().size(); column++) {
            RexNode node = project.getProjects().get(column);
            if (RexOver.containsOver(node)) {
                if (used.get(column)) {
                    return ImmutableBitSet.of();
                }
                timed = timed < 0 && isByTime(node) ? column : timed;
            }
        }
        return timed < 0 ? ImmutableBitSet.of() : ImmutableBitSet.of(timed);
    }

    private static boolean isByTime(RexNode node) {
        if (node instanceof RexOver over) {
            return over.getWindow().orderKeys.size() == 1
                    && SqlTypeUtil.isTimestamp(
                            over.getWindow().orderKeys.get(0).left.getType());
        }
        return node instanceof RexCall call && call.getOperands().stream().anyMatch(ColumnPruning::isByTime);
    }

    private TrimResult only(ImmutableBitSet used, TrimResult trimmed, RelNode input) {
        RelNode rel = trimmed.left;
        List<RexNode> refs = new ArrayList<>();
        List<String> names = new ArrayList<>();
        Mapping mapping = Mappings.create(
                MappingType.INVERSE_SURJECTION, input.getRowType().getFieldCount(), used.cardinality());
        for (int column : used) {
            int target = trimmed.right.getTarget(column);
            mapping.set(column, refs.size());
            refs.add(RexInputRef.of(target, rel.getRowType()));
            names.add(rel.getRowType().getFieldNames().get(target));
        }
        return result(LogicalProject.create(rel, List.of(), refs, names, Set.of()), mapping, input);
    }

    /** Keeps the time column, session keys and all three window columns. */
    public TrimResult trimFields(WindowAssignRel window, ImmutableBitSet used, Set<RelDataTypeField> extraFields) {
        WindowSpec spec = window.window();
        int first = window.firstWindowColumn();
        int count = window.getRowType().getFieldCount();
        ImmutableBitSet.Builder needed = ImmutableBitSet.builder();
        used.asList().stream().filter(column -> column < first).forEach(needed::set);
        needed.set(spec.time().column());
        if (spec instanceof WindowSpec.Session session) {
            session.partitionKeys().forEach(needed::set);
        }
        TrimResult input = trimChild(window, window.getInput(), needed.build(), Set.of());
        RelNode newInput = input.left;
        Mapping below = input.right;
        Mapping mapping = Mappings.create(
                MappingType.INVERSE_SURJECTION, count, newInput.getRowType().getFieldCount() + 3);
        for (int column = 0; column < first; column++) {
            if (below.getTargetOpt(column) >= 0) {
                mapping.set(column, below.getTarget(column));
            }
        }
        for (int i = 0; i < 3; i++) {
            mapping.set(first + i, newInput.getRowType().getFieldCount() + i);
        }
        return result(WindowAssignRel.create(newInput, mapped(spec, below)), mapping, window);
    }

    /** Keeps what the collection and the condition are computed from, and all columns that are made. */
    public TrimResult trimFields(ExpandRel expand, ImmutableBitSet used, Set<RelDataTypeField> extraFields) {
        int first = expand.kept().size();
        ImmutableBitSet read = used.union(RelOptUtil.InputFinder.bits(expand.condition()));
        ImmutableBitSet.Builder needed = ImmutableBitSet.builder();
        read.asList().stream()
                .filter(column -> column < first)
                .forEach(column -> needed.set(expand.kept().get(column)));
        needed.addAll(RelOptUtil.InputFinder.bits(expand.source()));
        TrimResult input = trimChild(expand, expand.getInput(), needed.build(), Set.of());
        Mapping below = input.right;
        int count = expand.getRowType().getFieldCount();
        List<Integer> kept = new ArrayList<>();
        List<Integer> columns = new ArrayList<>();
        for (int column = 0; column < count; column++) {
            if (column >= first || read.get(column)) {
                columns.add(column);
            }
            if (column < first && read.get(column)) {
                kept.add(below.getTarget(expand.kept().get(column)));
            }
        }
        Mapping mapping = Mappings.create(MappingType.INVERSE_SURJECTION, count, columns.size());
        columns.forEach(column -> mapping.set(column, columns.indexOf(column)));
        RelDataTypeFactory.Builder rowType =
                expand.getCluster().getTypeFactory().builder();
        columns.forEach(column -> rowType.add(expand.getRowType().getFieldList().get(column)));
        ExpandRel trimmed = new ExpandRel(
                input.left,
                expand.source().accept(new RexPermuteInputsShuttle(below, input.left)),
                expand.ordinality(),
                expand.keepsEmpty(),
                kept,
                expand.condition().accept(new RexPermuteInputsShuttle(mapping)),
                rowType.build());
        return result(trimmed, mapping, expand);
    }

    /** Keeps the keys of the window; its bounds are added again. */
    public TrimResult trimFields(RowWindowRel window, ImmutableBitSet used, Set<RelDataTypeField> extraFields) {
        int first = window.getInput().getRowType().getFieldCount();
        ImmutableBitSet.Builder needed = ImmutableBitSet.builder();
        used.asList().stream().filter(column -> column < first).forEach(needed::set);
        window.keys().forEach(needed::set);
        if (used.cardinality() == 0 && window.keys().isEmpty()) {
            needed.set(0);
        }
        TrimResult input = trimChild(window, window.getInput(), needed.build(), Set.of());
        Mapping below = input.right;
        int count = input.left.getRowType().getFieldCount();
        Mapping mapping = Mappings.create(MappingType.INVERSE_SURJECTION, first + 2, count + 2);
        for (int column = 0; column < first; column++) {
            if (below.getTargetOpt(column) >= 0) {
                mapping.set(column, below.getTarget(column));
            }
        }
        mapping.set(first, count);
        mapping.set(first + 1, count + 1);
        List<Integer> keys = window.keys().stream().map(below::getTarget).toList();
        return result(RowWindowRel.create(input.left, window.size(), keys), mapping, window);
    }

    /** Drops what only the condition reads. */
    @Override
    public TrimResult trimFields(Filter filter, ImmutableBitSet used, Set<RelDataTypeField> extraFields) {
        TrimResult trimmed = super.trimFields(filter, used, extraFields);
        RelNode rel = trimmed.left;
        if (used.isEmpty() || rel.getRowType().getFieldCount() <= used.cardinality()) {
            return trimmed;
        }
        return only(used, trimmed, filter);
    }

    /** Keeps the times, and of a table with versions its key and event time. */
    public TrimResult trimFields(AsOfJoinRel join, ImmutableBitSet used, Set<RelDataTypeField> extraFields) {
        int leftCount = join.getLeft().getRowType().getFieldCount();
        int rightCount = join.getRight().getRowType().getFieldCount();
        ImmutableBitSet.Builder needed = ImmutableBitSet.builder();
        needed.addAll(used).addAll(RelOptUtil.InputFinder.bits(join.condition()));
        if (join.leftTime() >= 0) {
            needed.set(join.leftTime());
        }
        if (join.isNearest()) {
            needed.set(leftCount + join.rightTime());
        } else {
            needed.addAll(versionColumns(join.getRight()).shift(leftCount));
        }
        ImmutableBitSet read = needed.build();
        TrimResult left = trimChild(join, join.getLeft(), read.intersect(ImmutableBitSet.range(leftCount)), Set.of());
        TrimResult right = trimChild(
                join,
                join.getRight(),
                read.except(ImmutableBitSet.range(leftCount)).shift(-leftCount),
                Set.of());
        Mapping mapping = both(left.right, right.right);
        assert mapping.getSourceCount() == leftCount + rightCount;
        RexNode condition = join.condition().accept(new RexPermuteInputsShuttle(mapping, left.left, right.left));
        return result(
                join.with(
                        left.left,
                        right.left,
                        condition,
                        join.leftTime() < 0 ? -1 : left.right.getTarget(join.leftTime()),
                        join.isNearest() ? right.right.getTarget(join.rightTime()) : -1),
                mapping,
                join);
    }

    private static ImmutableBitSet versionColumns(RelNode right) {
        TableRelation relation =
                right instanceof TableScan scan ? scan.getTable().unwrap(TableRelation.class) : null;
        if (relation == null) {
            return ImmutableBitSet.range(right.getRowType().getFieldCount());
        }
        ImmutableBitSet.Builder columns = ImmutableBitSet.builder();
        List<String> names = right.getRowType().getFieldNames();
        relation.table().primaryKey().forEach(name -> columns.set(names.indexOf(name)));
        relation.table().watermark().ifPresent(watermark -> columns.set(names.indexOf(watermark.column())));
        return columns.build();
    }

    private static Mapping both(Mapping left, Mapping right) {
        Mapping both = Mappings.create(
                MappingType.INVERSE_SURJECTION,
                left.getSourceCount() + right.getSourceCount(),
                left.getTargetCount() + right.getTargetCount());
        left.forEach(pair -> both.set(pair.source, pair.target));
        right.forEach(pair -> both.set(pair.source + left.getSourceCount(), pair.target + left.getTargetCount()));
        return both;
    }

    /** Calcite takes the mark of a mark join for a column of the right input. */
    @Override
    public TrimResult trimFields(Join join, ImmutableBitSet used, Set<RelDataTypeField> extraFields) {
        if (join.getJoinType() != JoinRelType.LEFT_MARK) {
            return super.trimFields(join, used, extraFields);
        }
        int leftCount = join.getLeft().getRowType().getFieldCount();
        ImmutableBitSet read = RelOptUtil.InputFinder.bits(join.getCondition());
        TrimResult left = trimChild(
                join,
                join.getLeft(),
                used.except(ImmutableBitSet.of(leftCount)).union(read.intersect(ImmutableBitSet.range(leftCount))),
                Set.of());
        TrimResult right = trimChild(
                join,
                join.getRight(),
                read.except(ImmutableBitSet.range(leftCount)).shift(-leftCount),
                Set.of());
        int newLeftCount = left.right.getTargetCount();
        Mapping both = both(left.right, right.right);
        RexNode condition = join.getCondition().accept(new RexPermuteInputsShuttle(both, left.left, right.left));
        Mapping mapping = Mappings.create(MappingType.INVERSE_SURJECTION, leftCount + 1, newLeftCount + 1);
        left.right.forEach(pair -> mapping.set(pair.source, pair.target));
        mapping.set(leftCount, newLeftCount);
        RelNode trimmed = join.copy(join.getTraitSet(), condition, left.left, right.left, join.getJoinType(), false);
        return result(trimmed, mapping, join);
    }

    private static WindowSpec mapped(WindowSpec spec, Mapping below) {
        WindowSpec.Time time = spec.time();
        WindowSpec.Time mapped =
                new WindowSpec.Time(below.getTarget(time.column()), time.domain(), time.zone(), time.offsetMillis());
        if (spec instanceof WindowSpec.Session session) {
            return new WindowSpec.Session(
                    mapped,
                    session.gap(),
                    session.partitionKeys().stream().map(below::getTarget).toList());
        }
        return spec.withTime(mapped);
    }
}
