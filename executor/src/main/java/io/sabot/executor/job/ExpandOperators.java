package io.sabot.executor.job;

import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.JavaCall;
import io.sabot.executor.expand.ElementMaker;
import io.sabot.executor.expand.ExpandOperator;
import io.sabot.executor.expand.FunctionMaker;
import io.sabot.executor.expand.RowMaker;
import io.sabot.executor.expression.ExpressionCompiler;
import io.sabot.executor.operator.Operator;
import io.sabot.planner.plan.ExpandNode;
import io.sabot.planner.plan.JavaOperator;
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
        Schema input = node.input().schema();
        return expressions
                .tableCall(node.source(), input)
                .<RowMaker>map(ExpandOperators::functionMaker)
                .orElseGet(() ->
                        new ElementMaker(expressions.projector(List.of(node.source()), input), node.ordinality()));
    }

    private static FunctionMaker functionMaker(ExpressionCompiler.TableCall call) {
        List<DataType> types =
                call.arguments().output().fields().stream().map(Field::type).toList();
        return new FunctionMaker(
                call.arguments(),
                new JavaCall(call.function(), call.signature(), types),
                call.signature().result(),
                JavaOperator.columns(call.signature().result()));
    }
}
