package io.sabot.executor.expression;

import org.apache.calcite.avatica.util.TimeUnitRange;

/** Rounds times down and up to units, and takes their parts. Times are in units of which {@code day} make a day. */
final class TimeUnits {
    private TimeUnits() {}

    /** Units of a fixed length; 0 for units of the calendar. */
    static long fixed(TimeUnitRange unit, long day) {
        long units = switch (unit) {
            case DAY -> day;
            case HOUR -> day / 24;
            case MINUTE -> day / 1440;
            case SECOND -> day / 86_400;
            case MILLISECOND -> day / 86_400_000;
            case MICROSECOND -> day / 86_400_000 / 1000;
            case NANOSECOND -> day / 86_400_000 / 1_000_000;
            default -> 0;
        };
        boolean calendar = unit == TimeUnitRange.WEEK || months(unit) > 0;
        return calendar ? 0 : Math.max(1, units);
    }

    /** Months of a unit of the calendar; 0 for other units. */
    static int months(TimeUnitRange unit) {
        return switch (unit) {
            case MONTH -> 1;
            case QUARTER -> 3;
            case YEAR -> 12;
            case DECADE -> 120;
            case CENTURY -> 1200;
            case MILLENNIUM -> 12_000;
            default -> 0;
        };
    }

    /** The begin of the unit that a time lies in. Weeks begin on Sunday, centuries in the year 1. */
    static long floor(long time, TimeUnitRange unit, long day) {
        long fixed = fixed(unit, day);
        if (fixed > 0) {
            return time - Math.floorMod(time, fixed);
        }
        long days = Math.floorDiv(time, day);
        if (unit == TimeUnitRange.WEEK) {
            return (days - Math.floorMod(days + 4, 7L)) * day;
        }
        long civil = Calendars.civil(days);
        int months = months(unit);
        if (months == 1) {
            return (days - Calendars.day(civil) + 1) * day;
        }
        if (months == 3) {
            return Calendars.epochDay(Calendars.year(civil), (Calendars.month(civil) - 1) / 3 * 3 + 1, 1) * day;
        }
        long years = months / 12;
        long first = years >= 100 ? 1 : 0;
        long year = Calendars.year(civil) - Math.floorMod(Calendars.year(civil) - first, years);
        return Calendars.epochDay(year, 1, 1) * day;
    }

    /** The time itself at the begin of a unit, else the begin of the next. */
    static long ceil(long time, TimeUnitRange unit, long day) {
        long floor = floor(time, unit, day);
        if (floor == time) {
            return time;
        }
        long fixed = fixed(unit, day);
        if (fixed > 0) {
            return floor + fixed;
        }
        return unit == TimeUnitRange.WEEK ? floor + 7 * day : Calendars.addMonths(floor, months(unit), day);
    }

    /** A part of a time, as EXTRACT gives it. */
    static long extract(long time, TimeUnitRange unit, long day) {
        long days = Math.floorDiv(time, day);
        long rest = time - days * day;
        return switch (unit) {
            case HOUR -> rest / (day / 24);
            case MINUTE -> rest / (day / 1440) % 60;
            case SECOND -> rest / (day / 86_400) % 60;
            case MILLISECOND -> scaled(rest, day, 1000);
            case MICROSECOND -> scaled(rest, day, 1_000_000);
            case NANOSECOND -> scaled(rest, day, 1_000_000_000);
            case EPOCH -> Math.floorDiv(time, Math.max(1, day / 86_400)) * (day == 1 ? 86_400 : 1);
            default -> ofDate(days, unit);
        };
    }

    /** Fractions of a second since the last full second. */
    private static long scaled(long rest, long day, long perSecond) {
        long units = day / 86_400;
        long inSecond = rest % units;
        return units >= perSecond ? inSecond / (units / perSecond) : inSecond * (perSecond / units);
    }

    private static long ofDate(long days, TimeUnitRange unit) {
        long civil = Calendars.civil(days);
        long year = Calendars.year(civil);
        return switch (unit) {
            case YEAR -> year;
            case QUARTER -> (Calendars.month(civil) + 2) / 3;
            case MONTH -> Calendars.month(civil);
            case DAY -> Calendars.day(civil);
            case DOW -> Math.floorMod(days + 4, 7L) + 1;
            case ISODOW -> Math.floorMod(days + 3, 7L) + 1;
            case DOY -> days - Calendars.epochDay(year, 1, 1) + 1;
            case WEEK -> isoWeek(days);
            case ISOYEAR -> isoYear(days);
            case DECADE -> Math.floorDiv(year, 10L);
            case CENTURY -> year > 0 ? (year + 99) / 100 : (year - 99) / 100;
            case MILLENNIUM -> year > 0 ? (year + 999) / 1000 : (year - 999) / 1000;
            default -> throw new AssertionError(unit);
        };
    }

    /** The Thursday of an ISO week decides its year. */
    private static long thursday(long days) {
        return days - Math.floorMod(days + 3, 7L) + 3;
    }

    private static long isoYear(long days) {
        return Calendars.year(Calendars.civil(thursday(days)));
    }

    private static long isoWeek(long days) {
        return (thursday(days) - Calendars.epochDay(isoYear(days), 1, 1)) / 7 + 1;
    }

    /** Whether {@link #extract} knows a unit for times of which {@code day} units make a day. */
    static boolean isExtractable(TimeUnitRange unit, boolean hasDate, boolean hasTime) {
        return switch (unit) {
            case HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND, NANOSECOND -> hasTime;
            case EPOCH -> true;
            case YEAR, QUARTER, MONTH, DAY, DOW, ISODOW, DOY, WEEK, ISOYEAR, DECADE, CENTURY, MILLENNIUM -> hasDate;
            default -> false;
        };
    }
}
