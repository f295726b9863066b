package io.sabot.executor.expression;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.TypeKind;
import io.sabot.parser.error.ErrorCode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Arithmetic of numbers. Whole numbers wrap, decimals that overflow are NULL, division of exact numbers by 0 fails. */
final class ArithmeticRules {
    /** The digits of a quotient before it is rounded to the digits of its type. */
    private static final MathContext DIVISION = new MathContext(Digits.MAX, RoundingMode.HALF_UP);

    private ArithmeticRules() {}

    static void declare(Functions functions) {
        functions.declare("+", ArithmeticRules::plus);
        functions.declare("-", ArithmeticRules::minus);
        functions.declare("*", ArithmeticRules::times);
        functions.declare("/", ArithmeticRules::divide);
        functions.declare("/INT", ArithmeticRules::divide);
        functions.declare("MOD", ArithmeticRules::remainder);
        functions.declare("%", ArithmeticRules::remainder);
        functions.declare("ABS", (call, c) -> unary(call, c, LongKernels::absolute, DoubleKernels::absolute));
    }

    private static @Nullable Node plus(RexCall call, Compilation c) {
        if (call.getOperands().size() == 1) {
            return c.compile(call.getOperands().get(0));
        }
        Node time = TimeArithmetic.compile(call, c, false);
        return time != null
                ? time
                : numbers(
                        call,
                        c,
                        Kernel.Binary.of(LongKernels::add),
                        Kernel.Binary.of(DoubleKernels::add),
                        ArithmeticRules::addDecimals);
    }

    private static @Nullable Node minus(RexCall call, Compilation c) {
        if (call.getOperands().size() == 1) {
            return unary(call, c, LongKernels::negate, DoubleKernels::negate);
        }
        Node time = TimeArithmetic.compile(call, c, true);
        return time != null
                ? time
                : numbers(
                        call,
                        c,
                        Kernel.Binary.of(LongKernels::subtract),
                        Kernel.Binary.of(DoubleKernels::subtract),
                        ArithmeticRules::subtractDecimals);
    }

    private static @Nullable Node times(RexCall call, Compilation c) {
        Node interval = TimeArithmetic.scaleInterval(call, c);
        return interval != null
                ? interval
                : numbers(
                        call,
                        c,
                        Kernel.Binary.of(LongKernels::multiply),
                        Kernel.Binary.of(DoubleKernels::multiply),
                        ArithmeticRules::multiplyDecimals);
    }

    private static @Nullable Node divide(RexCall call, Compilation c) {
        Node interval = TimeArithmetic.scaleInterval(call, c);
        return interval != null
                ? interval
                : numbers(
                        call,
                        c,
                        checked(Kernel.Binary.of(LongKernels::divide)),
                        Kernel.Binary.of(DoubleKernels::divide),
                        (a, b, out, comp) -> divideDecimals(a, b, out, comp.origin(call)));
    }

    private static @Nullable Node remainder(RexCall call, Compilation c) {
        return numbers(
                call,
                c,
                checked(Kernel.Binary.of(LongKernels::remainder)),
                Kernel.Binary.of(DoubleKernels::remainder),
                (a, b, out, comp) -> remainderOfDecimals(a, b, out, comp.origin(call)));
    }

    /** Division of whole numbers that refuses 0. */
    static Kernel checkedDivision() {
        return checked(Kernel.Binary.of(LongKernels::divide));
    }

    /** Refuses a divisor of 0 in a row without NULLs. */
    private static Kernel checked(Kernel kernel) {
        return (rows, arguments) -> {
            kernel.run(rows, arguments);
            refuseZeros(arguments[1], Lane.LONG, rows);
        };
    }

    private static void refuseZeros(Value divisor, Lane lane, Rows rows) {
        int zero = DecimalKernels.zeros(divisor, lane, rows.validity(), rows.count());
        if (zero >= 0) {
            throw new RowException(ErrorCode.DIVISION_BY_ZERO, "division by zero", zero);
        }
    }

    @FunctionalInterface
    private interface DecimalRule {
        Node compile(Node a, Node b, Digits out, Compilation compilation);
    }

    private static @Nullable Node numbers(
            RexCall call, Compilation c, Kernel longs, Kernel doubles, DecimalRule decimals) {
        DataType type = RexTypes.of(call.getType());
        List<RexNode> operands = call.getOperands();
        if (!(type instanceof AtomicType atomic)
                || operands.size() != 2
                || !atomic.kind().isNumeric()) {
            return null;
        }
        Node a = c.compile(operands.get(0));
        Node b = c.compile(operands.get(1));
        if (!Compilation.kind(a.type()).isNumeric()
                || !Compilation.kind(b.type()).isNumeric()) {
            return null;
        }
        if (atomic.kind() == TypeKind.DECIMAL) {
            Digits out = new Digits(atomic.precision(), atomic.scale());
            return Digits.of(a.type()) == null || Digits.of(b.type()) == null ? null : decimals.compile(a, b, out, c);
        }
        if (atomic.kind().isInteger()) {
            if (isDecimal(a) || isDecimal(b)) {
                Digits out = new Digits(Lane.LONG_DIGITS, 0);
                return Coercion.to(decimals.compile(exact(a, c), exact(b, c), out, c), type, c);
            }
            return arithmetic(call, type, Coercion.wrapped(longs, atomic), a, b, c);
        }
        Kernel kernel = atomic.kind() == TypeKind.DOUBLE
                ? doubles
                : (rows, arguments) -> {
                    doubles.run(rows, arguments);
                    DoubleKernels.roundToFloat(rows.out(), rows.count());
                };
        AtomicType number = AtomicType.DOUBLE;
        return arithmetic(call, type, kernel, Coercion.to(a, number, c), Coercion.to(b, number, c), c);
    }

    private static boolean isDecimal(Node node) {
        return Compilation.kind(node.type()) == TypeKind.DECIMAL;
    }

    private static Node exact(Node node, Compilation c) {
        Digits digits = Digits.of(node.type());
        return digits == null ? node : Coercion.to(node, digits.type(), c);
    }

    /** A division can only fail where its divisor is not a constant other than 0. */
    private static Node arithmetic(RexCall call, DataType type, Kernel kernel, Node a, Node b, Compilation c) {
        boolean divides = switch (call.getOperator().getName()) {
            case "/", "/INT", "%", "MOD" -> true;
            default -> false;
        };
        boolean fails = divides && Lane.of(type) == Lane.LONG && !isNonZero(b);
        return fails
                ? StrictNode.careful(type, c.origin(call), kernel, List.of(a, b))
                : StrictNode.cheap(type, kernel, a, b);
    }

    private static boolean isNonZero(Node node) {
        return node instanceof ConstantNode constant
                && constant.value() != null
                && constant.value().getLong(0) != 0;
    }

    private static @Nullable Node unary(RexCall call, Compilation c, Kernel.Unary longs, Kernel.Unary doubles) {
        DataType type = RexTypes.of(call.getType());
        Node a = Coercion.to(c.compile(call.getOperands().get(0)), type, c);
        return switch (a.lane()) {
            case LONG -> StrictNode.cheap(type, Coercion.wrapped(Kernel.Unary.of(longs), (AtomicType) type), a);
            case DOUBLE -> StrictNode.cheap(type, Kernel.Unary.of(doubles), a);
            case DECIMAL -> {
                Digits digits = digits(a);
                boolean negates = call.getOperator().getName().equals("-");
                yield negates
                        ? StrictNode.cheap(type, Kernel.Unary.of(DecimalKernels::negate), a)
                        : StrictNode.careful(
                                type,
                                Origin.NONE,
                                DecimalKernels.exact((x, y) -> x.abs(), a, a, digits, digits, digits),
                                List.of(a, a));
            }
            case BOOLEAN, TEXT, NESTED -> null;
        };
    }

    private static Digits digits(Node node) {
        Digits digits = Digits.of(node.type());
        if (digits == null) {
            throw new AssertionError(node.type() + " is not exact");
        }
        return digits;
    }

    private static Node addDecimals(Node a, Node b, Digits out, Compilation c) {
        return sum(a, b, out, c, LongKernels::add, DecimalKernels::add, BigDecimal::add);
    }

    private static Node subtractDecimals(Node a, Node b, Digits out, Compilation c) {
        return sum(a, b, out, c, LongKernels::subtract, DecimalKernels::subtract, BigDecimal::subtract);
    }

    private static Node sum(
            Node a,
            Node b,
            Digits out,
            Compilation c,
            Kernel.Binary longs,
            Kernel.Binary decimals,
            DecimalKernels.Exact exact) {
        Digits x = digits(a);
        Digits y = digits(b);
        int scale = Math.max(x.scale(), y.scale());
        Digits needed = new Digits(Math.max(x.whole(), y.whole()) + scale + 1, scale);
        if (!needed.fitIn(out) || out.precision() > Digits.MAX) {
            return StrictNode.careful(
                    out.type(), Origin.NONE, DecimalKernels.exact(exact, a, b, x, y, out), List.of(a, b));
        }
        Kernel kernel = Kernel.Binary.of(Lane.of(out.type()) == Lane.LONG ? longs : decimals);
        return StrictNode.cheap(out.type(), kernel, Coercion.to(a, out.type(), c), Coercion.to(b, out.type(), c));
    }

    private static Node multiplyDecimals(Node a, Node b, Digits out, Compilation c) {
        Digits x = digits(a);
        Digits y = digits(b);
        Digits needed = new Digits(x.precision() + y.precision(), x.scale() + y.scale());
        if (!needed.fitIn(out) || needed.scale() != out.scale()) {
            return StrictNode.careful(
                    out.type(),
                    Origin.NONE,
                    DecimalKernels.exact(BigDecimal::multiply, a, b, x, y, out),
                    List.of(a, b));
        }
        if (Lane.of(out.type()) == Lane.LONG) {
            return StrictNode.cheap(out.type(), Kernel.Binary.of(LongKernels::multiply), a, b);
        }
        if (a.lane() == Lane.LONG && b.lane() == Lane.LONG) {
            return StrictNode.cheap(out.type(), Kernel.Binary.of(DecimalKernels::multiplyLongs), a, b);
        }
        return StrictNode.cheap(out.type(), Kernel.Binary.of(DecimalKernels::multiply), wide(a), wide(b));
    }

    /** The number in 16 bytes. */
    static Node wide(Node node) {
        return node.lane() == Lane.DECIMAL
                ? node
                : StrictNode.cheap(
                        new Digits(Digits.MAX, digits(node).scale()).type(),
                        Kernel.Unary.of(DecimalKernels::widen),
                        node);
    }

    private static Node divideDecimals(Node a, Node b, Digits out, Origin origin) {
        Digits x = digits(a);
        Digits y = digits(b);
        Lane divisor = b.lane();
        int shift = out.scale() - x.scale() + y.scale();
        Kernel exact = DecimalKernels.exact((p, q) -> p.divide(q, DIVISION), a, b, x, y, out);
        boolean longs = a.lane() == Lane.LONG && divisor == Lane.LONG && shift >= 0 && shift <= Lane.LONG_DIGITS;
        Kernel fast = longs ? DecimalDivision.of(shift, x.scale(), y.scale(), out, DIVISION) : exact;
        return StrictNode.careful(
                out.type(),
                origin,
                (rows, arguments) -> {
                    refuseZeros(arguments[1], divisor, rows);
                    fast.run(rows, arguments);
                },
                List.of(a, b));
    }

    private static Node remainderOfDecimals(Node a, Node b, Digits out, Origin origin) {
        Lane divisor = b.lane();
        Kernel exact = DecimalKernels.exact(BigDecimal::remainder, a, b, digits(a), digits(b), out);
        return StrictNode.careful(
                out.type(),
                origin,
                (rows, arguments) -> {
                    refuseZeros(arguments[1], divisor, rows);
                    exact.run(rows, arguments);
                },
                List.of(a, b));
    }
}
