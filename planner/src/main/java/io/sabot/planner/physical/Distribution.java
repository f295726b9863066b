package io.sabot.planner.physical;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Which task has which row.
 *
 * @param single whether one task has all rows
 * @param keys for each column whose hash decides the columns that have its value in every row, such as both keys of an inner
 *     join; empty when nothing is known
 */
record Distribution(boolean single, List<List<Integer>> keys) {
    static final Distribution ANY = new Distribution(false, List.of());
    static final Distribution SINGLE = new Distribution(true, List.of());

    Distribution {
        keys = keys.stream().map(List::copyOf).toList();
    }

    static Distribution hash(List<Integer> keys) {
        return keys.isEmpty()
                ? SINGLE
                : new Distribution(false, keys.stream().map(List::of).toList());
    }

    /** By the hash of columns that stand in two places each. */
    static Distribution hash(List<Integer> keys, List<Integer> equals) {
        List<List<Integer>> both = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            both.add(List.of(keys.get(i), equals.get(i)));
        }
        return keys.isEmpty() ? SINGLE : new Distribution(false, both);
    }

    /**
     * Whether each row is in the task that owns the key group of these columns. Fewer columns are not enough, although they
     * bring equal rows together: state is found again by the hash of the whole key.
     */
    boolean groups(List<Integer> columns) {
        return single || (!columns.isEmpty() && isHash(columns));
    }

    /** Whether an exchange by these columns would leave each row where it is; without columns, whether one task has all. */
    boolean isHash(List<Integer> columns) {
        if (columns.isEmpty() || single) {
            return columns.isEmpty() && single;
        }
        if (keys.size() != columns.size()) {
            return false;
        }
        for (int i = 0; i < keys.size(); i++) {
            if (!keys.get(i).contains(columns.get(i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * The same over other columns.
     *
     * @param positions where a column stands now; nowhere when it is gone
     */
    Distribution mapped(IntFunction<List<Integer>> positions) {
        List<List<Integer>> mapped = new ArrayList<>();
        for (List<Integer> equal : keys) {
            List<Integer> found = equal.stream()
                    .flatMap(column -> positions.apply(column).stream())
                    .distinct()
                    .toList();
            if (found.isEmpty()) {
                return ANY;
            }
            mapped.add(found);
        }
        return new Distribution(single, mapped);
    }

    /** The same over a choice of the columns. */
    Distribution mapped(List<Integer> kept) {
        return mapped(column ->
                Optional.of(kept.indexOf(column)).filter(at -> at >= 0).stream().toList());
    }
}
