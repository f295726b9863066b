package io.sabot.executor.job;

import io.sabot.catalog.function.JavaFunction;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.JavaCall;
import io.sabot.executor.expand.ElementMaker;
import io.sabot.executor.expand.ExpandOperator;
import io.sabot.executor.expand.FunctionMaker;
import io.sabot.executor.expand.RowMaker;
import io.sabot.executor.expression.ExpressionCompiler;
import io.sabot.executor.expression.Projector;
import io.sabot.executor.operator.Operator;
import io.sabot.planner.plan.ExpandNode;
import io.sabot.planner.plan.JavaOperator;
import java.util.List;
import org.apache.calcite.rex.RexCall;

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
        Schema input = node.input().schema();
        if (node.source() instanceof RexCall call
                && call.getOperator() instanceof JavaOperator operator
                && operator.function().isTable()) {
            JavaFunction.Signature signature = ExpressionCompiler.signature(call, operator.function());
            Projector arguments = expressions.arguments(call, operator.function(), input);
            List<DataType> types =
                    arguments.output().fields().stream().map(Field::type).toList();
            return new FunctionMaker(
                    arguments,
                    new JavaCall(operator.function(), signature, types),
                    signature.result(),
                    JavaOperator.columns(signature.result()));
        }
        return new ElementMaker(expressions.projector(List.of(node.source()), input), node.ordinality());
    }
}
