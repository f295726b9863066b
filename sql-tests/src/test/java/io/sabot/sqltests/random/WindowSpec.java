package io.sabot.sqltests.random;

import java.util.Random;

/**
 * Windows over a table of events, sizes in seconds.
 *
 * @param step of HOP and CUMULATE
 * @param byKey whether sessions are those of each {@code a}
 */
record WindowSpec(Kind kind, int size, int step, int offset, boolean byKey) {
    enum Kind {
        TUMBLE,
        HOP,
        CUMULATE,
        SESSION
    }

    /** Windows of any kind that {@code table} gives the same answer to each time: sessions of late rows only in one split. */
    static WindowSpec random(Script table, Random random) {
        boolean sessions = table.isOneSplit() || !table.timing().late();
        return random(sessions ? 5 : 4, random);
    }

    /** Windows that can be found from the time of a row alone. */
    static WindowSpec aligned(Random random) {
        return random(4, random);
    }

    private static WindowSpec random(int kinds, Random random) {
        int step = 1 + random.nextInt(3);
        int steps = 2 + random.nextInt(2);
        return switch (random.nextInt(kinds)) {
            case 0, 1 -> {
                int size = 2 + random.nextInt(8);
                yield new WindowSpec(Kind.TUMBLE, size, size, random.nextInt(3) == 0 ? 1 : 0, false);
            }
            case 2 -> new WindowSpec(Kind.HOP, step * steps, step, 0, false);
            case 3 -> new WindowSpec(Kind.CUMULATE, step * steps, step, 0, false);
            default -> new WindowSpec(Kind.SESSION, 1 + random.nextInt(4), 0, 0, random.nextBoolean());
        };
    }

    /** The table function in Sabot's words. */
    String sabot(String table) {
        String rows = "TABLE " + table + (kind == Kind.SESSION && byKey ? " PARTITION BY a" : "") + ", DESCRIPTOR(ts)";
        return switch (kind) {
            case TUMBLE -> "TUMBLE(" + rows + ", " + seconds(size) + (offset == 0 ? "" : ", " + seconds(offset)) + ")";
            case HOP -> "HOP(" + rows + ", " + seconds(step) + ", " + seconds(size) + ")";
            case CUMULATE -> "CUMULATE(" + rows + ", " + seconds(step) + ", " + seconds(size) + ")";
            case SESSION -> "SESSION(" + rows + ", " + seconds(size) + ")";
        };
    }

    /** The function in GROUP BY that was there before table functions. */
    String legacy() {
        return switch (kind) {
            case TUMBLE -> "TUMBLE(ts, " + seconds(size) + ")";
            case HOP -> "HOP(ts, " + seconds(step) + ", " + seconds(size) + ")";
            case CUMULATE -> throw new IllegalStateException("there is no CUMULATE in GROUP BY");
            case SESSION -> "SESSION(ts, " + seconds(size) + ")";
        };
    }

    static String seconds(int count) {
        return "INTERVAL '" + count + "' SECOND";
    }

    /** Every row in all its windows, from {@code ws} to {@code we}, late or not. */
    String duck(String rows) {
        return switch (kind) {
            case TUMBLE ->
                "(SELECT *, ws + " + size + " AS we FROM (SELECT *, tumble(t - " + offset + ", " + size + ") + "
                        + offset + " AS ws FROM " + rows + "))";
            case HOP ->
                "(SELECT *, ws + " + size + " AS we FROM (SELECT *, tumble(t, " + step + ") - j * " + step
                        + " AS ws FROM " + rows + ", range(" + (size + step - 1) / step + ") r(j)) WHERE ws + " + size
                        + " > t)";
            case CUMULATE ->
                "(SELECT *, ws + k * " + step + " AS we FROM (SELECT *, tumble(t, " + size + ") AS ws FROM " + rows
                        + "), range(1, " + (size / step + 1) + ") r(k) WHERE ws + k * " + step + " > t)";
            case SESSION -> "(SELECT e.*, s.ws, s.we FROM " + rows + " e JOIN " + sessions(rows) + " s ON e.id = s.id)";
        };
    }

    /** Every row in those of its windows that were open when it came. */
    String duckKept(String rows) {
        return "(SELECT * FROM " + duck(rows) + " WHERE we > wm)";
    }

    /** Name of the table with the sessions of a table. */
    String sessions(String table) {
        return "sessions_" + table + "_" + size + (byKey ? "_by_a" : "");
    }
}
