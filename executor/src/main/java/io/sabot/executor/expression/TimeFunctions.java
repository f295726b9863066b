package io.sabot.executor.expression;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.TypeKind;
import io.sabot.executor.batch.Storage;
import io.sabot.parser.error.ErrorCode;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.jspecify.annotations.Nullable;

/** Functions between times, texts and numbers of seconds. What cannot be read is NULL. */
final class TimeFunctions {
    private static final String SECONDS = "yyyy-MM-dd HH:mm:ss";
    private static final int DATE_LENGTH = 10;

    private TimeFunctions() {}

    static void declare(Functions functions) {
        functions.declare("DATE_FORMAT", TimeFunctions::dateFormat);
        functions.declare("TO_TIMESTAMP", (call, c) -> careful(call, c, toTimestamp(false)));
        functions.declare("TO_TIMESTAMP_LTZ", TimeFunctions::toInstant);
        functions.declare("TO_DATE", (call, c) -> careful(call, c, toDate()));
        functions.declare("UNIX_TIMESTAMP", TimeFunctions::unixTimestamp);
        functions.declare("FROM_UNIXTIME", TimeFunctions::fromUnixTime);
        functions.declare("CONVERT_TZ", (call, c) -> careful(call, c, convertZone()));
    }

    private static Node careful(RexCall call, Compilation c, Kernel kernel) {
        return StrictNode.careful(RexTypes.of(call.getType()), c.origin(call), kernel, c.compileOperands(call));
    }

    /** The formats of an argument, keeping the last: mostly it is a constant. */
    private static final class Formats {
        private final @Nullable Value patterns;
        private String text;
        private DateFormat format;
        private boolean read;

        Formats(Value[] arguments, int index, String absent) {
            patterns = index < arguments.length ? arguments[index] : null;
            text = absent;
            format = DateFormat.of(absent);
        }

        DateFormat of(int row) {
            if (patterns != null && (!read || !patterns.isConstant())) {
                read = true;
                String newText = ValueTexts.string(patterns, row);
                if (!newText.equals(text)) {
                    try {
                        format = DateFormat.of(newText);
                    } catch (IllegalArgumentException e) {
                        throw new RowException(
                                ErrorCode.INVALID_DATETIME, "'" + newText + "' is no pattern of dates", row);
                    }
                    text = newText;
                }
            }
            return format;
        }
    }

    private static @Nullable Node dateFormat(RexCall call, Compilation c) {
        List<Node> operands = c.compileOperands(call);
        if (!(operands.get(0).type() instanceof AtomicType type)) {
            return null;
        }
        boolean text = type.kind().isText();
        if (!text && !type.kind().isTimestamp()) {
            return null;
        }
        long units = text ? 1 : Storage.unitsPerMilli(type.precision());
        boolean instant = type.kind() == TypeKind.TIMESTAMP_LTZ;
        LenientFormat texts = new LenientFormat();
        Kernel kernel = (rows, arguments) -> {
            Formats formats = new Formats(arguments, 1, SECONDS);
            Zone zone = new Zone(rows.context().zone());
            for (int i = 0; i < rows.count(); i++) {
                if (rows.isNull(i)) {
                    continue;
                }
                Long time = text
                        ? texts.parse(ValueTexts.string(arguments[0], i), SECONDS)
                        : Long.valueOf(Math.floorDiv(arguments[0].getLong(i), units));
                if (time == null) {
                    rows.setNull(i);
                } else {
                    formats.of(i).format(rows, i, instant ? zone.toLocal(time) : time);
                }
            }
        };
        return StrictNode.careful(RexTypes.of(call.getType()), c.origin(call), kernel, operands);
    }

    /** Reads texts in the pattern of the second argument; {@code zoned} ones in the zone of the third, UTC without. */
    private static Kernel toTimestamp(boolean zoned) {
        return (rows, arguments) -> {
            Formats formats = new Formats(arguments, 1, SECONDS);
            for (int i = 0; i < rows.count(); i++) {
                if (rows.isNull(i)) {
                    continue;
                }
                Long time = arguments.length > 1 ? formats.of(i).parse(ValueTexts.string(arguments[0], i)) : null;
                // What is not in the format may still be in the usual one.
                time = time == null ? parse(arguments[0], i, arguments.length > 1) : time;
                if (time != null && zoned && arguments.length > 2) {
                    time = zone(arguments[2], i).toUtc(time);
                }
                if (time == null) {
                    rows.setNull(i);
                } else {
                    rows.putLong(i, time);
                }
            }
        };
    }

    /** The time of a text in the usual format, null for others; {@code timed} ones must have a time of day. */
    private static @Nullable Long parse(Value text, int row, boolean timed) {
        int length = (int) text.high(row);
        long time = timed && length <= DATE_LENGTH ? TimeText.INVALID : TimeText.timestamp(text.low(row), length, 1);
        return time == TimeText.INVALID ? null : time;
    }

    private static Zone zone(Value names, int row) {
        String name = ValueTexts.string(names, row);
        try {
            return new Zone(ZoneId.of(name));
        } catch (DateTimeException e) {
            throw new RowException(ErrorCode.INVALID_PARAMETER, "'" + name + "' is no time zone", row);
        }
    }

    /** Seconds (precision 0), milliseconds (3, the default) or other fractions since the epoch, or a text. */
    private static @Nullable Node toInstant(RexCall call, Compilation c) {
        List<Node> operands = c.compileOperands(call);
        TypeKind kind = Compilation.kind(operands.get(0).type());
        if (kind.isText()) {
            return StrictNode.careful(RexTypes.of(call.getType()), c.origin(call), toTimestamp(true), operands);
        }
        boolean floating = operands.get(0).lane() == Lane.DOUBLE;
        long perSecond = Storage.unitsPerMilli(((AtomicType) RexTypes.of(call.getType())).precision()) * 1000;
        Node number = Coercion.to(operands.get(0), floating ? AtomicType.DOUBLE : AtomicType.BIGINT, c);
        Node precision = operands.size() > 1 ? operands.get(1) : c.constant(3);
        Kernel kernel = (rows, arguments) -> {
            for (int i = 0; i < rows.count(); i++) {
                long digits = arguments[1].getLong(i);
                if (rows.isNull(i)) {
                    continue;
                }
                if (digits < 0 || digits > 9) {
                    throw new RowException(
                            ErrorCode.INVALID_PARAMETER, "the precision of TO_TIMESTAMP_LTZ is 0 to 9", i);
                }
                long fractions = Digits.power((int) digits);
                if (floating) {
                    rows.putLong(i, (long) (arguments[0].getDouble(i) * ((double) perSecond / fractions)));
                } else {
                    long value = arguments[0].getLong(i);
                    rows.putLong(
                            i,
                            fractions <= perSecond
                                    ? value * (perSecond / fractions)
                                    : Math.floorDiv(value, fractions / perSecond));
                }
            }
        };
        return StrictNode.careful(RexTypes.of(call.getType()), c.origin(call), kernel, List.of(number, precision));
    }

    private static Kernel toDate() {
        LenientFormat format = new LenientFormat();
        return (rows, arguments) -> {
            for (int i = 0; i < rows.count(); i++) {
                if (rows.isNull(i)) {
                    continue;
                }
                Value text = arguments[0];
                long days = TimeText.INVALID;
                if (arguments.length == 1) {
                    days = TimeText.date(text.low(i), (int) text.high(i));
                } else {
                    Long time = format.parse(ValueTexts.string(text, i), ValueTexts.string(arguments[1], i));
                    days = time == null ? days : Math.floorDiv(time, TimeArithmetic.DAY_MILLIS);
                }
                if (days == TimeText.INVALID) {
                    rows.setNull(i);
                } else {
                    rows.putLong(i, days);
                }
            }
        };
    }

    private static Node unixTimestamp(RexCall call, Compilation c) {
        if (call.getOperands().isEmpty()) {
            return ClockRules.seconds(RexTypes.of(call.getType()));
        }
        return Functions.row(call, c, c.compileOperands(call), new UnixTime());
    }

    /** Seconds of a text; what cannot be read is the least number. */
    private static final class UnixTime implements RowFunction {
        private final LenientFormat format = new LenientFormat();

        @Override
        public Object apply(Object[] arguments, EvaluationContext context) {
            String pattern = arguments.length > 1 ? (String) arguments[1] : SECONDS;
            Long local = format.parse((String) arguments[0], pattern);
            return local == null ? Long.MIN_VALUE : Math.floorDiv(new Zone(context.zone()).toUtc(local), 1000L);
        }
    }

    private static Node fromUnixTime(RexCall call, Compilation c) {
        List<Node> operands = new ArrayList<>(c.compileOperands(call));
        operands.set(0, Coercion.to(operands.get(0), AtomicType.BIGINT, c));
        return StrictNode.careful(RexTypes.of(call.getType()), c.origin(call), TimeFunctions::fromUnixTime, operands);
    }

    private static void fromUnixTime(Rows rows, Value... arguments) {
        Formats formats = new Formats(arguments, 1, SECONDS);
        Zone zone = new Zone(rows.context().zone());
        for (int i = 0; i < rows.count(); i++) {
            if (!rows.isNull(i)) {
                formats.of(i).format(rows, i, zone.toLocal(arguments[0].getLong(i) * 1000));
            }
        }
    }

    private static Kernel convertZone() {
        LenientFormat texts = new LenientFormat();
        return (rows, arguments) -> {
            DateFormat format = DateFormat.of(SECONDS);
            for (int i = 0; i < rows.count(); i++) {
                if (rows.isNull(i)) {
                    continue;
                }
                Long local = texts.parse(ValueTexts.string(arguments[0], i), SECONDS);
                if (local == null) {
                    rows.setNull(i);
                } else {
                    long utc = zone(arguments[1], i).toUtc(local);
                    format.format(rows, i, zone(arguments[2], i).toLocal(utc));
                }
            }
        };
    }
}
