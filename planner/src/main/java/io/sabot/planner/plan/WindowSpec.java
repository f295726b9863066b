package io.sabot.planner.plan;

import io.sabot.catalog.stream.TimeDomain;
import java.time.ZoneId;
import java.util.List;

/**
 * How rows fall into windows of time.
 *
 * <p>A window is {@code [start, end)}; all lengths are in milliseconds.
 */
public sealed interface WindowSpec {
    /** Where the time of a row comes from. */
    Time time();

    /** The same windows over another time column. */
    WindowSpec withTime(Time time);

    /**
     * The time of a row.
     *
     * @param column time column of the input, of precision 3. In a global phase the column of the slice end, for
     *     {@link Attached} that of the window end
     * @param zone zone in which windows of a TIMESTAMP_LTZ column are aligned; UTC for TIMESTAMP
     * @param offsetMillis the column's distance to the watermark, see {@link StreamProperties.TimeColumn}
     */
    record Time(int column, TimeDomain domain, ZoneId zone, long offsetMillis) {}

    /** Windows of one size, one after the other. */
    record Tumble(Time time, long size, long offset) implements WindowSpec {
        @Override
        public Tumble withTime(Time newTime) {
            return new Tumble(newTime, size, offset);
        }
    }

    /** Windows of one size that begin every {@code slide}. */
    record Hop(Time time, long slide, long size, long offset) implements WindowSpec {
        @Override
        public Hop withTime(Time newTime) {
            return new Hop(newTime, slide, size, offset);
        }
    }

    /** Windows that begin every {@code size} and end every {@code step} within it. */
    record Cumulate(Time time, long step, long size, long offset) implements WindowSpec {
        @Override
        public Cumulate withTime(Time newTime) {
            return new Cumulate(newTime, step, size, offset);
        }
    }

    /**
     * Windows that the rows carry already, from a window operator below: {@code time.column()} is their end, in every
     * phase, and each row belongs to that one window. Aggregation is by that column; of the window columns only END and
     * TIME are asked for, a start is an ordinary key.
     *
     * @param windows what assigned them; its time column means nothing here
     */
    record Attached(Time time, WindowSpec windows) implements WindowSpec {
        @Override
        public Attached withTime(Time newTime) {
            return new Attached(newTime, windows);
        }
    }

    /** Windows per partition that end when no row came for {@code gap}. */
    record Session(Time time, long gap, List<Integer> partitionKeys) implements WindowSpec {
        public Session {
            partitionKeys = List.copyOf(partitionKeys);
        }

        @Override
        public Session withTime(Time newTime) {
            return new Session(newTime, gap, partitionKeys);
        }
    }
}
