package io.sabot.executor.expression;

import io.sabot.catalog.function.JavaFunction;
import io.sabot.catalog.type.DataType;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.JavaCall;
import io.sabot.executor.batch.JavaValues;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.error.SqlSpan;
import io.sabot.planner.plan.ExpressionPlace;
import io.sabot.planner.plan.JavaOperator;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.calcite.rex.RexCall;

/** Calls a function of a user for each row. */
final class JavaCallNode extends Node {
    private final JavaCall call;
    private final List<Node> arguments;
    private final SqlSpan span;

    private JavaCallNode(DataType type, JavaCall call, List<Node> arguments, SqlSpan span) {
        super(type, false);
        this.span = span;
        this.call = call;
        this.arguments = List.copyOf(arguments);
    }

    /** The node of a call; its end closes the function. */
    static Node compile(RexCall rex, JavaOperator operator, Compilation compilation) {
        List<Node> arguments = new ArrayList<>();
        JavaFunction.Signature signature = arguments(rex, operator.function(), compilation, arguments);
        List<DataType> types = arguments.stream().map(Node::type).toList();
        JavaCall call = new JavaCall(operator.function(), signature, types);
        compilation.closeAtEnd(call);
        DataType result = signature.result().withNullable(rex.getType().isNullable());
        return new JavaCallNode(result, call, arguments, ExpressionPlace.span(rex));
    }

    /** Fills in the arguments in the types of the parameters; the method that they belong to. */
    static JavaFunction.Signature arguments(
            RexCall rex, JavaFunction function, Compilation compilation, List<Node> arguments) {
        List<DataType> types = rex.getOperands().stream()
                .map(operand -> RexTypes.of(operand.getType()))
                .toList();
        JavaFunction.Signature signature = function.find(types).orElseThrow(() -> new AssertionError(rex));
        for (int i = 0; i < types.size(); i++) {
            arguments.add(argument(compilation.compile(rex.getOperands().get(i)), signature.parameter(i), compilation));
        }
        return signature;
    }

    /** Numbers are widened; times and texts go as they are. */
    private static Node argument(Node node, DataType parameter, Compilation compilation) {
        Node converted =
                Coercion.convert(node, parameter.withNullable(node.type().nullable()), compilation);
        boolean numeric = Compilation.kind(parameter).isNumeric();
        return converted != null && (numeric || node instanceof ConstantNode) ? converted : node;
    }

    @Override
    Value evaluate(Frame frame) {
        int count = frame.count();
        List<FieldVector> vectors = new ArrayList<>();
        for (Node argument : arguments) {
            vectors.add(frame.keep(
                    Stores.store(argument.evaluate(frame), argument.type(), "argument", count, frame.allocator())));
        }
        try (ColumnBuilder builder = new ColumnBuilder("result", type(), frame.allocator(), count)) {
            for (int row = 0; row < count; row++) {
                Object result = call.call(vectors, row);
                try {
                    JavaValues.append(builder, type(), result);
                } catch (ClassCastException | ArithmeticException e) {
                    throw call.badResult(e);
                }
            }
            FieldVector vector = frame.keep(builder.finish());
            return Loads.load(new Column(vector), lane(), null, count, frame.arena());
        } catch (SabotException e) {
            throw e.at(span);
        }
    }
}
