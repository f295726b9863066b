package io.sabot.executor.over;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Storage;
import io.sabot.executor.rank.SortColumn;

/** First and last row of the frame of each row of whole partitions. */
final class FrameBounds {
    private final OverSpec spec;
    private int[] begins = new int[0];
    private int[] ends = new int[0];

    FrameBounds(OverSpec spec) {
        this.spec = spec;
    }

    /** First row of the frame. */
    int begin(int row) {
        return begins[row];
    }

    /** Behind the last row of the frame; not after {@link #begin} when the frame is empty. */
    int end(int row) {
        return ends[row];
    }

    void compute(Batch batch, Segments segments) {
        int count = segments.count();
        if (begins.length < count) {
            begins = new int[count];
            ends = new int[count];
        }
        if (spec.frame().rows()) {
            for (int row = 0; row < count; row++) {
                begins[row] = (int) at(row, spec.frame().lower(), segments.first(row), segments.end(row));
                ends[row] = (int) at(row + 1, spec.frame().upper(), segments.first(row), segments.end(row));
            }
        } else {
            byValue(batch, segments);
        }
    }

    private static long at(int row, long distance, int first, int end) {
        if (distance == Frame.UNBOUNDED_PRECEDING) {
            return first;
        }
        return distance == Frame.UNBOUNDED_FOLLOWING ? end : Math.max(first, Math.min(end, plus(row, distance)));
    }

    private void byValue(Batch batch, Segments segments) {
        Frame frame = spec.frame();
        for (int row = 0; row < segments.count(); row++) {
            boolean isOfPeers = frame.lower() == 0 || frame.lower() == Frame.UNBOUNDED_PRECEDING;
            begins[row] = frame.lower() == Frame.UNBOUNDED_PRECEDING
                    ? segments.first(row)
                    : isOfPeers ? segments.peerFirst(row) : bound(batch, segments, row, frame.lower(), false);
            ends[row] = frame.upper() == Frame.UNBOUNDED_FOLLOWING
                    ? segments.end(row)
                    : frame.upper() == 0 ? segments.peerEnd(row) : bound(batch, segments, row, frame.upper(), true);
        }
    }

    /** The first row of the partition whose value lies at or behind a distance, or, with {@code behind}, behind it. */
    private int bound(Batch batch, Segments segments, int row, long distance, boolean behind) {
        SortColumn order = spec.order().get(0);
        Column column = batch.column(order.column());
        Storage storage = Storage.of(spec.input().type(order.column()));
        if (column.isNull(row)) {
            return behind ? segments.peerEnd(row) : segments.peerFirst(row);
        }
        // the complement turns the order round, and keeps distances, for all numbers
        long mask = order.descending() ? -1 : 0;
        long value = value(column, storage, row) ^ mask;
        long wanted = plus(value, distance);
        // a bound beyond all numbers lies behind the last one, or before the first
        boolean orEqual = wanted - distance == value ? behind : distance > 0;
        int low = segments.first(row);
        int high = segments.end(row);
        while (low < high) {
            int middle = (low + high) >>> 1;
            boolean isBefore = column.isNull(middle)
                    ? order.nullsFirst()
                    : isBefore(value(column, storage, middle) ^ mask, wanted, orEqual);
            if (isBefore) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The sum, or the last number of its sign when there is none so far. */
    private static long plus(long number, long distance) {
        long sum = number + distance;
        boolean overflows = ((number ^ sum) & (distance ^ sum)) < 0;
        return overflows ? distance > 0 ? Long.MAX_VALUE : Long.MIN_VALUE : sum;
    }

    private static boolean isBefore(long value, long wanted, boolean orEqual) {
        return orEqual ? value <= wanted : value < wanted;
    }

    private static long value(Column column, Storage storage, int row) {
        return switch (storage) {
            case INT64 -> column.getLong(row);
            case INT32 -> column.getInt(row);
            case INT16 -> Memory.getShort(column.values() + ((long) row << 1));
            case INT8 -> Memory.getByte(column.values() + row);
            default -> throw new AssertionError(storage);
        };
    }
}
