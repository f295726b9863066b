package io.sabot.executor.over;

import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Storage;

/** Places of the rows of whole partitions. */
final class RankColumns {
    private RankColumns() {}

    /** Appends the place of each row. */
    static void write(RankingFunction function, long buckets, Segments segments, ColumnBuilder out) {
        long dense = 0;
        for (int row = 0; row < segments.count(); row++) {
            int first = segments.first(row);
            int rows = segments.end(row) - first;
            if (row == first) {
                dense = 1;
            } else if (segments.peerFirst(row) == row) {
                dense++;
            }
            switch (function) {
                case ROW_NUMBER -> appendWhole(out, row - first + 1);
                case RANK -> appendWhole(out, segments.peerFirst(row) - first + 1);
                case DENSE_RANK -> appendWhole(out, dense);
                case PERCENT_RANK ->
                    out.appendDouble(rows == 1 ? 0 : (double) (segments.peerFirst(row) - first) / (rows - 1));
                case CUME_DIST -> out.appendDouble((double) (segments.peerEnd(row) - first) / rows);
                case NTILE -> appendWhole(out, bucket(row - first, rows, buckets));
            }
        }
    }

    /** The first buckets get one row more where rows cannot be shared out evenly. */
    private static long bucket(int place, int rows, long buckets) {
        long size = rows / buckets;
        long larger = rows % buckets;
        long inLarger = larger * (size + 1);
        return place < inLarger ? place / (size + 1) + 1 : larger + (place - inLarger) / size + 1;
    }

    static void appendWhole(ColumnBuilder out, long value) {
        if (out.storage() == Storage.INT64) {
            out.appendLong(value);
        } else {
            out.appendInt((int) value);
        }
    }
}
