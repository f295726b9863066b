package io.sabot.executor.expression;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.TypeKind;
import io.sabot.executor.batch.Storage;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.jspecify.annotations.Nullable;

/** Sums and differences of times and intervals. */
final class TimeArithmetic {
    static final long DAY_MILLIS = 86_400_000;

    private TimeArithmetic() {}

    /** Units of a day in which values of a time type count; 1 for DATE. */
    static long unitsPerDay(AtomicType type) {
        return switch (type.kind()) {
            case DATE -> 1;
            case TIMESTAMP, TIMESTAMP_LTZ -> DAY_MILLIS * Storage.unitsPerMilli(type.precision());
            default -> DAY_MILLIS;
        };
    }

    private static boolean isInterval(TypeKind kind) {
        return kind == TypeKind.INTERVAL_DAY_TIME || kind == TypeKind.INTERVAL_YEAR_MONTH;
    }

    private static boolean isPoint(TypeKind kind) {
        return kind.isTimestamp() || kind == TypeKind.DATE || kind == TypeKind.TIME;
    }

    /** A sum or difference with a time or interval in it; null when there is none. */
    static @Nullable Node compile(RexCall call, Compilation c, boolean minus) {
        Node a = c.compile(call.getOperands().get(0));
        Node b = c.compile(call.getOperands().get(1));
        TypeKind first = Compilation.kind(a.type());
        TypeKind second = Compilation.kind(b.type());
        DataType type = RexTypes.of(call.getType());
        Kernel.Binary loop = minus ? LongKernels::subtract : LongKernels::add;
        if (isInterval(first) && isInterval(second)) {
            return first == second ? StrictNode.cheap(type, Kernel.Binary.of(loop), a, b) : null;
        }
        if (isPoint(first) && isInterval(second)) {
            return shift(a, b, second, (AtomicType) type, minus, c);
        }
        if (isInterval(first) && isPoint(second) && !minus) {
            return shift(b, a, first, (AtomicType) type, false, c);
        }
        if (!minus || !isPoint(first) || !isPoint(second)) {
            return null;
        }
        boolean mixed = (first == TypeKind.TIMESTAMP_LTZ) != (second == TypeKind.TIMESTAMP_LTZ);
        if (!mixed) {
            return difference(a, b, (AtomicType) type);
        }
        // An instant and a local time: the local one is an instant of the session's time zone.
        AtomicType instant =
                AtomicType.timestampLtz(((AtomicType) (first == TypeKind.TIMESTAMP_LTZ ? b : a).type()).precision());
        Node x = first == TypeKind.TIMESTAMP_LTZ ? a : CastRules.cast(a, instant, c, c.origin(), false);
        Node y = second == TypeKind.TIMESTAMP_LTZ ? b : CastRules.cast(b, instant, c, c.origin(), false);
        return x == null || y == null ? null : difference(x, y, (AtomicType) type);
    }

    private static @Nullable Node shift(
            Node point, Node interval, TypeKind kind, AtomicType type, boolean minus, Compilation c) {
        int sign = minus ? -1 : 1;
        AtomicType from = (AtomicType) point.type();
        Node time = Coercion.convert(point, type, c);
        if (time == null) {
            time = toTimestamp(point, from, type, c);
        }
        if (time == null) {
            return null;
        }
        if (FineTimes.is(type)) {
            Kernel moved = kind == TypeKind.INTERVAL_YEAR_MONTH ? FineTimes.addMonths(sign) : FineTimes.addMillis(sign);
            return StrictNode.careful(type, c.origin(), moved, List.of(time, interval));
        }
        if (kind == TypeKind.INTERVAL_YEAR_MONTH) {
            long day = unitsPerDay(type);
            return StrictNode.cheap(
                    type,
                    (rows, arguments) -> {
                        for (int i = 0; i < rows.count(); i++) {
                            long months = sign * arguments[1].getLong(i);
                            rows.putLong(i, Calendars.addMonths(arguments[0].getLong(i), months, day));
                        }
                    },
                    time,
                    interval);
        }
        Node units = interval;
        AtomicType milliseconds = AtomicType.of(TypeKind.INTERVAL_DAY_TIME);
        if (type.kind() == TypeKind.DATE) {
            units = StrictNode.cheap(
                    milliseconds, Kernel.Binary.of(LongKernels::divide), interval, c.constant(DAY_MILLIS));
        } else if (unitsPerDay(type) != DAY_MILLIS) {
            units = StrictNode.cheap(
                    milliseconds,
                    Kernel.Binary.of(LongKernels::multiply),
                    interval,
                    c.constant(unitsPerDay(type) / DAY_MILLIS));
        }
        Kernel sum = Kernel.Binary.of(minus ? LongKernels::subtract : LongKernels::add);
        Kernel wrapped = type.kind() == TypeKind.TIME ? wrapDay(sum) : sum;
        long step = type.kind().isTimestamp() ? Coercion.cut(type.precision()) : 1;
        return StrictNode.cheap(type, step > 1 ? cut(wrapped, step) : wrapped, time, units);
    }

    /** Leaves out digits that the type has not. */
    private static Kernel cut(Kernel kernel, long step) {
        return (rows, arguments) -> {
            kernel.run(rows, arguments);
            Value sum = Value.column(Lane.LONG, rows.out(), 0);
            for (int i = 0; i < rows.count(); i++) {
                rows.putLong(i, sum.getLong(i) - Math.floorMod(sum.getLong(i), step));
            }
        };
    }

    private static Kernel wrapDay(Kernel kernel) {
        return (rows, arguments) -> {
            kernel.run(rows, arguments);
            Value sum = Value.column(Lane.LONG, rows.out(), 0);
            for (int i = 0; i < rows.count(); i++) {
                rows.putLong(i, Math.floorMod(sum.getLong(i), DAY_MILLIS));
            }
        };
    }

    /** A DATE as the TIMESTAMP of its midnight; null for other types. */
    static @Nullable Node toTimestamp(Node node, AtomicType from, AtomicType to, Compilation c) {
        if (from.kind() != TypeKind.DATE || to.kind() != TypeKind.TIMESTAMP) {
            return null;
        }
        long units = unitsPerDay(to);
        return FineTimes.is(to)
                ? StrictNode.careful(to, c.origin(), FineTimes.multiply(units), List.of(node))
                : StrictNode.cheap(to, Kernel.Binary.of(LongKernels::multiply), node, c.constant(units));
    }

    private static @Nullable Node difference(Node a, Node b, AtomicType type) {
        long first = unitsPerDay((AtomicType) a.type());
        long second = unitsPerDay((AtomicType) b.type());
        if (type.kind() == TypeKind.INTERVAL_YEAR_MONTH) {
            return StrictNode.cheap(
                    type,
                    (rows, arguments) -> {
                        for (int i = 0; i < rows.count(); i++) {
                            rows.putLong(
                                    i,
                                    Calendars.monthsBetween(
                                            millis(arguments[1].getLong(i), second),
                                            millis(arguments[0].getLong(i), first)));
                        }
                    },
                    a,
                    b);
        }
        if (type.kind() != TypeKind.INTERVAL_DAY_TIME) {
            return null;
        }
        if (first == DAY_MILLIS && second == DAY_MILLIS) {
            return StrictNode.cheap(type, Kernel.Binary.of(LongKernels::subtract), a, b);
        }
        return StrictNode.cheap(
                type,
                (rows, arguments) -> {
                    for (int i = 0; i < rows.count(); i++) {
                        rows.putLong(
                                i, millis(arguments[0].getLong(i), first) - millis(arguments[1].getLong(i), second));
                    }
                },
                a,
                b);
    }

    private static long millis(long value, long unitsPerDay) {
        return unitsPerDay < DAY_MILLIS
                ? value * (DAY_MILLIS / unitsPerDay)
                : Math.floorDiv(value, unitsPerDay / DAY_MILLIS);
    }

    /** An interval times or divided by a number; null when it is something else. */
    static @Nullable Node scaleInterval(RexCall call, Compilation c) {
        DataType type = RexTypes.of(call.getType());
        if (!isInterval(Compilation.kind(type)) || call.getOperands().size() != 2) {
            return null;
        }
        Node a = c.compile(call.getOperands().get(0));
        Node b = c.compile(call.getOperands().get(1));
        boolean divides = call.getOperator().getName().startsWith("/");
        boolean whole = isInterval(Compilation.kind(a.type()))
                ? Compilation.kind(b.type()).isInteger()
                : Compilation.kind(a.type()).isInteger();
        if (!whole) {
            return null;
        }
        return divides
                ? StrictNode.careful(type, c.origin(call), ArithmeticRules.checkedDivision(), List.of(a, b))
                : StrictNode.cheap(type, Kernel.Binary.of(LongKernels::multiply), a, b);
    }
}
