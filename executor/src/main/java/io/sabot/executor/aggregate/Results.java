package io.sabot.executor.aggregate;

import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Storage;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Writers of output columns from accumulators. A value is NULL where nothing was counted, unless said otherwise. */
final class Results {
    private Results() {}

    static long count(long record, int countOffset) {
        return Memory.getLong(record + countOffset);
    }

    static Result ofCount(int countOffset) {
        return (records, count, tails, out) -> {
            for (int i = 0; i < count; i++) {
                appendWhole(out, count(records[i], countOffset));
            }
        };
    }

    /** @param zeroIfNone whether the sum of nothing is 0 */
    static Result ofSum(WholeSum sum, int countOffset, boolean zeroIfNone) {
        return (records, count, tails, out) -> {
            for (int i = 0; i < count; i++) {
                if (zeroIfNone || count(records[i], countOffset) > 0) {
                    appendWhole(out, sum.sum(records[i]));
                } else {
                    out.appendNull();
                }
            }
        };
    }

    static Result ofSum(FloatSum sum, int countOffset, boolean zeroIfNone) {
        return (records, count, tails, out) -> {
            for (int i = 0; i < count; i++) {
                if (count(records[i], countOffset) > 0) {
                    appendDouble(out, sum.sum(records[i]), 0);
                } else if (zeroIfNone) {
                    appendDouble(out, 0, 0);
                } else {
                    out.appendNull();
                }
            }
        };
    }

    /** A sum with more than 38 digits is NULL. */
    static Result ofSum(DecimalSum sum, int countOffset, boolean zeroIfNone) {
        return (records, count, tails, out) -> {
            for (int i = 0; i < count; i++) {
                if ((zeroIfNone || count(records[i], countOffset) > 0) && sum.fits(records[i])) {
                    out.appendDecimal(sum.low(records[i]), sum.high(records[i]));
                } else {
                    out.appendNull();
                }
            }
        };
    }

    /** The sum of a local phase, never NULL; a sum that does not fit stays one that does not fit. */
    static Result ofPartialSum(DecimalSum sum) {
        return (records, count, tails, out) -> {
            for (int i = 0; i < count; i++) {
                if (sum.fits(records[i])) {
                    out.appendDecimal(sum.low(records[i]), sum.high(records[i]));
                } else {
                    out.appendDecimal(0, sum.high(records[i]) < 0 ? Long.MIN_VALUE : Long.MAX_VALUE);
                }
            }
        };
    }

    /** Whole numbers are cut off towards zero where the result is one. */
    static Result ofAverage(WholeSum sum, int countOffset) {
        return (records, count, tails, out) -> {
            for (int i = 0; i < count; i++) {
                long rows = count(records[i], countOffset);
                if (rows <= 0) {
                    out.appendNull();
                } else if (out.storage() == Storage.FLOAT64 || out.storage() == Storage.FLOAT32) {
                    appendDouble(out, (double) sum.sum(records[i]) / rows, 0);
                } else {
                    appendWhole(out, sum.sum(records[i]) / rows);
                }
            }
        };
    }

    static Result ofAverage(FloatSum sum, int countOffset) {
        return (records, count, tails, out) -> {
            for (int i = 0; i < count; i++) {
                long rows = count(records[i], countOffset);
                if (rows > 0) {
                    appendDouble(out, sum.sum(records[i]) / rows, 0);
                } else {
                    out.appendNull();
                }
            }
        };
    }

    /** Rounds half up to the scale of the result. */
    static Result ofAverage(DecimalSum sum, int countOffset, int argumentScale, int resultScale) {
        return (records, count, tails, out) -> {
            for (int i = 0; i < count; i++) {
                long rows = count(records[i], countOffset);
                BigInteger unscaled = rows > 0 ? sum.unscaled(records[i]) : null;
                if (unscaled == null) {
                    out.appendNull();
                } else {
                    appendDecimal(
                            out,
                            new BigDecimal(unscaled, argumentScale)
                                    .divide(BigDecimal.valueOf(rows), resultScale, RoundingMode.HALF_UP));
                }
            }
        };
    }

    /**
     * Variances and standard deviations.
     *
     * @param sample whether to divide by one less than the number of values; NULL then for a single value
     * @param root whether to take the square root
     */
    static Result ofDeviation(PowerSums sums, int countOffset, boolean sample, boolean root, int resultScale) {
        return (records, count, tails, out) -> {
            for (int i = 0; i < count; i++) {
                long rows = count(records[i], countOffset);
                long divisor = sample ? rows - 1 : rows;
                if (divisor <= 0) {
                    out.appendNull();
                    continue;
                }
                double sum = sums.sum(records[i]);
                double squares = sums.squares(records[i]);
                double variance = (squares - sum * sum / rows) / divisor;
                variance = variance < 0 ? 0 : variance;
                appendDouble(out, root ? Math.sqrt(variance) : variance, resultScale);
            }
        };
    }

    static Result ofExtreme(FixedExtreme extreme, int countOffset) {
        return (records, count, tails, out) -> {
            boolean floating = out.storage() == Storage.FLOAT64 || out.storage() == Storage.FLOAT32;
            for (int i = 0; i < count; i++) {
                long value = extreme.value(records[i]);
                if (count(records[i], countOffset) <= 0) {
                    out.appendNull();
                } else if (floating) {
                    appendDouble(out, Values.unordered(value), 0);
                } else {
                    appendWhole(out, value);
                }
            }
        };
    }

    static Result ofExtreme(DecimalExtreme extreme, int countOffset) {
        return (records, count, tails, out) -> {
            for (int i = 0; i < count; i++) {
                if (count(records[i], countOffset) > 0) {
                    out.appendDecimal(extreme.low(records[i]), extreme.high(records[i]));
                } else {
                    out.appendNull();
                }
            }
        };
    }

    /** A text slot; NULL when nothing was counted, or when there is no text. */
    static Result ofText(TextSlots texts, int slot, int countOffset) {
        return (records, count, tails, out) -> {
            for (int i = 0; i < count; i++) {
                int length = count(records[i], countOffset) > 0 ? texts.length(tails, records[i], slot) : -1;
                if (length >= 0) {
                    out.appendBytes(texts.address(tails, records[i], slot), length);
                } else {
                    out.appendNull();
                }
            }
        };
    }

    static Result ofPick(FixedPick pick) {
        return (records, count, tails, out) -> {
            for (int i = 0; i < count; i++) {
                if (!pick.isSet(records[i])) {
                    out.appendNull();
                    continue;
                }
                long at = pick.value(records[i]);
                switch (out.storage()) {
                    case DECIMAL128 -> out.appendDecimal(Memory.getLong(at), Memory.getLong(at + 8));
                    case FLOAT64 -> out.appendDouble(Memory.getDouble(at));
                    case FLOAT32 -> out.appendFloat(Memory.getFloat(at));
                    default -> appendWhole(out, Memory.getLong(at));
                }
            }
        };
    }

    /** Appends a whole number; narrower columns get its low bits, so sums wrap as their type does. */
    static void appendWhole(ColumnBuilder out, long value) {
        switch (out.storage()) {
            case INT64 -> out.appendLong(value);
            case INT32 -> out.appendInt((int) value);
            case INT16 -> out.appendShort((short) value);
            case INT8 -> out.appendByte((byte) value);
            case BITMAP -> out.appendBoolean(value != 0);
            case FLOAT64 -> out.appendDouble((double) value);
            case FLOAT32 -> out.appendFloat((float) value);
            case DECIMAL128 -> out.appendDecimal(value, value >> 63);
            case BYTES, STRUCT, LIST, MAP, NULL -> throw new AssertionError(out.storage());
        }
    }

    /** Appends a floating number; whole columns get it cut off towards zero and saturated, decimals rounded half up. */
    static void appendDouble(ColumnBuilder out, double value, int scale) {
        switch (out.storage()) {
            case FLOAT64 -> out.appendDouble(value);
            case FLOAT32 -> out.appendFloat((float) value);
            case INT64 -> out.appendLong((long) value);
            case INT32 -> out.appendInt((int) value);
            case INT16 -> out.appendShort((short) (int) value);
            case INT8 -> out.appendByte((byte) (int) value);
            case DECIMAL128 -> {
                if (Double.isNaN(value) || Double.isInfinite(value)) {
                    out.appendNull();
                } else {
                    appendDecimal(out, BigDecimal.valueOf(value).setScale(scale, RoundingMode.HALF_UP));
                }
            }
            case BITMAP, BYTES, STRUCT, LIST, MAP, NULL -> throw new AssertionError(out.storage());
        }
    }

    private static void appendDecimal(ColumnBuilder out, BigDecimal value) {
        if (value.precision() > 38) {
            out.appendNull();
        } else {
            out.appendDecimal(value);
        }
    }
}
