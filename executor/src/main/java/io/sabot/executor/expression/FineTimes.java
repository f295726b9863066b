package io.sabot.executor.expression;

import io.sabot.catalog.type.AtomicType;
import io.sabot.executor.batch.Storage;
import io.sabot.parser.error.ErrorCode;

/**
 * Timestamps with more than six digits of a second: nanoseconds, which reach from 1677 to 2262 only. Kernels that fail where the others
 * have room.
 */
final class FineTimes {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long MOST_MILLIS = Long.MAX_VALUE / NANOS_PER_MILLI;

    private FineTimes() {}

    static boolean is(AtomicType type) {
        return type.kind().isTimestamp() && Storage.unitsPerMilli(type.precision()) == NANOS_PER_MILLI;
    }

    /** Counts in units of which {@code factor} make one of those before. */
    static Kernel multiply(long factor) {
        long most = Long.MAX_VALUE / factor;
        return (rows, arguments) -> {
            for (int i = 0; i < rows.count(); i++) {
                long value = arguments[0].getLong(i);
                if (!rows.isNull(i) && (value > most || value < -most)) {
                    throw outOfRange(i);
                }
                rows.putLong(i, value * factor);
            }
        };
    }

    /** Moves a time by milliseconds. */
    static Kernel addMillis(int sign) {
        return (rows, arguments) -> {
            for (int i = 0; i < rows.count(); i++) {
                if (!rows.isNull(i)) {
                    long time = arguments[0].getLong(i);
                    long interval = arguments[1].getLong(i);
                    boolean near = interval < 2 * MOST_MILLIS && interval > -2 * MOST_MILLIS;
                    long millis = near ? millis(time) + sign * interval : Long.MAX_VALUE;
                    rows.putLong(i, nanos(millis, Math.floorMod(time, NANOS_PER_MILLI), i));
                }
            }
        };
    }

    /** Moves a time by months. */
    static Kernel addMonths(int sign) {
        return (rows, arguments) -> {
            for (int i = 0; i < rows.count(); i++) {
                if (!rows.isNull(i)) {
                    long time = arguments[0].getLong(i);
                    long months = sign * arguments[1].getLong(i);
                    long millis = Calendars.addMonths(millis(time), months, TimeArithmetic.DAY_MILLIS);
                    rows.putLong(i, nanos(millis, Math.floorMod(time, NANOS_PER_MILLI), i));
                }
            }
        };
    }

    private static long millis(long nanos) {
        return Math.floorDiv(nanos, NANOS_PER_MILLI);
    }

    /** The time of row {@code row}. */
    static long nanos(long millis, long rest, int row) {
        if (millis >= MOST_MILLIS || millis < -MOST_MILLIS) {
            throw outOfRange(row);
        }
        return millis * NANOS_PER_MILLI + rest;
    }

    private static RowException outOfRange(int row) {
        return new RowException(ErrorCode.INVALID_DATETIME, "with that many digits, times end in 1677 and 2262", row);
    }
}
