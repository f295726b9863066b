package io.sabot.executor.expression;

import java.text.ParsePosition;
import java.text.SimpleDateFormat;
import java.util.Date;
import java.util.Locale;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * Reads as much of a text as a format takes and ignores the rest, with Java's older class, as Flink does in its older
 * functions. Keeps the last format: mostly it is a constant. For one thread.
 */
final class LenientFormat {
    private String pattern = "";
    private @Nullable SimpleDateFormat format;

    /** Milliseconds of the local time of a text; null when it cannot be read, or the format is none. */
    @Nullable
    @SuppressWarnings("JavaUtilDate") // its parser reads what java.time's does not
    Long parse(String text, String newPattern) {
        SimpleDateFormat current = format;
        if (current == null || !newPattern.equals(pattern)) {
            try {
                current = new SimpleDateFormat(newPattern, Locale.ROOT);
            } catch (IllegalArgumentException e) {
                return null;
            }
            current.setTimeZone(TimeZone.getTimeZone("UTC"));
            format = current;
            pattern = newPattern;
        }
        Date time = current.parse(text, new ParsePosition(0));
        return time == null ? null : time.getTime();
    }
}
