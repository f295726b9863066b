package io.sabot.planner.physical;

import io.sabot.planner.plan.JoinKeys;
import io.sabot.planner.plan.JoinKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Mark joins, which give IN and EXISTS as a value: TRUE where some right row meets the condition, else unknown where for
 * some right row it is unknown, else FALSE.
 *
 * <p>A join of kind MARK tells TRUE from the rest. Where the condition can be unknown a second one looks for right rows that
 * make it so. When the condition is one equality, only whether there are right rows, and whether one of them is NULL,
 * matters to it, so it joins with two rows at most.
 */
final class Marks {
    private final Build build;
    private final RexBuilder rex;
    private final Calcs calcs;
    private final Aggregates aggregates;
    private final BiFunction<JoinInputs, JoinKind, Stage> join;

    Marks(Build build, Calcs calcs, Exchanges exchanges, BiFunction<JoinInputs, JoinKind, Stage> join) {
        this.build = build;
        this.rex = build.rex;
        this.calcs = calcs;
        this.aggregates = new Aggregates(build, exchanges);
        this.join = join;
    }

    /**
     * The first columns of the left input, and the mark.
     *
     * @param leftColumns how many columns the left input had before keys were added
     * @param names of the columns put out
     */
    Stage mark(JoinInputs inputs, int leftColumns, List<String> names) {
        Stage found = join.apply(inputs, JoinKind.MARK);
        int markColumn = inputs.left().schema().size();
        List<Integer> unsure = unsureKeys(inputs);
        boolean canBeUnknown = !unsure.isEmpty()
                || inputs.residual().stream().anyMatch(node -> node.getType().isNullable());
        Stage result = canBeUnknown ? join.apply(unknown(inputs, found, unsure), JoinKind.MARK) : found;
        List<RexNode> columns =
                new ArrayList<>(build.refs(result.schema(), Aggregates.range(markColumn + (canBeUnknown ? 2 : 1))));
        RexNode mark = canBeUnknown
                ? rex.makeCall(
                        SqlStdOperatorTable.CASE,
                        columns.get(markColumn),
                        rex.makeLiteral(true),
                        columns.get(markColumn + 1),
                        rex.makeNullLiteral(nullableBoolean()),
                        rex.makeLiteral(false))
                : columns.get(markColumn);
        List<RexNode> outputs = new ArrayList<>(columns.subList(0, leftColumns));
        outputs.add(mark);
        return calcs.apply(result, List.of(), outputs, names);
    }

    private RelDataType nullableBoolean() {
        return build.types().createTypeWithNullability(build.types().createSqlType(SqlTypeName.BOOLEAN), true);
    }

    /** Pairs of keys whose comparison may be unknown. */
    private static List<Integer> unsureKeys(JoinInputs inputs) {
        JoinKeys keys = inputs.keys();
        List<Integer> unsure = new ArrayList<>();
        for (int i = 0; i < keys.left().size(); i++) {
            boolean nullable = inputs.left().schema().type(keys.left().get(i)).nullable()
                    || inputs.right().schema().type(keys.right().get(i)).nullable();
            if (nullable && !keys.nullSafe().get(i)) {
                unsure.add(i);
            }
        }
        return unsure;
    }

    /** What the second join looks at: for which left rows the condition is unknown with some right row. */
    private JoinInputs unknown(JoinInputs inputs, Stage found, List<Integer> unsure) {
        JoinKeys keys = inputs.keys();
        List<Integer> left = new ArrayList<>();
        List<Integer> right = new ArrayList<>();
        List<Boolean> nullSafe = new ArrayList<>();
        for (int i = 0; i < keys.left().size(); i++) {
            if (!unsure.contains(i)) {
                left.add(keys.left().get(i));
                right.add(keys.right().get(i));
                nullSafe.add(keys.nullSafe().get(i));
            }
        }
        int shift = found.schema().size();
        if (inputs.residual().isEmpty() && unsure.size() == 1) {
            int leftKey = keys.left().get(unsure.get(0));
            int rightKey = keys.right().get(unsure.get(0));
            Stage shape = shape(inputs.right(), right, rightKey);
            RexNode isNull = ref(found, leftKey, 0);
            RexNode hasNull = ref(shape, right.size(), shift);
            RexNode condition =
                    rex.makeCall(SqlStdOperatorTable.OR, rex.makeCall(SqlStdOperatorTable.IS_NULL, isNull), hasNull);
            return new JoinInputs(
                    found, shape, new JoinKeys(left, Aggregates.range(right.size()), nullSafe), List.of(condition));
        }
        List<RexNode> terms = new ArrayList<>();
        for (int i : unsure) {
            terms.add(rex.makeCall(
                    SqlStdOperatorTable.EQUALS,
                    ref(found, keys.left().get(i), 0),
                    ref(inputs.right(), keys.right().get(i), shift)));
        }
        // the mark stands between the columns of both sides
        inputs.residual()
                .forEach(node ->
                        terms.add(RexUtil.shift(node, inputs.left().schema().size(), 1)));
        RexNode isUnknown = rex.makeCall(SqlStdOperatorTable.IS_NULL, RexUtil.composeConjunction(rex, terms));
        return new JoinInputs(found, inputs.right(), new JoinKeys(left, right, nullSafe), List.of(isUnknown));
    }

    /** The different keys of the right rows, each with whether a value beside it is NULL. */
    private Stage shape(Stage right, List<Integer> keys, int value) {
        List<RexNode> columns = new ArrayList<>(build.refs(right.schema(), keys));
        List<String> names = new ArrayList<>();
        keys.forEach(key -> names.add(right.schema().name(key)));
        columns.add(rex.makeCall(SqlStdOperatorTable.IS_NULL, ref(right, value, 0)));
        names.add("$null");
        return aggregates.distinct(calcs.apply(right, List.of(), columns, names));
    }

    private RexNode ref(Stage stage, int column, int shift) {
        RexInputRef ref = RexInputRef.of(column, build.row(stage.schema()));
        return new RexInputRef(ref.getIndex() + shift, ref.getType());
    }
}
