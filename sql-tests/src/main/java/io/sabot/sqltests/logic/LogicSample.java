package io.sabot.sqltests.logic;

import java.util.ArrayList;
import java.util.List;

/** Takes an even sample: of a folder's files so many, of a file's queries so many, at equal distances from the first. */
public final class LogicSample {
    private LogicSample() {}

    /** {@code count} of the items, or all when there are fewer. */
    public static <T> List<T> of(List<T> items, int count) {
        if (items.size() <= count) {
            return List.copyOf(items);
        }
        List<T> taken = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            taken.add(items.get((int) ((long) i * items.size() / count)));
        }
        return List.copyOf(taken);
    }

    /** All statements and {@code count} of the queries, in order; nothing after the last query. */
    public static List<LogicRecord> queries(List<LogicRecord> records, int count) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            if (records.get(i) instanceof LogicRecord.Query) {
                places.add(i);
            }
        }
        List<Integer> taken = of(places, count);
        List<LogicRecord> kept = new ArrayList<>();
        int nextTaken = 0;
        int end = taken.isEmpty() ? 0 : taken.get(taken.size() - 1) + 1;
        for (int i = 0; i < end; i++) {
            boolean isTaken = nextTaken < taken.size() && taken.get(nextTaken) == i;
            nextTaken += isTaken ? 1 : 0;
            if (isTaken || records.get(i) instanceof LogicRecord.Statement) {
                kept.add(records.get(i));
            }
        }
        return kept;
    }
}
