package io.sabot.executor.expression;

import io.sabot.executor.batch.Memory;

/**
 * Reads and writes dates and times as texts of ASCII digits.
 *
 * <p>Read are {@code y-M-d}, {@code y-M-d H:m:s} and a fraction of up to nine digits behind it; years have four digits in
 * timestamps and up to four in dates, the others one or two. As in Flink, a date may lack its day, or month and day, and a
 * time all but its hour. What is not a time gives {@link #INVALID}.
 */
final class TimeText {
    /** No time. */
    static final long INVALID = Long.MIN_VALUE;

    private static final int LONGEST_MONTH = 31;
    private static final long HALF_MILLI = 500_000;

    /** More units than that to a millisecond do not reach over all years, but from 1677 to 2262. */
    static final long FINE = 1000;

    private static final long LAST_FINE_DAY = Long.MAX_VALUE / TimeArithmetic.DAY_MILLIS / 1_000_000;
    private static final long FIRST_FINE_DAY = -LAST_FINE_DAY;

    private TimeText() {}

    /** Reads digits from a text, remembering where it stands. */
    private static final class Cursor {
        private final long end;
        private long at;

        Cursor(long address, int length) {
            this.at = address;
            this.end = address + length;
        }

        boolean atEnd() {
            return at >= end;
        }

        /** A number of {@code least} to {@code most} digits; -1 when there are fewer. */
        int number(int least, int most) {
            int value = 0;
            int digits = 0;
            while (digits < most && at < end) {
                int digit = Memory.getByte(at) - '0';
                if (digit < 0 || digit > 9) {
                    break;
                }
                value = value * 10 + digit;
                digits++;
                at++;
            }
            return digits < least ? -1 : value;
        }

        /** Whether nothing follows, or what may follow a date. */
        boolean endsDate() {
            return atEnd() || Memory.getByte(at) == ' ';
        }

        void skipBlanks() {
            while (at < end && Memory.getByte(at) == ' ') {
                at++;
            }
        }

        boolean skip(char wanted) {
            boolean found = at < end && Memory.getByte(at) == wanted;
            at += found ? 1 : 0;
            return found;
        }

        /** A fraction of a second in nanoseconds; -1 without digits. */
        long fraction() {
            long from = at;
            long value = number(1, 9);
            for (long digits = at - from; value >= 0 && digits < 9; digits++) {
                value *= 10;
            }
            return value;
        }
    }

    /** Days since 1970-01-01 of a text that is a date, or a date and a time that does not count; blanks may stand before. */
    static long date(long address, int length) {
        Cursor cursor = new Cursor(address, length);
        cursor.skipBlanks();
        long days = date(cursor, false);
        return days == INVALID || cursor.atEnd() || cursor.skip(' ') ? days : INVALID;
    }

    /** A date; with {@code timed}, days that the month has not are its last, as Flink reads timestamps. */
    private static long date(Cursor cursor, boolean timed) {
        int year = cursor.number(timed ? 4 : 1, 4);
        boolean wholeYear = !timed && cursor.endsDate();
        if (year < 0 || (!wholeYear && !cursor.skip('-'))) {
            return INVALID;
        }
        int month = wholeYear ? 1 : cursor.number(1, 2);
        boolean wholeMonth = !timed && cursor.endsDate();
        if (month < 1 || month > 12 || (!wholeMonth && !cursor.skip('-'))) {
            return INVALID;
        }
        int day = wholeMonth ? 1 : cursor.number(1, 2);
        int last = (int) Calendars.daysOfMonth(year, month);
        if (day < 1 || day > (timed ? LONGEST_MONTH : last)) {
            return INVALID;
        }
        return Calendars.epochDay(year, month, Math.min(day, last));
    }

    /** Milliseconds of a day of a text {@code H[:m[:s[.fraction]]]}; the fraction is rounded, as in Flink. */
    static long time(long address, int length) {
        Cursor cursor = new Cursor(address, length);
        long nanos = nanosOfDay(cursor, false);
        return nanos == INVALID || !cursor.atEnd()
                ? INVALID
                : Math.min((nanos + HALF_MILLI) / 1_000_000, TimeArithmetic.DAY_MILLIS - 1);
    }

    private static long nanosOfDay(Cursor cursor, boolean seconds) {
        int hour = cursor.number(1, 2);
        if (hour < 0 || hour > (seconds ? 24 : 23)) {
            return INVALID;
        }
        if (cursor.atEnd() && !seconds) {
            return hour * 3_600_000_000_000L;
        }
        if (!cursor.skip(':')) {
            return INVALID;
        }
        int minute = cursor.number(1, 2);
        if (minute < 0 || minute > 59) {
            return INVALID;
        }
        int second = 0;
        long fraction = 0;
        if (cursor.skip(':')) {
            second = cursor.number(1, 2);
            boolean point = cursor.skip('.');
            fraction = point && !(seconds && cursor.atEnd()) ? cursor.fraction() : 0;
        } else if (seconds) {
            return INVALID;
        }
        boolean valid = second >= 0 && second <= 59 && fraction >= 0;
        valid &= hour < 24 || (minute == 0 && second == 0 && fraction == 0); // the end of the day, in timestamps
        return valid ? ((hour * 60L + minute) * 60 + second) * 1_000_000_000 + fraction : INVALID;
    }

    /** Units since the epoch, {@code unitsPerMilli} of them to a millisecond, cut behind the last. */
    static long timestamp(long address, int length, long unitsPerMilli) {
        Cursor cursor = new Cursor(address, length);
        long days = date(cursor, true);
        if (days == INVALID) {
            return INVALID;
        }
        long nanos = 0;
        if (!cursor.atEnd()) {
            nanos = cursor.skip(' ') ? nanosOfDay(cursor, true) : INVALID;
        }
        boolean far = unitsPerMilli > FINE && (days < FIRST_FINE_DAY || days > LAST_FINE_DAY);
        if (nanos == INVALID || !cursor.atEnd() || far) {
            return INVALID;
        }
        return days * TimeArithmetic.DAY_MILLIS * unitsPerMilli + nanos / (1_000_000 / unitsPerMilli);
    }

    /** Writes a number with leading zeros; returns the address behind it. */
    static long put(long at, long number, int digits) {
        long rest = number;
        for (int i = digits - 1; i >= 0; i--) {
            Memory.putByte(at + i, (byte) ('0' + rest % 10));
            rest /= 10;
        }
        return at + digits;
    }

    private static long put(long at, char c) {
        Memory.putByte(at, (byte) c);
        return at + 1;
    }

    /** Writes {@code yyyy-MM-dd}; years beyond four digits with as many as they need. */
    static long putDate(long at, long days) {
        long civil = Calendars.civil(days);
        long year = Calendars.year(civil);
        long next = at;
        if (year < 0) {
            next = put(next, '-');
            year = -year;
        }
        next = put(next, year, year < 10_000 ? 4 : year < 100_000 ? 5 : year < 1_000_000 ? 6 : 9);
        next = put(next, '-');
        next = put(next, Calendars.month(civil), 2);
        next = put(next, '-');
        return put(next, Calendars.day(civil), 2);
    }

    /** Writes {@code HH:mm:ss} and as many digits behind it as {@code precision} says, of nanoseconds of a day. */
    static long putTime(long at, long nanosOfDay, int precision) {
        long seconds = nanosOfDay / 1_000_000_000;
        long next = put(at, seconds / 3600, 2);
        next = put(next, ':');
        next = put(next, seconds / 60 % 60, 2);
        next = put(next, ':');
        next = put(next, seconds % 60, 2);
        if (precision == 0) {
            return next;
        }
        next = put(next, '.');
        return put(next, nanosOfDay % 1_000_000_000 / Digits.power(9 - precision), precision);
    }

    /** Where a time ends without the zeros at the end of its fraction; one digit stays, as in Flink. */
    static long withoutZeros(long end, int precision) {
        long cut = end;
        for (int digits = precision; digits > 1 && Memory.getByte(cut - 1) == '0'; digits--) {
            cut--;
        }
        return cut;
    }

    /** Most bytes that {@link #putDate}, a blank and {@link #putTime} write. */
    static final int LONGEST = 32;

    /** Writes a timestamp; returns the address behind it. */
    static long putTimestamp(long at, long value, long unitsPerMilli, int precision) {
        long day = TimeArithmetic.DAY_MILLIS * unitsPerMilli;
        long next = putDate(at, Math.floorDiv(value, day));
        next = put(next, ' ');
        return putTime(next, Math.floorMod(value, day) * (1_000_000 / unitsPerMilli), precision);
    }
}
