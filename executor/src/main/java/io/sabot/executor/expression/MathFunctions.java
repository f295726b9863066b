package io.sabot.executor.expression;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.TypeKind;
import io.sabot.parser.error.ErrorCode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.apache.calcite.rex.RexCall;
import org.jspecify.annotations.Nullable;

/** Functions of numbers that are not arithmetic: roots, logarithms, angles, rounding, other bases, chance. */
final class MathFunctions {
    private static final double LN_2 = Math.log(2);

    private MathFunctions() {}

    static void declare(Functions functions) {
        unary(functions, "SQRT", Math::sqrt);
        unary(functions, "CBRT", Math::cbrt);
        unary(functions, "EXP", Math::exp);
        unary(functions, "LN", Math::log);
        unary(functions, "LOG2", x -> Math.log(x) / LN_2);
        unary(functions, "LOG10", Math::log10);
        unary(functions, "SIN", Math::sin);
        unary(functions, "COS", Math::cos);
        unary(functions, "TAN", Math::tan);
        unary(functions, "COT", x -> 1 / Math.tan(x));
        unary(functions, "ASIN", Math::asin);
        unary(functions, "ACOS", Math::acos);
        unary(functions, "ATAN", Math::atan);
        unary(functions, "SINH", Math::sinh);
        unary(functions, "COSH", Math::cosh);
        unary(functions, "TANH", Math::tanh);
        unary(functions, "DEGREES", Math::toDegrees);
        unary(functions, "RADIANS", Math::toRadians);
        functions.declare("POWER", (call, c) -> binary(call, c, Math::pow));
        functions.declare("ATAN2", (call, c) -> binary(call, c, Math::atan2));
        functions.declare(
                "LOG",
                (call, c) -> call.getOperands().size() == 1
                        ? unary(call, c, Math::log)
                        : binary(call, c, (base, x) -> Math.log(x) / Math.log(base)));
        functions.declare("PI", (call, c) -> constant(call, c, Math.PI));
        functions.declare("E", (call, c) -> constant(call, c, Math.E));
        functions.declare("SIGN", MathFunctions::sign);
        functions.declare("ROUND", (call, c) -> round(call, c, RoundingMode.HALF_UP));
        functions.declare("TRUNCATE", (call, c) -> round(call, c, RoundingMode.DOWN));
        functions.declare("RAND", MathFunctions::random);
        functions.declare("RAND_INTEGER", MathFunctions::randomInteger);
        functions.row("BIN", (a, x) -> Long.toBinaryString(((Number) a[0]).longValue()));
        functions.row("HEX", (a, x) -> hex(a[0]));
        functions.row("UNHEX", (a, x) -> Radix.unhex(TextFunctions.text(a[0])));
        functions.row(
                "CONV",
                (a, x) -> Radix.convert(a[0].toString(), ((Number) a[1]).intValue(), ((Number) a[2]).intValue()));
    }

    private static void unary(Functions functions, String name, DoubleUnaryOperator function) {
        functions.declare(name, (call, c) -> unary(call, c, function));
    }

    private static Node unary(RexCall call, Compilation c, DoubleUnaryOperator function) {
        Node a = Coercion.to(c.compile(call.getOperands().get(0)), AtomicType.DOUBLE, c);
        return StrictNode.careful(
                RexTypes.of(call.getType()),
                Origin.NONE,
                (rows, arguments) -> {
                    for (int i = 0; i < rows.count(); i++) {
                        rows.putDouble(i, function.applyAsDouble(arguments[0].getDouble(i)));
                    }
                },
                List.of(a));
    }

    private static Node binary(RexCall call, Compilation c, DoubleBinaryOperator function) {
        Node a = Coercion.to(c.compile(call.getOperands().get(0)), AtomicType.DOUBLE, c);
        Node b = Coercion.to(c.compile(call.getOperands().get(1)), AtomicType.DOUBLE, c);
        return StrictNode.careful(
                RexTypes.of(call.getType()),
                Origin.NONE,
                (rows, arguments) -> {
                    for (int i = 0; i < rows.count(); i++) {
                        rows.putDouble(i, function.applyAsDouble(arguments[0].getDouble(i), arguments[1].getDouble(i)));
                    }
                },
                List.of(a, b));
    }

    private static Node constant(RexCall call, Compilation c, double value) {
        return ConstantNode.ofDouble(RexTypes.of(call.getType()), value, c.constants());
    }

    private static @Nullable Node sign(RexCall call, Compilation c) {
        DataType type = RexTypes.of(call.getType());
        Node a = Coercion.to(c.compile(call.getOperands().get(0)), type, c);
        Digits digits = Digits.of(type);
        return switch (a.lane()) {
            case DOUBLE ->
                StrictNode.cheap(
                        type,
                        (rows, arguments) -> {
                            for (int i = 0; i < rows.count(); i++) {
                                rows.putDouble(i, Math.signum(arguments[0].getDouble(i)));
                            }
                        },
                        a);
            case LONG, DECIMAL -> {
                if (digits == null) {
                    yield null;
                }
                Lane lane = a.lane();
                long one = lane == Lane.LONG ? Digits.power(digits.scale()) : 0;
                yield StrictNode.careful(
                        type,
                        Origin.NONE,
                        (rows, arguments) -> {
                            for (int i = 0; i < rows.count(); i++) {
                                if (lane == Lane.LONG) {
                                    rows.putLong(i, Long.signum(arguments[0].getLong(i)) * one);
                                } else if (!rows.isNull(i)) {
                                    int sign = DecimalKernels.number(arguments[0], i, lane, digits.scale())
                                            .signum();
                                    DecimalKernels.put(rows, i, BigDecimal.valueOf(sign), digits);
                                }
                            }
                        },
                        List.of(a));
            }
            case BOOLEAN, TEXT, NESTED -> null;
        };
    }

    /** ROUND and TRUNCATE. Doubles are rounded as the decimals that they print as. */
    private static @Nullable Node round(RexCall call, Compilation c, RoundingMode mode) {
        DataType type = RexTypes.of(call.getType());
        Node a = c.compile(call.getOperands().get(0));
        Node places = call.getOperands().size() > 1
                ? c.compile(call.getOperands().get(1))
                : ConstantNode.ofLong(AtomicType.INT, 0, c.constants());
        if (a.lane() == Lane.DOUBLE) {
            boolean single = Compilation.kind(a.type()) == TypeKind.FLOAT;
            return StrictNode.careful(
                    type,
                    Origin.NONE,
                    (rows, arguments) -> {
                        for (int i = 0; i < rows.count(); i++) {
                            if (!rows.isNull(i)) {
                                int digits = (int) arguments[1].getLong(i);
                                rows.putDouble(i, round(arguments[0].getDouble(i), digits, mode, single));
                            }
                        }
                    },
                    List.of(a, places));
        }
        Digits in = Digits.of(a.type());
        Digits out = Digits.of(type);
        if (in == null || out == null) {
            return null;
        }
        Lane lane = a.lane();
        boolean whole = Compilation.kind(type).isInteger();
        Kernel kernel = (rows, arguments) -> {
            for (int i = 0; i < rows.count(); i++) {
                if (!rows.isNull(i)) {
                    BigDecimal number = DecimalKernels.number(arguments[0], i, lane, in.scale());
                    BigDecimal rounded = rounded(number, arguments[1].getLong(i), mode);
                    if (whole) {
                        rows.putLong(i, rounded.longValue());
                    } else {
                        DecimalKernels.put(rows, i, rounded, out);
                    }
                }
            }
        };
        return StrictNode.careful(
                type, Origin.NONE, whole ? Coercion.wrapped(kernel, (AtomicType) type) : kernel, List.of(a, places));
    }

    private static BigDecimal rounded(BigDecimal number, long places, RoundingMode mode) {
        return places >= number.scale() ? number : number.setScale((int) Math.max(-Digits.MAX, places), mode);
    }

    private static double round(double value, int places, RoundingMode mode, boolean single) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return value;
        }
        String text = single ? Float.toString((float) value) : Double.toString(value);
        return new BigDecimal(text).setScale(places, mode).doubleValue();
    }

    private static Node random(RexCall call, Compilation c) {
        Random chance = new Random();
        boolean seeded = !call.getOperands().isEmpty();
        boolean[] begun = new boolean[1];
        return StrictNode.perRow(
                RexTypes.of(call.getType()),
                Origin.NONE,
                (rows, arguments) -> {
                    for (int i = 0; i < rows.count(); i++) {
                        if (seeded && arguments[0].isNull(i)) {
                            rows.setNull(i);
                            continue;
                        }
                        if (seeded && !(begun[0] && arguments[0].isConstant())) {
                            chance.setSeed(arguments[0].getLong(i));
                            begun[0] = true;
                        }
                        rows.putDouble(i, chance.nextDouble());
                    }
                },
                c.compileOperands(call));
    }

    private static Node randomInteger(RexCall call, Compilation c) {
        Random chance = new Random();
        int last = call.getOperands().size() - 1;
        boolean seeded = last > 0;
        boolean[] begun = new boolean[1];
        return StrictNode.perRow(
                RexTypes.of(call.getType()),
                c.origin(call),
                (rows, arguments) -> {
                    for (int i = 0; i < rows.count(); i++) {
                        if (arguments[0].isNull(i) || arguments[last].isNull(i)) {
                            rows.setNull(i);
                            continue;
                        }
                        if (seeded && !(begun[0] && arguments[0].isConstant())) {
                            chance.setSeed(arguments[0].getLong(i));
                            begun[0] = true;
                        }
                        long bound = arguments[last].getLong(i);
                        if (bound <= 0) {
                            throw new RowException(
                                    ErrorCode.INVALID_PARAMETER, "the bound of RAND_INTEGER must be positive", i);
                        }
                        rows.putLong(i, chance.nextInt((int) Math.min(bound, Integer.MAX_VALUE)));
                    }
                },
                c.compileOperands(call));
    }

    private static String hex(Object argument) {
        if (argument instanceof BigDecimal number) {
            BigInteger whole = number.toBigInteger();
            return Long.toHexString(whole.longValue()).toUpperCase(Locale.ROOT);
        }
        return argument instanceof Number number
                ? Long.toHexString(number.longValue()).toUpperCase(Locale.ROOT)
                : Radix.hex(TextFunctions.bytes(argument));
    }
}
