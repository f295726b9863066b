package io.sabot.executor.storage;

import io.sabot.executor.batch.Batch;
import java.util.Map;
import java.util.TreeMap;

/** The content of a log that only grows: all of it. */
final class AppendIndex implements TableIndex {
    private final Map<Long, Integer> rowCounts = new TreeMap<>();
    private long size;

    @Override
    public void index(Batch logged, long number, BatchesByNumber log) {
        rowCounts.put(number, logged.rowCount());
        size += logged.rowCount();
    }

    @Override
    public Batch change(Batch incoming, long number, BatchesByNumber log) {
        for (int row = 0; row < incoming.rowCount(); row++) {
            if (incoming.sign(row) < 0) {
                incoming.close();
                throw new AssertionError("rows cannot leave a log that only grows");
            }
        }
        index(incoming, number, log);
        return incoming;
    }

    @Override
    public long[] present() {
        long[] places = new long[Math.toIntExact(size)];
        int count = 0;
        for (Map.Entry<Long, Integer> batch : rowCounts.entrySet()) {
            for (int row = 0; row < batch.getValue(); row++) {
                places[count++] = TableIndex.place(batch.getKey(), row);
            }
        }
        return places;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void close() {
        rowCounts.clear();
    }
}
