package io.sabot.executor.expression;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.TypeKind;
import io.sabot.executor.batch.Storage;
import java.math.RoundingMode;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** FLOOR and CEIL, of numbers too, EXTRACT and its short forms. TIMESTAMP_LTZ is taken in the session's time zone. */
final class TimeRules {
    private TimeRules() {}

    static void declare(Functions functions) {
        functions.declare("FLOOR", (call, c) -> round(call, c, false));
        functions.declare("CEIL", (call, c) -> round(call, c, true));
        functions.declare(
                "EXTRACT",
                (call, c) -> extract(
                        call,
                        c,
                        unit(call.getOperands().get(0)),
                        call.getOperands().get(1)));
        for (TimeUnitRange unit : List.of(
                TimeUnitRange.YEAR,
                TimeUnitRange.QUARTER,
                TimeUnitRange.MONTH,
                TimeUnitRange.WEEK,
                TimeUnitRange.HOUR,
                TimeUnitRange.MINUTE,
                TimeUnitRange.SECOND)) {
            functions.declare(unit.name().toUpperCase(Locale.ROOT), part(unit));
        }
        functions.declare("DAYOFYEAR", part(TimeUnitRange.DOY));
        functions.declare("DAYOFMONTH", part(TimeUnitRange.DAY));
        functions.declare("DAYOFWEEK", part(TimeUnitRange.DOW));
        functions.declare("REINTERPRET", TimeRules::reinterpret);
    }

    private static CallRule part(TimeUnitRange unit) {
        return (call, c) -> extract(call, c, unit, call.getOperands().get(0));
    }

    private static @Nullable TimeUnitRange unit(RexNode node) {
        return node instanceof RexLiteral literal && literal.getValue() instanceof TimeUnitRange unit ? unit : null;
    }

    private static @Nullable Node reinterpret(RexCall call, Compilation c) {
        DataType type = RexTypes.of(call.getType());
        Node node = c.compile(call.getOperands().get(0));
        return node.lane() == Lane.of(type) && node.lane() == Lane.LONG ? new RelabelledNode(type, node) : null;
    }

    private static @Nullable Node round(RexCall call, Compilation c, boolean up) {
        Node node = c.compile(call.getOperands().get(0));
        DataType type = RexTypes.of(call.getType());
        if (call.getOperands().size() == 1) {
            return roundNumber(node, type, c, up);
        }
        TimeUnitRange unit = unit(call.getOperands().get(1));
        TypeKind kind = Compilation.kind(node.type());
        if (unit == null || !(kind.isTimestamp() || kind == TypeKind.DATE || kind == TypeKind.TIME)) {
            return null;
        }
        AtomicType from = (AtomicType) node.type();
        long day = TimeArithmetic.unitsPerDay(from);
        boolean known = TimeUnits.fixed(unit, day) > 1 || TimeUnits.months(unit) > 0 || unit == TimeUnitRange.WEEK;
        if (!known) {
            boolean fine = unit == TimeUnitRange.MILLISECOND
                    || unit == TimeUnitRange.MICROSECOND
                    || unit == TimeUnitRange.NANOSECOND
                    || kind == TypeKind.DATE;
            return fine ? Coercion.convert(node, type, c) : null;
        }
        Kernel rounding = rounding(unit, from, day, up);
        Node rounded = FineTimes.is(from)
                ? StrictNode.careful(from, c.origin(), rounding, List.of(node))
                : StrictNode.cheap(from, rounding, node);
        return Coercion.convert(rounded, type, c);
    }

    private static Kernel rounding(TimeUnitRange unit, AtomicType type, long day, boolean up) {
        long units = Storage.unitsPerMilli(type.precision());
        boolean instant = type.kind() == TypeKind.TIMESTAMP_LTZ;
        boolean fine = FineTimes.is(type);
        if (instant || fine) {
            return (rows, arguments) -> {
                Zone zone = new Zone(instant ? rows.context().zone() : ZoneOffset.UTC);
                for (int i = 0; i < rows.count(); i++) {
                    long local = zone.toLocal(Math.floorDiv(arguments[0].getLong(i), units));
                    // What is below a millisecond only matters for whether there is something to round up.
                    long fraction = Math.floorMod(arguments[0].getLong(i), units) == 0 ? 0 : 1;
                    long rounded = up
                            ? TimeUnits.ceil(local + fraction, unit, TimeArithmetic.DAY_MILLIS)
                            : TimeUnits.floor(local, unit, TimeArithmetic.DAY_MILLIS);
                    long time = zone.toUtc(rounded);
                    rows.putLong(i, fine && !rows.isNull(i) ? FineTimes.nanos(time, 0, i) : time * units);
                }
            };
        }
        long fixed = TimeUnits.fixed(unit, day);
        if (fixed > 0 && !up) {
            return (rows, arguments) -> {
                for (int i = 0; i < rows.count(); i++) {
                    long time = arguments[0].getLong(i);
                    rows.putLong(i, time - Math.floorMod(time, fixed));
                }
            };
        }
        return (rows, arguments) -> {
            for (int i = 0; i < rows.count(); i++) {
                long time = arguments[0].getLong(i);
                rows.putLong(i, up ? TimeUnits.ceil(time, unit, day) : TimeUnits.floor(time, unit, day));
            }
        };
    }

    private static @Nullable Node roundNumber(Node node, DataType type, Compilation c, boolean up) {
        TypeKind kind = Compilation.kind(node.type());
        if (kind.isInteger()) {
            return Coercion.convert(node, type, c);
        }
        if (node.lane() == Lane.DOUBLE) {
            return StrictNode.cheap(
                    type,
                    (rows, arguments) -> {
                        for (int i = 0; i < rows.count(); i++) {
                            double value = arguments[0].getDouble(i);
                            rows.putDouble(i, up ? Math.ceil(value) : Math.floor(value));
                        }
                    },
                    node);
        }
        Digits in = Digits.of(node.type());
        Digits out = Digits.of(type);
        if (in == null || out == null || kind != TypeKind.DECIMAL) {
            return null;
        }
        Lane lane = node.lane();
        RoundingMode mode = up ? RoundingMode.CEILING : RoundingMode.FLOOR;
        return StrictNode.careful(
                type,
                Origin.NONE,
                (rows, arguments) -> {
                    for (int i = 0; i < rows.count(); i++) {
                        if (!rows.isNull(i)) {
                            DecimalKernels.put(
                                    rows,
                                    i,
                                    DecimalKernels.number(arguments[0], i, lane, in.scale())
                                            .setScale(0, mode),
                                    out);
                        }
                    }
                },
                List.of(node));
    }

    private static @Nullable Node extract(RexCall call, Compilation c, @Nullable TimeUnitRange unit, RexNode operand) {
        Node node = c.compile(operand);
        DataType type = RexTypes.of(call.getType());
        if (unit == null || !(node.type() instanceof AtomicType from)) {
            return null;
        }
        TypeKind kind = from.kind();
        if (kind == TypeKind.INTERVAL_DAY_TIME || kind == TypeKind.INTERVAL_YEAR_MONTH) {
            return extractInterval(node, type, unit, kind);
        }
        boolean hasDate = kind.isTimestamp() || kind == TypeKind.DATE;
        if (!TimeUnits.isExtractable(unit, hasDate, kind != TypeKind.DATE) || (!hasDate && kind != TypeKind.TIME)) {
            return null;
        }
        long day = TimeArithmetic.unitsPerDay(from);
        boolean zoned = kind == TypeKind.TIMESTAMP_LTZ && unit != TimeUnitRange.EPOCH;
        long units = Storage.unitsPerMilli(from.precision());
        boolean ofDate = TimeUnits.isExtractable(unit, true, false) && unit != TimeUnitRange.EPOCH;
        return StrictNode.cheap(
                type,
                (rows, arguments) -> {
                    Zone zone = new Zone(zoned ? rows.context().zone() : ZoneOffset.UTC);
                    long lastDay = Long.MIN_VALUE;
                    long last = 0;
                    for (int i = 0; i < rows.count(); i++) {
                        long time = arguments[0].getLong(i);
                        if (zoned) {
                            time += zone.offset(Math.floorDiv(time, units)) * units;
                        }
                        // Rows come about in the order of time: what belongs to a day is worked out once.
                        if (!ofDate || Math.floorDiv(time, day) != lastDay) {
                            lastDay = Math.floorDiv(time, day);
                            last = TimeUnits.extract(time, unit, day);
                        }
                        rows.putLong(i, last);
                    }
                },
                node);
    }

    private static @Nullable Node extractInterval(Node node, DataType type, TimeUnitRange unit, TypeKind kind) {
        boolean months = kind == TypeKind.INTERVAL_YEAR_MONTH;
        long[] parts = switch (unit) {
            case YEAR -> months ? new long[] {12, Long.MAX_VALUE} : null;
            case QUARTER -> months ? new long[] {3, 4} : null;
            case MONTH -> months ? new long[] {1, 12} : null;
            case DAY -> months ? null : new long[] {86_400_000, Long.MAX_VALUE};
            case HOUR -> months ? null : new long[] {3_600_000, 24};
            case MINUTE -> months ? null : new long[] {60_000, 60};
            case SECOND -> months ? null : new long[] {1000, 60};
            case MILLISECOND -> months ? null : new long[] {1, 1000};
            case EPOCH -> months ? null : new long[] {1000, Long.MAX_VALUE};
            default -> null;
        };
        if (parts == null) {
            return null;
        }
        long divisor = parts[0];
        long modulus = parts[1];
        int extra = unit == TimeUnitRange.QUARTER ? 1 : 0;
        return StrictNode.cheap(
                type,
                (rows, arguments) -> {
                    for (int i = 0; i < rows.count(); i++) {
                        rows.putLong(i, arguments[0].getLong(i) / divisor % modulus + extra);
                    }
                },
                node);
    }
}
