package io.sabot.executor.expression;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.MultisetType;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.TypeKind;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Storage;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings numbers and times into another type, as a CAST does. */
final class Coercion {
    /** Integers up to here are exact as doubles. */
    private static final long EXACT = 1L << 53;

    private Coercion() {}

    /** The same values in another type, where the planner says that the types go together. */
    static Node to(Node node, DataType type, Compilation compilation) {
        Node converted = CastRules.cast(node, type, compilation, compilation.origin(), false);
        if (converted == null) {
            throw new AssertionError("no conversion from " + node.type() + " to " + type);
        }
        return converted;
    }

    /** The values in another type; null when that takes a conversion that may fail on a row or changes texts. */
    static @Nullable Node convert(Node node, DataType type, Compilation compilation) {
        if (node.type().sameIgnoringNull(type)) {
            return node;
        }
        if (node instanceof ConstantNode constant && constant.value() == null) {
            return ConstantNode.ofNull(type);
        }
        if (!(node.type() instanceof AtomicType from) || !(type instanceof AtomicType to)) {
            return sameLayout(node.type(), type) ? new RelabelledNode(type, node) : null;
        }
        Digits digits = Digits.of(to);
        if (digits != null && to.kind() == TypeKind.DECIMAL) {
            return from.kind().isNumeric() ? toDecimal(node, digits, compilation) : null;
        }
        if (to.kind().isInteger()) {
            return from.kind().isNumeric() ? toInteger(node, to) : null;
        }
        if (to.kind() == TypeKind.FLOAT || to.kind() == TypeKind.DOUBLE) {
            return from.kind().isNumeric() ? toFloating(node, to) : null;
        }
        if (to.kind().isText() && from.kind().isText() && fits(from, to)) {
            return node;
        }
        if (to.kind().isBinary() && from.kind().isBinary() && fits(from, to)) {
            return node;
        }
        if (to.kind() == from.kind() && to.kind().isTimestamp()) {
            return timestamp(node, from.precision(), to, compilation);
        }
        return to.kind() == from.kind() && !to.kind().isText() && !to.kind().isBinary() ? node : null;
    }

    /** Whether nested values lie in memory in the same way: names and nullability do not matter. */
    private static boolean sameLayout(DataType a, DataType b) {
        if (a instanceof AtomicType x && b instanceof AtomicType y) {
            boolean text = x.kind().isText() && y.kind().isText();
            return text || x.sameIgnoringNull(y);
        }
        if (a instanceof RowType x && b instanceof RowType y) {
            boolean same = x.fields().size() == y.fields().size();
            for (int i = 0; same && i < x.fields().size(); i++) {
                same = sameLayout(x.fields().get(i).type(), y.fields().get(i).type());
            }
            return same;
        }
        if (a instanceof ArrayType x && b instanceof ArrayType y) {
            return sameLayout(x.element(), y.element());
        }
        if (a instanceof MapType x && b instanceof MapType y) {
            return sameLayout(x.key(), y.key()) && sameLayout(x.value(), y.value());
        }
        return a instanceof MultisetType x && b instanceof MultisetType y && sameLayout(x.element(), y.element());
    }

    private static boolean fits(AtomicType from, AtomicType to) {
        boolean varying = to.kind() == TypeKind.VARCHAR || to.kind() == TypeKind.VARBINARY;
        return varying && from.precision() <= to.precision();
    }

    private static Node toDecimal(Node node, Digits out, Compilation compilation) {
        Digits in = Digits.of(node.type());
        if (in == null) {
            return StrictNode.careful(
                    out.type(),
                    Origin.NONE,
                    (rows, arguments) -> {
                        for (int i = 0; i < rows.count(); i++) {
                            double value = arguments[0].getDouble(i);
                            if (rows.isNull(i) || Double.isNaN(value) || Double.isInfinite(value)) {
                                rows.setNull(i);
                            } else {
                                DecimalKernels.put(rows, i, BigDecimal.valueOf(value), out);
                            }
                        }
                    },
                    List.of(node));
        }
        int shift = out.scale() - in.scale();
        if (in.fitIn(out)) {
            return scaleUp(node, shift, out, compilation);
        }
        if (node.lane() == Lane.LONG && out.precision() <= Lane.LONG_DIGITS) {
            if (shift >= 0) {
                return StrictNode.cheap(out.type(), DecimalKernels.scaleUp(shift, out.precision()), node);
            }
            if (-shift <= Lane.LONG_DIGITS) {
                return StrictNode.cheap(out.type(), DecimalKernels.scaleDown(-shift, out.precision()), node);
            }
        }
        return StrictNode.careful(
                out.type(), Origin.NONE, DecimalKernels.round(node.lane(), in.scale(), out), List.of(node));
    }

    /** To more digits behind the point where the result is known to fit. */
    private static Node scaleUp(Node node, int shift, Digits out, Compilation compilation) {
        AtomicType type = out.type();
        if (Lane.of(type) == Lane.LONG) {
            return shift == 0
                    ? new RelabelledNode(type, node)
                    : StrictNode.cheap(
                            type,
                            Kernel.Binary.of(LongKernels::multiply),
                            node,
                            compilation.constant(Digits.power(shift)));
        }
        if (shift > Lane.LONG_DIGITS) {
            return StrictNode.careful(
                    type, Origin.NONE, DecimalKernels.round(node.lane(), out.scale() - shift, out), List.of(node));
        }
        if (node.lane() == Lane.LONG) {
            return shift == 0
                    ? StrictNode.cheap(type, Kernel.Unary.of(DecimalKernels::widen), node)
                    : StrictNode.cheap(
                            type,
                            Kernel.Binary.of(DecimalKernels::multiplyLongs),
                            node,
                            compilation.constant(Digits.power(shift)));
        }
        return shift == 0
                ? new RelabelledNode(type, node)
                : StrictNode.cheap(
                        type,
                        Kernel.Binary.of(DecimalKernels::multiply),
                        node,
                        StrictNode.cheap(
                                new Digits(Digits.MAX, 0).type(),
                                Kernel.Unary.of(DecimalKernels::widen),
                                compilation.constant(Digits.power(shift))));
    }

    private static int bits(TypeKind kind) {
        return switch (kind) {
            case TINYINT -> 8;
            case SMALLINT -> 16;
            case INT -> 32;
            default -> 64;
        };
    }

    /** The kernel with results cut to the width of an integer type. */
    static Kernel wrapped(Kernel kernel, AtomicType type) {
        return kernel.wrapped(bits(type.kind()));
    }

    private static Node toInteger(Node node, AtomicType to) {
        AtomicType from = (AtomicType) node.type();
        if (from.kind() == TypeKind.FLOAT || from.kind() == TypeKind.DOUBLE) {
            boolean wide = to.kind() == TypeKind.BIGINT;
            Kernel.Unary loop = wide ? Coercion::doubleToLong : Coercion::doubleToInt;
            return StrictNode.cheap(to, wrapped(Kernel.Unary.of(loop), to), node);
        }
        if (from.kind() == TypeKind.DECIMAL && (from.scale() > 0 || node.lane() == Lane.DECIMAL)) {
            return StrictNode.cheap(to, wrapped(truncate(node.lane(), from.scale()), to), node);
        }
        if (bits(from.kind()) <= bits(to.kind()) && from.kind() != TypeKind.DECIMAL) {
            return new RelabelledNode(to, node);
        }
        return StrictNode.cheap(
                to, wrapped((rows, arguments) -> copy(arguments[0], rows.out(), rows.count()), to), node);
    }

    private static void copy(Value a, long out, int n) {
        for (int i = 0; i < n; i++) {
            Memory.putLong(out + ((long) i << 3), a.getLong(i));
        }
    }

    private static void doubleToLong(Value a, long out, int n) {
        for (int i = 0; i < n; i++) {
            Memory.putLong(out + ((long) i << 3), (long) a.getDouble(i));
        }
    }

    private static void doubleToInt(Value a, long out, int n) {
        for (int i = 0; i < n; i++) {
            Memory.putLong(out + ((long) i << 3), (int) a.getDouble(i));
        }
    }

    private static Kernel truncate(Lane lane, int scale) {
        if (lane == Lane.LONG) {
            long divisor = Digits.power(scale);
            return (rows, arguments) -> {
                for (int i = 0; i < rows.count(); i++) {
                    rows.putLong(i, arguments[0].getLong(i) / divisor);
                }
            };
        }
        return (rows, arguments) -> {
            for (int i = 0; i < rows.count(); i++) {
                rows.putLong(
                        i,
                        rows.isNull(i)
                                ? 0
                                : DecimalKernels.number(arguments[0], i, lane, scale)
                                        .toBigInteger()
                                        .longValue());
            }
        };
    }

    private static Node toFloating(Node node, AtomicType to) {
        AtomicType from = (AtomicType) node.type();
        if (from.kind() == TypeKind.FLOAT) {
            return new RelabelledNode(to, node);
        }
        Kernel kernel;
        if (from.kind() == TypeKind.DOUBLE) {
            kernel = (rows, arguments) -> copy(arguments[0], rows.out(), rows.count());
        } else if (from.kind() == TypeKind.DECIMAL) {
            int scale = from.scale();
            Lane lane = node.lane();
            kernel = decimalToDouble(lane, scale);
        } else if (to.kind() == TypeKind.FLOAT) {
            return StrictNode.cheap(to, Kernel.Unary.of(Coercion::longToFloat), node);
        } else {
            kernel = Kernel.Unary.of(Coercion::longToDouble);
        }
        if (to.kind() == TypeKind.FLOAT) {
            Kernel exact = kernel;
            kernel = (rows, arguments) -> {
                exact.run(rows, arguments);
                DoubleKernels.roundToFloat(rows.out(), rows.count());
            };
        }
        return StrictNode.cheap(to, kernel, node);
    }

    private static Kernel decimalToDouble(Lane lane, int scale) {
        double divisor = lane == Lane.LONG ? (double) Digits.power(scale) : 0;
        return (rows, arguments) -> {
            for (int i = 0; i < rows.count(); i++) {
                long small = lane == Lane.LONG ? arguments[0].getLong(i) : Long.MAX_VALUE;
                if (small <= EXACT && small >= -EXACT) {
                    // Both numbers are exact, so that the quotient is the nearest double.
                    rows.putDouble(i, (double) small / divisor);
                } else if (!rows.isNull(i)) {
                    rows.putDouble(
                            i,
                            DecimalKernels.number(arguments[0], i, lane, scale).doubleValue());
                }
            }
        };
    }

    private static void longToDouble(Value a, long out, int n) {
        for (int i = 0; i < n; i++) {
            Memory.putDouble(out + ((long) i << 3), (double) a.getLong(i));
        }
    }

    private static void longToFloat(Value a, long out, int n) {
        for (int i = 0; i < n; i++) {
            Memory.putDouble(out + ((long) i << 3), (float) a.getLong(i));
        }
    }

    /** Timestamps in other units, cut towards the past. */
    static Node timestamp(Node node, int fromPrecision, AtomicType to, Compilation compilation) {
        long from = Storage.unitsPerMilli(fromPrecision);
        long units = Storage.unitsPerMilli(to.precision());
        long digits = fromPrecision > to.precision() ? cut(to.precision()) : 1;
        if (digits > 1) {
            return StrictNode.cheap(
                    to,
                    (rows, arguments) -> {
                        for (int i = 0; i < rows.count(); i++) {
                            long value = Math.floorDiv(arguments[0].getLong(i), from > units ? from / units : 1);
                            rows.putLong(i, value - Math.floorMod(value, digits));
                        }
                    },
                    node);
        }
        if (from == units) {
            return new RelabelledNode(to, node);
        }
        if (from < units && FineTimes.is(to)) {
            return StrictNode.careful(to, compilation.origin(), FineTimes.multiply(units / from), List.of(node));
        }
        return from < units
                ? StrictNode.cheap(
                        to, Kernel.Binary.of(LongKernels::multiply), node, compilation.constant(units / from))
                : StrictNode.cheap(
                        to,
                        (rows, arguments) -> {
                            for (int i = 0; i < rows.count(); i++) {
                                rows.putLong(i, Math.floorDiv(arguments[0].getLong(i), from / units));
                            }
                        },
                        node);
    }

    /** Units that a precision leaves no digits for: a TIMESTAMP(1) is kept in milliseconds but steps by 100. */
    static long cut(int precision) {
        return Digits.power((precision <= 3 ? 3 : precision <= 6 ? 6 : 9) - precision);
    }
}
