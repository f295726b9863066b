package io.sabot.connectors.record;

/** From the units in which a file counts times to those of a column. */
public final class TimestampUnits {
    private TimestampUnits() {}

    /**
     * A time in other units, cut towards the past.
     *
     * @param written units that the file has in a stretch of time
     * @param wanted units that the column has in the same
     * @throws ArithmeticException if the column's units do not reach to the time
     */
    public static long convert(long value, long written, long wanted) {
        if (wanted <= written) {
            return Math.floorDiv(value, written / wanted);
        }
        long factor = wanted / written;
        if (value > Long.MAX_VALUE / factor || value < Long.MIN_VALUE / factor) {
            throw new ArithmeticException("with so many digits of a second, times end in 1677 and 2262");
        }
        return value * factor;
    }
}
