package io.sabot.executor.expression;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;

/** AND, OR, NOT, the IS tests, CASE and what is written with it. */
final class LogicRules {
    private static final DataType BOOLEAN = AtomicType.BOOLEAN;

    private LogicRules() {}

    static void declare(Functions functions) {
        functions.declare("AND", (call, c) -> LogicNode.and(operands(call, c)));
        functions.declare("OR", (call, c) -> LogicNode.or(operands(call, c)));
        functions.declare("NOT", (call, c) -> not(operand(call, c, 0)));
        functions.declare("IS NULL", (call, c) -> isNull(operand(call, c, 0)));
        functions.declare("IS UNKNOWN", (call, c) -> isNull(operand(call, c, 0)));
        functions.declare("IS NOT NULL", (call, c) -> isNotNull(operand(call, c, 0)));
        functions.declare("IS NOT UNKNOWN", (call, c) -> isNotNull(operand(call, c, 0)));
        functions.declare("IS TRUE", (call, c) -> test(BitKernels::isTrue, false, operand(call, c, 0)));
        functions.declare("IS NOT TRUE", (call, c) -> test(BitKernels::isTrue, true, operand(call, c, 0)));
        functions.declare("IS FALSE", (call, c) -> test(BitKernels::isFalse, false, operand(call, c, 0)));
        functions.declare("IS NOT FALSE", (call, c) -> test(BitKernels::isFalse, true, operand(call, c, 0)));
        functions.declare("CASE", LogicRules::caseWhen);
        functions.declare("IF", LogicRules::caseWhen);
        functions.declare("COALESCE", LogicRules::coalesce);
        functions.declare("IFNULL", LogicRules::coalesce);
        functions.declare("NULLIF", LogicRules::nullIf);
    }

    private static List<Node> operands(RexCall call, Compilation compilation) {
        return call.getOperands().stream().map(compilation::compile).toList();
    }

    private static Node operand(RexCall call, Compilation compilation, int index) {
        return compilation.compile(call.getOperands().get(index));
    }

    private static Node not(Node a) {
        return StrictNode.cheap(BOOLEAN, Kernel.Unary.of(BitKernels::copy).negated(), a);
    }

    private static Node test(Kernel.Unary loop, boolean negated, Node a) {
        Kernel kernel = Kernel.Unary.of(loop);
        return StrictNode.cheapNullAware(BOOLEAN, negated ? kernel.negated() : kernel, a);
    }

    static Node isNull(Node a) {
        return test(BitKernels::isNotNull, true, a);
    }

    static Node isNotNull(Node a) {
        return test(BitKernels::isNotNull, false, a);
    }

    /** Both NULL, or equal; never NULL. */
    static Node same(Node a, Node b, Node equal) {
        Node bothNull = LogicNode.and(List.of(isNull(a), isNull(b)));
        return LogicNode.or(List.of(bothNull, test(BitKernels::isTrue, false, equal)));
    }

    /** Not both NULL and not equal; never NULL. */
    static Node different(Node a, Node b, Node equal) {
        return not(same(a, b, equal));
    }

    private static Node caseWhen(RexCall call, Compilation compilation) {
        List<Node> conditions = new ArrayList<>();
        List<Node> results = new ArrayList<>();
        List<RexNode> operands = call.getOperands();
        DataType type = RexTypes.of(call.getType());
        for (int i = 0; i + 1 < operands.size(); i += 2) {
            conditions.add(compilation.compile(operands.get(i)));
            results.add(Coercion.to(compilation.compile(operands.get(i + 1)), type, compilation));
        }
        results.add(
                operands.size() % 2 == 0
                        ? ConstantNode.ofNull(type)
                        : Coercion.to(compilation.compile(operands.get(operands.size() - 1)), type, compilation));
        return new CaseNode(type, conditions, results);
    }

    private static Node coalesce(RexCall call, Compilation compilation) {
        List<Node> conditions = new ArrayList<>();
        List<Node> results = new ArrayList<>();
        DataType type = RexTypes.of(call.getType());
        for (RexNode operand : call.getOperands()) {
            Node node = compilation.share(compilation.compile(operand));
            conditions.add(isNotNull(node));
            results.add(Coercion.to(node, type, compilation));
        }
        conditions.remove(conditions.size() - 1);
        return new CaseNode(type, conditions, results);
    }

    private static Node nullIf(RexCall call, Compilation compilation) {
        DataType type = RexTypes.of(call.getType());
        Node a = compilation.share(operand(call, compilation, 0));
        Node equal = ComparisonRules.equal(a, operand(call, compilation, 1), compilation);
        return new CaseNode(
                type, List.of(equal), List.of(ConstantNode.ofNull(type), Coercion.to(a, type, compilation)));
    }
}
