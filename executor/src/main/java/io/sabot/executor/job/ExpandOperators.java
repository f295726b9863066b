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
import io.sabot.executor.expression.Predicate;
import io.sabot.executor.operator.OperatorOpener;
import io.sabot.executor.operator.Owned;
import io.sabot.planner.plan.ExpandNode;
import io.sabot.planner.plan.JavaOperator;
import java.util.List;

/** Turns UNNEST and table functions into their operator. */
final class ExpandOperators {
    private ExpandOperators() {}

    static OperatorOpener create(ExpandNode node, ExpressionCompiler expressions, Owned owned) {
        RowMaker maker = owned.own(maker(node, expressions));
        Predicate condition = node.condition()
                .map(term -> owned.own(expressions.predicate(term, node.schema())))
                .orElse(null);
        return context -> new ExpandOperator(
                maker, node.kept(), node.keepsEmpty(), condition, node.info().span(), context);
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
