package io.sabot.executor.join;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.state.KeyDecoder;
import io.sabot.executor.state.RowLog;
import io.sabot.executor.state.RowLogCursor;
import io.sabot.executor.state.RowLogSpec;
import io.sabot.executor.state.StateBound;
import io.sabot.executor.time.Watermark;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Left rows that have found no partner and look again later: a log, each row by the processing time at which it is due.
 *
 * <pre>
 *   fixed part of a row:  │ attempts left, 0 when it has left 8 │ event watermark when it came 8 │ lateBefore of its batch 8 │
 * </pre>
 *
 * The watermark that may be passed on is that of the row which came first.
 */
final class LookupRetries {
    private static final int FIXED_BYTES = 24;

    private final JoinSpec spec;
    private final BufferAllocator allocator;
    private final int batchRows;
    private final LookupKeeping.Retry retry;
    private final JoinSide side;
    private final KeyDecoder decoder;
    private final RowLog log;
    private final DueRows due;
    private final TreeMap<Long, Integer> waiting = new TreeMap<>();
    private @Nullable Batch begun;
    private long[] ids = new long[64];
    private long[] attempts = new long[64];
    private long[] watermarks = new long[64];
    private long[] lateBefores = new long[64];
    private int count;

    LookupRetries(JoinSpec spec, LookupKeeping.Retry retry, OperatorContext context) {
        this.spec = spec;
        this.retry = retry;
        this.allocator = context.allocator();
        this.batchRows = context.batchRows();
        this.side = context.own(new JoinSide(spec, 0, allocator));
        this.decoder = new KeyDecoder(JoinSpec.types(spec.left()));
        this.log = context.state().rowLog("retries", new RowLogSpec(FIXED_BYTES, StateBound.WATERMARK));
        this.due = new DueRows(retry.delayMillis() / 16);
        RowLogCursor cursor = log.scan();
        while (cursor.next()) {
            if (Memory.getLong(cursor.address()) > 0) {
                due.add(log.time(cursor.address()), cursor.id());
                waiting.merge(Memory.getLong(cursor.address() + 8), 1, Integer::sum);
            }
        }
    }

    /** How far the event watermark may go, when it stands at {@code newest}. */
    long passable(long newest) {
        return waiting.isEmpty() ? newest : Math.min(newest, waiting.firstKey());
    }

    /** Lets a row of a batch that has just come wait, with this event watermark. */
    void add(Batch batch, int row, long now, long watermark) {
        add(batch, row, retry.attempts(), now, watermark, batch.lateBefore());
    }

    /** Lets a row that was taken wait again. False when it has had all its attempts. */
    boolean addAgain(Batch batch, int row, int taken, long now) {
        if (attempts[taken] <= 1) {
            return false;
        }
        add(batch, row, attempts[taken] - 1, now, watermarks[taken], lateBefores[taken]);
        return true;
    }

    private void add(Batch batch, int row, long left, long now, long watermark, long lateBefore) {
        if (begun != batch) {
            begun = batch;
            side.begin(batch);
        }
        long time = now + retry.delayMillis();
        long id = log.append(side.keys(), row, time, side.rowAddress(row), side.rowLength(row));
        long address = log.writable(id);
        Memory.putLong(address, left);
        Memory.putLong(address + 8, watermark);
        Memory.putLong(address + 16, lateBefore);
        due.add(time, id);
        waiting.merge(watermark, 1, Integer::sum);
    }

    /** Takes the rows that are due at a time. Returns how many; {@link #leave} must follow. */
    int take(long until) {
        count = 0;
        due.take(until, id -> {
            long address = log.find(id);
            if (log.time(address) > until) {
                return false;
            }
            take(id, address);
            return true;
        });
        return count;
    }

    private void take(long id, long address) {
        if (count == ids.length) {
            ids = Arrays.copyOf(ids, count * 2);
            attempts = Arrays.copyOf(attempts, count * 2);
            watermarks = Arrays.copyOf(watermarks, count * 2);
            lateBefores = Arrays.copyOf(lateBefores, count * 2);
        }
        ids[count] = id;
        attempts[count] = Memory.getLong(address);
        watermarks[count] = Memory.getLong(address + 8);
        lateBefores[count++] = Memory.getLong(address + 16);
    }

    /** Where the rows end that may stand in one batch with a row that was taken. */
    int batchEnd(int from) {
        int end = from + 1;
        while (end < count && end - from < batchRows && lateBefores[end] == lateBefores[from]) {
            end++;
        }
        return end;
    }

    /** Rows that were taken, as a batch that belongs to the caller. */
    Batch batch(int from, int end) {
        int rows = end - from;
        long[] addresses = new long[rows];
        int[] lengths = new int[rows];
        for (int i = 0; i < rows; i++) {
            long address = log.find(ids[from + i]);
            addresses[i] = log.rowAddress(address);
            lengths[i] = log.rowLength(address);
        }
        try (BatchBuilder builder = new BatchBuilder(spec.left(), allocator, rows)) {
            List<ColumnBuilder> columns = builder.columns();
            decoder.decode(addresses, lengths, rows, columns, 0);
            for (int i = 0; i < rows; i++) {
                builder.endRow();
            }
            return builder.finish(lateBefores[from]);
        }
    }

    /** Forgets the rows that were taken; those that were added again wait on. */
    void leave(long until) {
        begun = null;
        for (int i = 0; i < count; i++) {
            Memory.putLong(log.writable(ids[i]), 0);
            waiting.computeIfPresent(watermarks[i], (watermark, rows) -> rows == 1 ? null : rows - 1);
        }
        count = 0;
        if (until == Watermark.END) {
            log.clear();
        } else {
            log.expireBefore(until + 1);
        }
    }
}
