package io.sabot.executor.expression;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.planner.plan.CalciteTypes;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/** Expressions for tests of operators in packages that do not see Calcite. */
public final class MatchExpressionsOfTests {
    private MatchExpressionsOfTests() {}

    private static ExpressionCompiler compiler() {
        return new ExpressionCompiler(new EvaluationContext(ZoneOffset.UTC, () -> 0, () -> 0, () -> Long.MIN_VALUE));
    }

    /** Some columns as they are. */
    public static Projector columns(Schema schema, List<Integer> columns) {
        List<RexNode> refs = columns.stream()
                .map(column -> (RexNode)
                        new RexInputRef(column, CalciteTypes.toCalcite(schema.type(column), RexTypes.FACTORY)))
                .toList();
        return compiler().projector(refs, schema);
    }

    /** Whether the only column is true. */
    public static Predicate isTrue() {
        Schema schema = Schema.of(new Field("c", AtomicType.BOOLEAN));
        return compiler()
                .predicate(new RexInputRef(0, CalciteTypes.toCalcite(AtomicType.BOOLEAN, RexTypes.FACTORY)), schema);
    }
}
