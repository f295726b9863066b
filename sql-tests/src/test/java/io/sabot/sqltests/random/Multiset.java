package io.sabot.sqltests.random;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows with the number of times that each is there. */
final class Multiset {
    private final Map<List<@Nullable Object>, Integer> counts = new HashMap<>();

    void add(List<@Nullable Object> row, int times) {
        if (counts.merge(row, times, Integer::sum) == 0) {
            counts.remove(row);
        }
    }

    /** Every row as often as it is there. */
    List<List<@Nullable Object>> rows() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        counts.forEach((row, times) -> {
            for (int i = 0; i < times; i++) {
                rows.add(row);
            }
        });
        return rows;
    }

    /** Rows that this has and the other has not, and the reverse; empty when they are equal. */
    String differences(Multiset actual) {
        List<String> lines = new ArrayList<>();
        counts.forEach((row, times) -> {
            int got = actual.counts.getOrDefault(row, 0);
            if (got != times) {
                lines.add(row + " expected " + times + " times, got " + got);
            }
        });
        actual.counts.forEach((row, times) -> {
            if (!counts.containsKey(row)) {
                lines.add(row + " expected 0 times, got " + times);
            }
        });
        lines.sort(null);
        return String.join("\n", lines);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Multiset that && counts.equals(that.counts);
    }

    @Override
    public int hashCode() {
        return counts.hashCode();
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
