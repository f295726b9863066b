package io.sabot.executor.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a changelog written as text stands for: a multiset of rows with signs. */
public final class Changelog {
    private final TreeMap<String, Integer> counts = new TreeMap<>();

    /** Applies lines such as {@code -U | a | 1}. */
    public Changelog apply(List<String> lines) {
        for (String line : lines) {
            add(line.substring(5), line.startsWith("+") ? 1 : -1);
        }
        return this;
    }

    /** Adds a row so many times. */
    public Changelog add(String row, int times) {
        counts.merge(row, times, (a, b) -> a + b == 0 ? null : a + b);
        return this;
    }

    /** The rows in order, each as often as it is there; a row that is there less than never shows as {@code -row}. */
    public List<String> rows() {
        List<String> rows = new ArrayList<>();
        for (Map.Entry<String, Integer> row : counts.entrySet()) {
            for (int i = 0; i < Math.abs(row.getValue()); i++) {
                rows.add(row.getValue() < 0 ? "-" + row.getKey() : row.getKey());
            }
        }
        return rows;
    }
}
