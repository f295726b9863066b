package io.sabot.connectors.datagen;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.Split;
import io.sabot.executor.connector.SplitPosition;
import io.sabot.executor.connector.SplitReader;
import io.sabot.executor.connector.SplitRows;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Makes the rows that are due by the clock, for one split after the other. */
final class DatagenReader implements SplitReader {
    private static final long SECOND_NANOS = 1_000_000_000;

    private final DatagenSource source;
    private final ConnectorContext context;
    private final List<ValueGenerator> generators;
    private final CellRandom random;
    private final List<OpenSplit> open = new ArrayList<>();
    private final Semaphore wakeUps = new Semaphore(0);
    private int turn;

    DatagenReader(DatagenSource source, ConnectorContext context) {
        this.source = source;
        this.context = context;
        this.generators = source.generators(context);
        this.random = source.random();
    }

    /** A split with the time from which its rows are due. */
    private static final class OpenSplit {
        private final Split split;
        private final long rowsPerSecond;
        private long made;
        private long sinceNanos;
        private long madeSince;

        OpenSplit(Split split, long rowsPerSecond, long nowNanos) {
            this.split = split;
            this.rowsPerSecond = rowsPerSecond;
            this.made = split.start().offset();
            this.sinceNanos = nowNanos;
        }

        /** Rows that should be there by now and are not. The first is due at once; lost time is not caught up. */
        long due(long nowNanos) {
            if (nowNanos - sinceNanos > SECOND_NANOS) {
                long whole = (nowNanos - sinceNanos) / SECOND_NANOS;
                sinceNanos += whole * SECOND_NANOS;
                madeSince = Math.max(0, madeSince - whole * rowsPerSecond);
            }
            long wanted = (long) ((double) (nowNanos - sinceNanos) * rowsPerSecond / SECOND_NANOS) + 1;
            return wanted - madeSince;
        }

        /** Nanoseconds until the next row is due. */
        long untilDue(long nowNanos) {
            return Math.max(1, sinceNanos + madeSince * SECOND_NANOS / rowsPerSecond - nowNanos);
        }
    }

    @Override
    public void add(List<Split> splits) {
        long now = context.clock().nanos();
        splits.forEach(split -> open.add(new OpenSplit(split, source.rowsPerSecond(split), now)));
    }

    @Override
    public @Nullable SplitRows poll(ToLongFunction<Split> watermarks, long waitNanos) {
        SplitRows rows = next();
        if (rows == null && waitNanos > 0) {
            pause(waitNanos);
            rows = next();
        }
        return rows;
    }

    private @Nullable SplitRows next() {
        long now = context.clock().nanos();
        for (int i = 0; i < open.size(); i++) {
            turn = (turn + 1) % open.size();
            OpenSplit split = open.get(turn);
            long left = source.rowsOf(split.split) - split.made;
            long count = Math.min(Math.min(left, split.due(now)), context.batchRows());
            if (count > 0 || left == 0) {
                return make(split, (int) count, left == count);
            }
        }
        return null;
    }

    private SplitRows make(OpenSplit split, int count, boolean last) {
        Batch batch = count == 0 ? null : batch(split, count);
        split.made += count;
        split.madeSince += count;
        if (last) {
            open.remove(split);
        }
        return new SplitRows(split.split, batch, SplitPosition.at(split.made), last, last);
    }

    private Batch batch(OpenSplit split, int count) {
        try (BatchBuilder rows = new BatchBuilder(source.scan().schema(), context.allocator(), count)) {
            for (int i = 0; i < count; i++) {
                long row = source.row(split.split, split.made + i);
                for (int column = 0; column < generators.size(); column++) {
                    generators.get(column).append(random, row, rows.column(column));
                }
                rows.endRow();
            }
            return rows.finish();
        }
    }

    private void pause(long waitNanos) {
        long now = context.clock().nanos();
        long wait = waitNanos;
        for (OpenSplit split : open) {
            wait = Math.min(wait, split.untilDue(now));
        }
        try {
            if (wakeUps.tryAcquire(wait, TimeUnit.NANOSECONDS)) {
                wakeUps.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void wakeUp() {
        wakeUps.release();
    }

    @Override
    public void close() {
        open.clear();
    }
}
