package io.sabot.executor.expression;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Schema;
import io.sabot.catalog.type.TypeKind;
import io.sabot.executor.batch.JavaCall;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.planner.plan.ExpressionPlace;
import io.sabot.planner.plan.JavaOperator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the expressions of one projector or predicate. An expression that occurs more than once becomes one shared node.
 */
final class Compilation {
    private final Arena constants;
    private final ExpressionText text;
    private final Map<RexNode, Integer> uses = new HashMap<>();
    private final Map<RexNode, Node> done = new HashMap<>();
    private final GeneratedLoops loops;
    private final List<JavaCall> calls = new ArrayList<>();
    private int sharedCount;
    /** The innermost call that is being compiled. */
    private @Nullable RexCall current;

    /** Compiles over the columns of {@code input}; constants live in the arena given, which the caller closes. */
    Compilation(Schema input, Arena constants, GeneratedLoops loops) {
        this.constants = constants;
        this.loops = loops;
        this.text = new ExpressionText(input);
    }

    /** Compiles expressions that will be computed together. */
    List<Node> compileAll(List<RexNode> expressions) {
        expressions.forEach(this::count);
        List<Node> nodes = new ArrayList<>();
        expressions.forEach(expression -> nodes.add(compile(expression)));
        return nodes;
    }

    private void count(RexNode node) {
        if (uses.merge(node, 1, Integer::sum) > 1) {
            return;
        }
        if (node instanceof RexCall call) {
            call.getOperands().forEach(this::count);
        } else if (node instanceof RexFieldAccess access) {
            count(access.getReferenceExpr());
        }
    }

    /** Closes something when the expressions are done with. */
    void closeAtEnd(JavaCall call) {
        calls.add(call);
    }

    /** What is to be closed when the expressions are done with. */
    List<JavaCall> calls() {
        return calls;
    }

    /** Where constants are kept. */
    Arena constants() {
        return constants;
    }

    /** Number of shared nodes so far. */
    int sharedCount() {
        return sharedCount;
    }

    /** What errors say of the call that is being compiled. */
    Origin origin() {
        return current == null ? Origin.NONE : origin(current);
    }

    /** What errors say of a call. */
    Origin origin(RexCall call) {
        return new Origin(text.of(call), ExpressionPlace.owner(call), ExpressionPlace.span(call));
    }

    /** A node computed once for each frame, however often it occurs. */
    Node share(Node node) {
        boolean trivial = node instanceof ColumnNode || node instanceof ConstantNode || node instanceof SharedNode;
        return trivial ? node : new SharedNode(node, sharedCount++);
    }

    /** The node of an expression. */
    Node compile(RexNode expression) {
        Node known = done.get(expression);
        if (known != null) {
            return known;
        }
        Node node = compileNew(expression);
        if (uses.getOrDefault(expression, 1) > 1 && RexUtil.isDeterministic(expression)) {
            node = share(node);
            done.put(expression, node);
        }
        return node;
    }

    private Node compileNew(RexNode expression) {
        if (expression instanceof RexInputRef reference) {
            return new ColumnNode(reference.getIndex(), RexTypes.of(reference.getType()));
        }
        if (expression instanceof RexLiteral literal) {
            return Literals.compile(literal, constants);
        }
        if (expression instanceof RexCall call) {
            return call(call);
        }
        if (expression instanceof RexFieldAccess access) {
            return new FieldNode(
                    compile(access.getReferenceExpr()), access.getField().getIndex(), RexTypes.of(access.getType()));
        }
        throw unsupported(expression);
    }

    private Node call(RexCall call) {
        RexCall outer = current;
        current = call;
        try {
            Node node = kernelOf(call);
            if (node == null) {
                node = loops.compile(call, this);
            }
            if (node == null) {
                throw unsupported(call);
            }
            return node;
        } catch (SabotException e) {
            throw e.at(ExpressionPlace.span(call));
        } finally {
            current = outer;
        }
    }

    /** The node of a call that has a kernel; null when it has none. */
    @Nullable
    Node kernelOf(RexCall call) {
        if (call.getOperator() instanceof JavaOperator operator) {
            return JavaCallNode.compile(call, operator, this);
        }
        CallRule rule = Functions.find(call.getOperator().getName().toUpperCase(Locale.ROOT));
        return rule == null ? null : rule.compile(call, this);
    }

    private SabotException unsupported(RexNode expression) {
        SabotException error =
                SabotException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "cannot compute " + text.of(expression));
        boolean fine = expression instanceof RexCall call
                && call.getOperands().stream().anyMatch(operand -> LoopRows.losesDigits(operand.getType()));
        return fine
                ? error.why("the function works on milliseconds and would lose digits")
                        .hint("CAST the argument to TIMESTAMP(3)")
                : error;
    }

    /** The nodes of a call's operands. */
    List<Node> compileOperands(RexCall call) {
        return call.getOperands().stream().map(this::compile).toList();
    }

    /** A constant of type BIGINT. */
    ConstantNode constant(long value) {
        return ConstantNode.ofLong(AtomicType.BIGINT.withNullable(false), value, constants);
    }

    /** Kind of an operand; NULL for nested types. */
    static TypeKind kind(DataType type) {
        return type instanceof AtomicType atomic ? atomic.kind() : TypeKind.NULL;
    }
}
