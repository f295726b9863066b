package io.sabot.executor.connector;

import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Reads rows of the splits of one task. One thread; {@link #wakeUp} alone may come from another. */
public interface SplitReader extends AutoCloseable {
    /** Adds splits, each from its {@link Split#start}. */
    void add(List<Split> splits);

    /**
     * The next rows of one split, in the split's order.
     *
     * @param watermarks present watermark of each split: where the reader can choose and splits are bounded, it reads the
     *     one whose watermark is lowest, so that no split runs ahead
     * @param waitNanos how long to wait when nothing is there; 0 does not wait
     * @return null when nothing came in time
     */
    @Nullable
    SplitRows poll(ToLongFunction<Split> watermarks, long waitNanos);

    /**
     * Where a row of the last {@link #poll} was read, for an error message: {@code line 3 of file '/data/a.csv'}.
     *
     * @param from position of the split before that poll
     * @param row index of the row in the batch
     */
    default String place(Split split, SplitPosition from, int row) {
        return "'" + split.id() + "'";
    }

    /** Makes a waiting {@link #poll} return at once. */
    void wakeUp();

    @Override
    void close();
}
