package io.sabot.connectors.text;

import io.sabot.executor.batch.Memory;
import java.time.LocalDate;
import java.time.YearMonth;

/**
 * Reads dates and times in their usual form straight from memory; the date read last is remembered, since neighbours
 * share it. What is not in that form is left to {@link TimestampFormat} and {@link TextValues}.
 */
public final class TimestampScanner {
    /** {@code 00:00:00}. */
    private static final long TIME_FORM = 0x30303A30303A3030L;

    private static final long COLONS = 0x0000FF0000FF0000L;
    /** {@code 0000-00-}. */
    private static final long DATE_FORM = 0x2D30302D30303030L;

    private static final long DASHES = 0xFF0000FF00000000L;
    private static final long NOT_DIGITS = 0x76 * Digits.LOW;

    private final TimestampFormat format;
    private long cachedMonth = -1;
    private int cachedDayOfMonth;
    private long cachedDay;
    private long value;
    private int nanos;

    public TimestampScanner(TimestampFormat format) {
        this.format = format;
    }

    /** What the last scan that succeeded found: days, nanoseconds of a day, or units of a timestamp. */
    public long value() {
        return value;
    }

    /** Reads {@code 2020-01-01}; gives the address behind it, 0 if there is something else. */
    public long date(long address) {
        long month = Memory.getLong(address);
        int dayOfMonth = Memory.getShort(address + 8);
        if (month != cachedMonth || dayOfMonth != cachedDayOfMonth) {
            if (!parseDate(month, dayOfMonth)) {
                return 0;
            }
            cachedMonth = month;
            cachedDayOfMonth = dayOfMonth;
        }
        value = cachedDay;
        return address + 10;
    }

    private boolean parseDate(long monthText, int dayText) {
        long digits = monthText ^ DATE_FORM;
        int dayDigits = (dayText ^ 0x3030) & 0xFFFF;
        long others = ((digits + NOT_DIGITS) | digits) & Digits.HIGH;
        int dayOthers = ((dayDigits + 0x7676) | dayDigits) & 0x8080;
        if (others != 0 || dayOthers != 0 || (digits & DASHES) != 0) {
            return false;
        }
        int year = (int)
                ((digits & 15) * 1000 + (digits >>> 8 & 15) * 100 + (digits >>> 16 & 15) * 10 + (digits >>> 24 & 15));
        int month = (int) ((digits >>> 40 & 15) * 10 + (digits >>> 48 & 15));
        int day = (dayDigits & 15) * 10 + (dayDigits >>> 8);
        if (month < 1
                || month > 12
                || day < 1
                || day > YearMonth.of(year, month).lengthOfMonth()) {
            return false;
        }
        cachedDay = LocalDate.of(year, month, day).toEpochDay();
        return true;
    }

    /** Reads {@code 01:02:03} and up to nine digits behind a point; gives the address behind it, or 0. */
    public long time(long address) {
        long digits = Memory.getLong(address) ^ TIME_FORM;
        long others = ((digits + NOT_DIGITS) | digits) & Digits.HIGH;
        if ((others | (digits & COLONS)) != 0) {
            return 0;
        }
        int hour = (int) ((digits & 15) * 10 + (digits >>> 8 & 15));
        int minute = (int) ((digits >>> 24 & 15) * 10 + (digits >>> 32 & 15));
        int second = (int) ((digits >>> 48 & 15) * 10 + (digits >>> 56));
        if (hour > 23 || minute > 59 || second > 59) {
            return 0;
        }
        long end = address + 8;
        nanos = 0;
        if (Memory.getByte(end) == '.') {
            end = fraction(end + 1);
        }
        value = (hour * 3600 + minute * 60 + second) * 1_000_000_000L + nanos;
        return end;
    }

    private long fraction(long address) {
        long word = Memory.getLong(address);
        int count = Digits.count(word);
        if (count == 0) {
            return 0;
        }
        int units = (int) Digits.fraction(word, count);
        if (count == 8) {
            int ninth = Memory.getByte(address + 8) - '0';
            if (ninth >= 0 && ninth <= 9) {
                nanos = units * 10 + ninth;
                return address + 9;
            }
        }
        nanos = units * 10;
        return address + count;
    }

    /** Reads a timestamp, finer digits cut off; gives the address behind it, or 0. */
    public long timestamp(long address, boolean withZone, long unitsPerMilli) {
        long timeAt = date(address);
        if (timeAt == 0 || Memory.getByte(timeAt) != format.separator()) {
            return 0;
        }
        long day = value;
        long end = time(timeAt + 1);
        if (end == 0) {
            return 0;
        }
        if (withZone) {
            if (Memory.getByte(end) != 'Z') {
                return 0;
            }
            end++;
        }
        if (unitsPerMilli == 1) {
            value = day * 86_400_000 + value / 1_000_000;
        } else {
            long units = unitsPerMilli == 1_000 ? value / 1_000 : value;
            long unitsPerDay = 86_400_000 * unitsPerMilli;
            if (unitsPerMilli == 1_000_000 && Math.abs(day) > 106_000) {
                return 0;
            }
            value = day * unitsPerDay + units;
        }
        return end;
    }
}
