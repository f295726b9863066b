package io.sabot.executor.expression;

import io.sabot.catalog.function.JavaFunction;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.planner.plan.JavaOperator;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;

/**
 * Turns the planner's expressions into code over batches. Cheap to make and to use; for one thread, as is what it makes.
 *
 * <p>Types are taken from the expressions as the planner has derived them; the input's columns must be stored as {@link
 * io.sabot.executor.batch.Storage} says for the types of their references.
 */
public final class ExpressionCompiler {
    private static final long CONSTANT_BYTES = 512;

    private final EvaluationContext context;
    private final GeneratedLoops loops = new GeneratedLoops();

    /** A compiler whose expressions see this time zone and these clocks. */
    public ExpressionCompiler(EvaluationContext context) {
        this.context = context;
    }

    /**
     * Compiles expressions that are computed together; what occurs twice in them is computed once.
     *
     * @throws io.sabot.parser.error.SabotException 0A000 if an expression cannot be computed
     */
    public Projector projector(List<RexNode> expressions, Schema input) {
        Arena constants = new Arena(CONSTANT_BYTES);
        try {
            Compilation compilation = new Compilation(input, constants, loops);
            List<Node> nodes = compilation.compileAll(expressions);
            List<Field> fields = new ArrayList<>();
            for (int i = 0; i < nodes.size(); i++) {
                fields.add(new Field("c" + i, RexTypes.of(expressions.get(i).getType())));
            }
            return new Projector(nodes, new Schema(fields), new Evaluation(context, compilation), constants);
        } catch (RuntimeException | Error e) {
            constants.close();
            throw e;
        }
    }

    /**
     * A call of a table function.
     *
     * @param signature the method that it goes to
     */
    public record TableCall(JavaFunction function, JavaFunction.Signature signature, Projector arguments) {}

    /** Compiles a call of a table function; empty when the expression is something else. */
    public Optional<TableCall> tableCall(RexNode source, Schema input) {
        if (!(source instanceof RexCall call)
                || !(call.getOperator() instanceof JavaOperator operator)
                || !operator.function().isTable()) {
            return Optional.empty();
        }
        JavaFunction function = operator.function();
        return Optional.of(new TableCall(function, signature(call, function), arguments(call, function, input)));
    }

    private Projector arguments(RexCall call, JavaFunction function, Schema input) {
        Arena constants = new Arena(CONSTANT_BYTES);
        try {
            Compilation compilation = new Compilation(input, constants, loops);
            List<Node> nodes = new ArrayList<>();
            JavaCallNode.arguments(call, function, compilation, nodes);
            List<Field> fields = new ArrayList<>();
            nodes.forEach(node -> fields.add(new Field("a" + fields.size(), node.type())));
            return new Projector(nodes, new Schema(fields), new Evaluation(context, compilation), constants);
        } catch (RuntimeException | Error e) {
            constants.close();
            throw e;
        }
    }

    static JavaFunction.Signature signature(RexCall call, JavaFunction function) {
        return function.find(call.getOperands().stream()
                        .map(operand -> RexTypes.of(operand.getType()))
                        .toList())
                .orElseThrow(() -> new AssertionError(call));
    }

    /**
     * Compiles a condition.
     *
     * @throws io.sabot.parser.error.SabotException 0A000 if it cannot be computed
     */
    public Predicate predicate(RexNode condition, Schema input) {
        Arena constants = new Arena(CONSTANT_BYTES);
        try {
            Compilation compilation = new Compilation(input, constants, loops);
            List<Node> terms = compilation.compileAll(RelOptUtil.conjunctions(condition));
            if (terms.isEmpty()) {
                terms = compilation.compileAll(List.of(condition));
            }
            BitSet columns = RelOptUtil.InputFinder.bits(condition).toBitSet();
            return new Predicate(terms, columns, new Evaluation(context, compilation), constants);
        } catch (RuntimeException | Error e) {
            constants.close();
            throw e;
        }
    }
}
