package io.sabot.executor.state;

import java.util.List;

/** A {@link LongCell} of one task. */
final class Cell implements LongCell {
    private final Merge merge;
    private long value;

    Cell(Merge merge, long value) {
        this.merge = merge;
        this.value = value;
    }

    @Override
    public long get() {
        return value;
    }

    @Override
    public void set(long newValue) {
        value = newValue;
    }

    Saved save(String name, KeyGroups.Range range) {
        return new Saved(name, merge, range.firstHash(), range.lastHash(), value);
    }

    /**
     * What a task of this range begins with, out of what all old tasks saved under the name: the value of the task of the
     * same range, but always the least of all for {@link Merge#MIN}, since splits may come to another task.
     */
    static long restore(List<Saved> saved, Merge merge, long initial, KeyGroups.Range range) {
        boolean isFirst = true;
        long merged = merge == Merge.SUM ? 0 : initial;
        for (Saved old : saved) {
            if (merge != Merge.MIN && old.firstHash() == range.firstHash() && old.lastHash() == range.lastHash()) {
                return old.value();
            }
            if (merge == Merge.SUM) {
                merged += range.contains(old.firstHash()) ? old.value() : 0;
            } else if (isFirst) {
                merged = old.value();
            } else {
                merged = merge == Merge.MIN ? Math.min(merged, old.value()) : Math.max(merged, old.value());
            }
            isFirst = false;
        }
        return isFirst ? initial : merged;
    }

    /** A cell in a checkpoint, with the hashes of the task that had it. */
    record Saved(String name, Merge merge, long firstHash, long lastHash, long value) {}
}
