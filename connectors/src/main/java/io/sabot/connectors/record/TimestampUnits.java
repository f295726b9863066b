package io.sabot.connectors.record;

import java.time.Instant;
import java.time.ZoneOffset;

/** From the units in which a file counts times since 1970 to those of a column. Units are given by how many make a second. */
public final class TimestampUnits {
    private static final int NANOS_PER_MILLI = 1_000_000;

    private TimestampUnits() {}

    /**
     * A time in other units, cut towards the past.
     *
     * @param written units of the file in a second
     * @param wanted units of the column in a second
     * @throws ArithmeticException if the column's units do not reach to the time
     */
    public static long convert(long value, long written, long wanted) {
        if (wanted <= written) {
            return Math.floorDiv(value, written / wanted);
        }
        long factor = wanted / written;
        if (value > Long.MAX_VALUE / factor || value < Long.MIN_VALUE / factor) {
            throw beyond(wanted);
        }
        return value * factor;
    }

    /**
     * A time of milliseconds and what is behind them, cut towards the past.
     *
     * @param nanos of the millisecond, from 0 to 999999
     * @param wanted units of the column in a second, a thousand at least
     * @throws ArithmeticException if the column's units do not reach to the time
     */
    public static long convertMillis(long millis, int nanos, long wanted) {
        long unitsPerMilli = wanted / 1_000;
        long rest = nanos / (NANOS_PER_MILLI / unitsPerMilli);
        // Before 1970 from the end of the millisecond, since its beginning may lie in front of the first time that
        // there is
        long from = convert(millis < 0 ? millis + 1 : millis, 1_000, wanted);
        long more = millis < 0 ? rest - unitsPerMilli : rest;
        if (more > 0 ? from > Long.MAX_VALUE - more : from < Long.MIN_VALUE - more) {
            throw beyond(wanted);
        }
        return from + more;
    }

    private static ArithmeticException beyond(long wanted) {
        return new ArithmeticException("with that many digits of a second, times end in the years "
                + year(Long.MIN_VALUE / wanted) + " and " + year(Long.MAX_VALUE / wanted));
    }

    private static int year(long second) {
        return Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC).getYear();
    }
}
