package io.sabot.planner.explain;

/** Writes lengths of time in their largest whole unit. */
final class Durations {
    private static final String[] UNITS = {"d", "h", "min", "s"};
    private static final long[] MILLIS = {86_400_000L, 3_600_000L, 60_000L, 1_000L};

    private Durations() {}

    static String text(long millis) {
        for (int i = 0; i < UNITS.length; i++) {
            if (millis != 0 && millis % MILLIS[i] == 0) {
                return millis / MILLIS[i] + " " + UNITS[i];
            }
        }
        return millis + " ms";
    }

    /** With its sign in front, nothing for 0. */
    static String signed(long millis) {
        if (millis == 0) {
            return "";
        }
        return millis < 0 ? " - " + text(-millis) : " + " + text(millis);
    }
}
