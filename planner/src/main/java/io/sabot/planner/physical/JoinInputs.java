package io.sabot.planner.physical;

import io.sabot.catalog.type.Schema;
import io.sabot.planner.logical.Fallible;
import io.sabot.planner.plan.JoinKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * The two inputs of a join with its condition taken apart: pairs of columns that must be equal, and the rest. A key that is
 * an expression, or whose sides differ in type, becomes a column of its own behind the input's columns.
 *
 * @param residual conjuncts over the columns of {@code left}, then of {@code right}
 */
record JoinInputs(Stage left, Stage right, JoinKeys keys, List<RexNode> residual) {
    JoinInputs {
        residual = List.copyOf(residual);
    }

    static JoinInputs of(RexNode condition, Stage left, Stage right, Build build, Calcs calcs) {
        Splitter splitter = new Splitter(left, right, build);
        splitter.split(condition);
        Stage newLeft = splitter.left.apply(calcs);
        Stage newRight = splitter.right.apply(calcs);
        int shift = newLeft.schema().size() - left.schema().size();
        List<RexNode> residual = splitter.residual.stream()
                .map(node -> shifted(node, left.schema().size(), shift))
                .toList();
        JoinKeys keys = new JoinKeys(splitter.leftKeys, splitter.rightKeys, splitter.nullSafe);
        return new JoinInputs(newLeft, newRight, keys, residual);
    }

    private static RexNode shifted(RexNode node, int from, int by) {
        return by == 0 ? node : RexUtil.shift(node, from, by);
    }

    /** Finds the pairs. */
    private static final class Splitter {
        final Side left;
        final Side right;
        final List<Integer> leftKeys = new ArrayList<>();
        final List<Integer> rightKeys = new ArrayList<>();
        final List<Boolean> nullSafe = new ArrayList<>();
        final List<RexNode> residual = new ArrayList<>();
        private final RexBuilder rex;

        Splitter(Stage left, Stage right, Build build) {
            this.left = new Side(left, build);
            this.right = new Side(right, build);
            this.rex = build.rex;
        }

        void split(RexNode condition) {
            int border = left.size;
            List<RexNode> before = new ArrayList<>();
            for (RexNode written : RelOptUtil.conjunctions(condition)) {
                RexNode conjunct = written instanceof RexCall call && written.getKind() == SqlKind.OR
                        ? RelOptUtil.collapseExpandedIsNotDistinctFromExpr(call, rex)
                        : written;
                boolean safe = conjunct.getKind() == SqlKind.IS_NOT_DISTINCT_FROM;
                if (conjunct instanceof RexCall call && (safe || conjunct.getKind() == SqlKind.EQUALS)) {
                    RexNode first = call.getOperands().get(0);
                    RexNode second = call.getOperands().get(1);
                    boolean leftFirst = isLeft(first, border) && isRight(second, border);
                    boolean rightFirst = isRight(first, border) && isLeft(second, border);
                    RexNode ofLeft = leftFirst ? first : second;
                    RexNode ofRight = leftFirst ? second : first;
                    if ((leftFirst || rightFirst) && (!safe || !Fallible.canFail(conjunct))) {
                        RexNode leftKey = guarded(ofLeft, before, node -> isLeft(node, border));
                        RexNode rightKey = guarded(ofRight, before, node -> isRight(node, border));
                        if (leftKey != null && rightKey != null) {
                            addPair(leftKey, toRight(rightKey, border), safe);
                            before.add(conjunct);
                            continue;
                        }
                    }
                }
                before.add(conjunct);
                if (!conjunct.isAlwaysTrue()) {
                    residual.add(conjunct);
                }
            }
        }

        /**
         * A key that can fail is NULL where a condition before it does not hold, so that it meets nothing.
         *
         * @return null if such a condition looks at the other side
         */
        private @Nullable RexNode guarded(RexNode key, List<RexNode> before, Predicate<RexNode> ofSide) {
            if (!Fallible.canFail(key) || before.isEmpty()) {
                return key;
            }
            if (!before.stream().allMatch(ofSide)) {
                return null;
            }
            RelDataType nullable = rex.getTypeFactory().createTypeWithNullability(key.getType(), true);
            return rex.makeCall(
                    nullable,
                    SqlStdOperatorTable.CASE,
                    List.of(RexUtil.composeConjunction(rex, before), key, rex.makeNullLiteral(nullable)));
        }

        private void addPair(RexNode ofLeft, RexNode ofRight, boolean safe) {
            RexNode leftKey = ofLeft;
            RexNode rightKey = ofRight;
            RelDataTypeFactory types = rex.getTypeFactory();
            if (!SqlTypeUtil.equalSansNullability(types, ofLeft.getType(), ofRight.getType())) {
                RelDataType common =
                        Objects.requireNonNull(types.leastRestrictive(List.of(ofLeft.getType(), ofRight.getType())));
                leftKey = rex.ensureType(common, ofLeft, true);
                rightKey = rex.ensureType(common, ofRight, true);
            }
            leftKeys.add(left.column(leftKey));
            rightKeys.add(right.column(rightKey));
            nullSafe.add(safe);
        }

        private static boolean isLeft(RexNode node, int border) {
            var bits = RelOptUtil.InputFinder.bits(node);
            return !bits.isEmpty() && bits.length() <= border && RexUtil.isDeterministic(node);
        }

        private static boolean isRight(RexNode node, int border) {
            var bits = RelOptUtil.InputFinder.bits(node);
            return !bits.isEmpty() && bits.nextSetBit(0) >= border && RexUtil.isDeterministic(node);
        }

        private static RexNode toRight(RexNode node, int border) {
            return node.accept(new RexShuttle() {
                @Override
                public RexNode visitInputRef(RexInputRef ref) {
                    return new RexInputRef(ref.getIndex() - border, ref.getType());
                }
            });
        }
    }

    /** An input with the columns that keys add to it. */
    private static final class Side {
        final int size;
        private final Stage stage;
        private final List<RexNode> projections;
        private final List<String> names = new ArrayList<>();

        Side(Stage stage, Build build) {
            this.stage = stage;
            Schema schema = stage.schema();
            this.size = schema.size();
            this.projections = new ArrayList<>(build.refs(schema, Aggregates.range(size)));
            schema.fields().forEach(field -> names.add(field.name()));
        }

        int column(RexNode key) {
            if (key instanceof RexInputRef ref) {
                return ref.getIndex();
            }
            int known = projections.indexOf(key);
            if (known >= 0) {
                return known;
            }
            projections.add(key);
            names.add("$key" + (projections.size() - size));
            return projections.size() - 1;
        }

        Stage apply(Calcs calcs) {
            return projections.size() == size ? stage : calcs.apply(stage, List.of(), projections, names);
        }
    }
}
