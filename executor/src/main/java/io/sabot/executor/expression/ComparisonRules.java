package io.sabot.executor.expression;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.TypeKind;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.jspecify.annotations.Nullable;

/** Comparisons, of values brought to one type, and what is written with them. */
final class ComparisonRules {
    private static final DataType BOOLEAN = AtomicType.BOOLEAN;

    private ComparisonRules() {}

    private enum Order {
        EQUAL,
        LESS,
        LESS_OR_EQUAL
    }

    static void declare(Functions functions) {
        functions.declare("=", (call, c) -> compare(call, c, Order.EQUAL, false));
        functions.declare("<>", (call, c) -> negated(compare(call, c, Order.EQUAL, false)));
        functions.declare("!=", (call, c) -> negated(compare(call, c, Order.EQUAL, false)));
        functions.declare("<", (call, c) -> compare(call, c, Order.LESS, false));
        functions.declare(">", (call, c) -> compare(call, c, Order.LESS, true));
        functions.declare("<=", (call, c) -> compare(call, c, Order.LESS_OR_EQUAL, false));
        functions.declare(">=", (call, c) -> compare(call, c, Order.LESS_OR_EQUAL, true));
        functions.declare("IS NOT DISTINCT FROM", (call, c) -> distinct(call, c, false));
        functions.declare("IS DISTINCT FROM", (call, c) -> distinct(call, c, true));
        functions.declare("GREATEST", (call, c) -> extreme(call, c, true));
        functions.declare("LEAST", (call, c) -> extreme(call, c, false));
    }

    private static Node negated(Node node) {
        return StrictNode.cheap(BOOLEAN, Kernel.Unary.of(BitKernels::copy).negated(), node);
    }

    private static Node compare(RexCall call, Compilation c, Order order, boolean swapped) {
        Node a = c.compile(call.getOperands().get(0));
        Node b = c.compile(call.getOperands().get(1));
        return swapped ? compare(order, b, a, c) : compare(order, a, b, c);
    }

    private static Node distinct(RexCall call, Compilation c, boolean different) {
        Node a = c.share(c.compile(call.getOperands().get(0)));
        Node b = c.share(c.compile(call.getOperands().get(1)));
        Node equal = equal(a, b, c);
        return different ? LogicRules.different(a, b, equal) : LogicRules.same(a, b, equal);
    }

    /** {@code a = b}. */
    static Node equal(Node a, Node b, Compilation c) {
        return compare(Order.EQUAL, a, b, c);
    }

    /** {@code a < b}. */
    static Node less(Node a, Node b, Compilation c) {
        return compare(Order.LESS, a, b, c);
    }

    private static Node compare(Order order, Node a, Node b, Compilation c) {
        if (Compilation.kind(a.type()) == TypeKind.NULL
                && a.type() instanceof AtomicType
                && Compilation.kind(b.type()) == TypeKind.NULL
                && b.type() instanceof AtomicType) {
            return ConstantNode.ofNull(BOOLEAN);
        }
        if (order == Order.EQUAL && isNested(a) && isNested(b)) {
            return equalNested(a, b, c);
        }
        DataType type = commonType(a.type(), b.type());
        Node x = type == null ? null : CastRules.cast(a, type, c, c.origin(), false);
        Node y = type == null ? null : CastRules.cast(b, type, c, c.origin(), false);
        if (x == null || y == null) {
            throw SabotException.of(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "cannot compare " + a.type().name() + " with " + b.type().name());
        }
        if (order == Order.LESS_OR_EQUAL && x.lane() != Lane.DOUBLE) {
            return StrictNode.cheap(BOOLEAN, kernel(Order.LESS, x.lane()).negated(), y, x);
        }
        return StrictNode.cheap(BOOLEAN, kernel(order, x.lane()), x, y);
    }

    private static boolean isNested(Node node) {
        return !(node.type() instanceof AtomicType);
    }

    /** Equality of rows, arrays and maps, value by value; NULLs inside are equal to each other. */
    private static Node equalNested(Node a, Node b, Compilation c) {
        Node casted = CastRules.cast(b, a.type(), c, c.origin(), false);
        Node p = a;
        Node q = casted == null ? b : casted;
        Kernel kernel = (rows, arguments) -> {
            for (int i = 0; i < rows.count(); i++) {
                if (!rows.isNull(i)) {
                    Object x = Boxes.read(arguments[0], i, p.type());
                    rows.putBoolean(i, Boxes.equal(x, Boxes.read(arguments[1], i, q.type())));
                }
            }
        };
        return StrictNode.careful(BOOLEAN, Origin.NONE, kernel, List.of(p, q));
    }

    /** GREATEST or LEAST: NULL if any argument is. */
    private static @Nullable Node extreme(RexCall call, Compilation c, boolean greatest) {
        DataType type = RexTypes.of(call.getType());
        if (Lane.of(type) == Lane.NESTED) {
            return null;
        }
        List<Node> operands = c.compileOperands(call);
        Node best = Coercion.to(operands.get(0), type, c);
        List<Node> nulls = new ArrayList<>(List.of(LogicRules.isNull(best)));
        for (Node operand : operands.subList(1, operands.size())) {
            Node next = c.share(Coercion.to(operand, type, c));
            nulls.add(LogicRules.isNull(next));
            best = c.share(best);
            Node better = greatest ? before(best, next, c) : before(next, best, c);
            best = new CaseNode(type, List.of(better), List.of(next, best));
        }
        return new CaseNode(type, List.of(LogicNode.or(nulls)), List.of(ConstantNode.ofNull(type), best));
    }

    /** As {@link #less}, but NaN is greater than all other numbers. */
    private static Node before(Node a, Node b, Compilation c) {
        if (a.lane() != Lane.DOUBLE || b.lane() != Lane.DOUBLE) {
            return less(a, b, c);
        }
        return StrictNode.cheap(
                BOOLEAN,
                (rows, arguments) -> {
                    for (int i = 0; i < rows.count(); i++) {
                        double x = arguments[0].getDouble(i);
                        double y = arguments[1].getDouble(i);
                        rows.putBoolean(i, x < y || (Double.isNaN(y) && !Double.isNaN(x)));
                    }
                },
                a,
                b);
    }

    /** The kernel of {@code =}. */
    static Kernel equality(Lane lane) {
        return kernel(Order.EQUAL, lane);
    }

    private static Kernel kernel(Order order, Lane lane) {
        boolean equal = order == Order.EQUAL;
        return Kernel.Binary.of(
                switch (lane) {
                    case LONG -> equal ? LongKernels::equal : LongKernels::less;
                    case DOUBLE ->
                        equal
                                ? DoubleKernels::equal
                                : order == Order.LESS ? DoubleKernels::less : DoubleKernels::lessOrEqual;
                    case DECIMAL -> equal ? DecimalKernels::equal : DecimalKernels::less;
                    case BOOLEAN -> equal ? BitKernels::equal : BitKernels::less;
                    case TEXT -> equal ? TextKernels::equal : TextKernels::less;
                    case NESTED -> throw new AssertionError(lane);
                });
    }

    /** The type in which an element of an array and a value are compared: the element's where they do not differ. */
    static DataType commonElement(DataType element, DataType value) {
        if (element.sameIgnoringNull(value) || !(element instanceof AtomicType)) {
            return element;
        }
        DataType common = commonType(element, value);
        return common == null ? element : common;
    }

    /** The type in which two types are compared; null when there is none. */
    private static @Nullable DataType commonType(DataType a, DataType b) {
        TypeKind first = Compilation.kind(a);
        TypeKind second = Compilation.kind(b);
        if (first.isNumeric() && second.isNumeric()) {
            Digits x = Digits.of(a);
            Digits y = Digits.of(b);
            if (x == null || y == null) {
                return AtomicType.DOUBLE;
            }
            if (first.isInteger() && second.isInteger()) {
                return AtomicType.BIGINT;
            }
            int scale = Math.max(x.scale(), y.scale());
            return new Digits(Math.min(Digits.MAX, Math.max(x.whole(), y.whole()) + scale), scale).type();
        }
        if (first.isText() && second.isText()) {
            return AtomicType.STRING;
        }
        if (first.isBinary() && second.isBinary()) {
            return AtomicType.BYTES;
        }
        if (first == second && first.isTimestamp()) {
            return ((AtomicType) a).precision() >= ((AtomicType) b).precision() ? a : b;
        }
        boolean firstDated = first.isTimestamp() || first == TypeKind.DATE;
        if (firstDated && first != second && (second.isTimestamp() || second == TypeKind.DATE)) {
            int precision = Math.max(((AtomicType) a).precision(), ((AtomicType) b).precision());
            boolean instant = first == TypeKind.TIMESTAMP_LTZ || second == TypeKind.TIMESTAMP_LTZ;
            return instant ? AtomicType.timestampLtz(precision) : AtomicType.timestamp(precision);
        }
        if (first == TypeKind.NULL && a instanceof AtomicType) {
            return b;
        }
        return first == second && a instanceof AtomicType
                ? a
                : second == TypeKind.NULL && b instanceof AtomicType ? a : null;
    }
}
