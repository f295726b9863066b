package io.sabot.planner.physical;

import java.util.List;

/**
 * Which task has which row.
 *
 * @param single whether one task has all rows
 * @param keys columns whose hash decides; empty when nothing is known
 */
record Distribution(boolean single, List<Integer> keys) {
    static final Distribution ANY = new Distribution(false, List.of());
    static final Distribution SINGLE = new Distribution(true, List.of());

    Distribution {
        keys = List.copyOf(keys);
    }

    static Distribution hash(List<Integer> keys) {
        return keys.isEmpty() ? SINGLE : new Distribution(false, keys);
    }

    /**
     * Whether each row is in the task that owns the key group of these columns. Fewer columns are not enough, although they
     * bring equal rows together: state is found again by the hash of the whole key.
     */
    boolean groups(List<Integer> columns) {
        return single || (!keys.isEmpty() && keys.equals(columns));
    }
}
