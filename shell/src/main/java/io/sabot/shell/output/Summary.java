package io.sabot.shell.output;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What is said under a result.
 *
 * @param elapsed absent when times are not wanted
 */
public record Summary(long rowCount, Optional<Duration> elapsed, boolean cancelled) {

    @Override
    public String toString() {
        var text = new StringBuilder("(").append(rowCount).append(rowCount == 1 ? " row" : " rows");
        elapsed.ifPresent(time -> text.append(", ").append(seconds(time)));
        return text.append(cancelled ? ", cancelled)" : ")").toString();
    }

    /** A duration as {@code 0.12 s}. */
    public static String seconds(Duration time) {
        return String.format(Locale.ROOT, time.toMillis() < 100 ? "%.3f s" : "%.2f s", time.toNanos() / 1e9);
    }
}
