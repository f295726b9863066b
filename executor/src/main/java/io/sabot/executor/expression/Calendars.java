package io.sabot.executor.expression;

/** Arithmetic of days since 1970-01-01 in the proleptic Gregorian calendar, without objects. */
final class Calendars {
    private static final long DAY_MILLIS = TimeArithmetic.DAY_MILLIS;
    /** Days of 400 years. */
    private static final int ERA_DAYS = 146_097;
    /** Days from 0000-03-01 to 1970-01-01. */
    private static final int EPOCH_SHIFT = 719_468;

    private Calendars() {}

    /** The year, month (1 to 12) and day (1 to 31) of a day, packed by {@link #pack}. */
    static long civil(long epochDay) {
        // Years begin in March here, so that the leap day comes last (Howard Hinnant, "chrono-compatible date
        // algorithms").
        long shifted = epochDay + EPOCH_SHIFT;
        long era = Math.floorDiv(shifted, ERA_DAYS);
        long day = shifted - era * ERA_DAYS;
        long year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
        long dayOfYear = day - (365 * year + year / 4 - year / 100);
        long march = (5 * dayOfYear + 2) / 153;
        long dayOfMonth = dayOfYear - (153 * march + 2) / 5 + 1;
        long month = march < 10 ? march + 3 : march - 9;
        return pack(year + era * 400 + (month <= 2 ? 1 : 0), month, dayOfMonth);
    }

    private static long pack(long year, long month, long day) {
        return year << 16 | month << 8 | day;
    }

    /** Year of a packed date. */
    static long year(long civil) {
        return civil >> 16;
    }

    /** Month of a packed date, 1 to 12. */
    static long month(long civil) {
        return civil >> 8 & 0xff;
    }

    /** Day of a packed date, 1 to 31. */
    static long day(long civil) {
        return civil & 0xff;
    }

    /** Days since 1970-01-01. */
    static long epochDay(long year, long month, long day) {
        long shifted = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(shifted, 400);
        long yearOfEra = shifted - era * 400;
        long dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * ERA_DAYS + dayOfEra - EPOCH_SHIFT;
    }

    /** Number of days of a month. */
    static long daysOfMonth(long year, long month) {
        if (month == 2) {
            boolean leap = (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
            return leap ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    /** The same day of a later or earlier month, or its last day; the time of day stays. */
    static long addMonths(long value, long months, long unitsPerDay) {
        long days = Math.floorDiv(value, unitsPerDay);
        long civil = civil(days);
        long month = year(civil) * 12 + month(civil) - 1 + months;
        long newYear = Math.floorDiv(month, 12);
        long newMonth = month - newYear * 12 + 1;
        long newDay = Math.min(day(civil), daysOfMonth(newYear, newMonth));
        return (epochDay(newYear, newMonth, newDay) - days) * unitsPerDay + value;
    }

    /**
     * Whole months from one time to another, both in milliseconds; negative when the second is earlier. As Flink and
     * Calcite count: by days alone, then one less if the last day is reached but not the time of day.
     */
    static long monthsBetween(long from, long to) {
        long fromDay = Math.floorDiv(from, DAY_MILLIS);
        long toDay = Math.floorDiv(to, DAY_MILLIS);
        long months = fromDay <= toDay ? monthsOfDays(fromDay, toDay) : -monthsOfDays(toDay, fromDay);
        boolean early = Math.floorMod(to, DAY_MILLIS) < Math.floorMod(from, DAY_MILLIS);
        return early && addMonths(fromDay, months, 1) == toDay ? months - 1 : months;
    }

    /** Most months that added to a day do not pass a later one. */
    private static long monthsOfDays(long from, long to) {
        long a = civil(from);
        long b = civil(to);
        long months = (year(b) - year(a)) * 12 + month(b) - month(a);
        return addMonths(from, months, 1) > to ? months - 1 : months;
    }
}
