package io.sabot.executor.job;

import io.sabot.executor.expand.ElementMaker;
import io.sabot.executor.expand.ExpandOperator;
import io.sabot.executor.expand.RowMaker;
import io.sabot.executor.expression.ExpressionCompiler;
import io.sabot.executor.operator.Operator;
import io.sabot.planner.plan.ExpandNode;
import java.util.List;

/** Turns UNNEST and table functions into their operator. */
final class ExpandOperators {
    private ExpandOperators() {}

    static Operator create(ExpandNode node, ExpressionCompiler expressions) {
        return new ExpandOperator(
                maker(node, expressions),
                node.kept(),
                node.keepsEmpty(),
                node.condition()
                        .map(condition -> expressions.predicate(condition, node.schema()))
                        .orElse(null),
                node.info().span());
    }

    private static RowMaker maker(ExpandNode node, ExpressionCompiler expressions) {
        return new ElementMaker(
                expressions.projector(List.of(node.source()), node.input().schema()), node.ordinality());
    }
}
