package io.sabot.server.avatica;

import io.sabot.executor.batch.Batch;
import io.sabot.server.session.ResultCursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.calcite.avatica.Meta.Frame;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a query on their way to a client, cut into frames. One request reads at a time; {@link #cancel} and {@link
 * #close} may come from others and wake it.
 */
final class OpenResult implements AutoCloseable {
    private static final int FRAME_ROWS_MAX = 1000;
    private static final int FRAME_BYTES_MAX = 1 << 20;

    /** How long a request waits for its first row. */
    private static final long WAIT_MILLIS = 1000;

    /** How long a frame waits for more rows once it has one, when rows come quickly. */
    private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** Rows come quickly when the last frame with rows is not older than this. */
    private static final long QUICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final ResultCursor cursor;
    private final List<WireColumn> columns;
    private final String sql;
    private final ReentrantLock reading = new ReentrantLock();
    private long rowsLeft;
    private long offset;
    private @Nullable Batch batch;
    private int nextRow;
    private boolean ended;
    private boolean cursorClosed;
    private @Nullable RuntimeException failure;
    private long lastRowsNanos;

    /** @param maxRows rows after which the result ends, -1 for no limit */
    OpenResult(ResultCursor cursor, List<WireColumn> columns, String sql, long maxRows) {
        this.cursor = cursor;
        this.columns = columns;
        this.sql = sql;
        this.rowsLeft = maxRows < 0 ? Long.MAX_VALUE : maxRows;
        this.lastRowsNanos = System.nanoTime() - QUICK_NANOS;
    }

    /** What is there already, without waiting. */
    Frame firstFrame(int rowsMax) {
        return frame(rowsMax, 0);
    }

    /** The next rows; none when none came for a while, which is not the end. */
    Frame fetch(int rowsMax) {
        return frame(rowsMax, WAIT_MILLIS);
    }

    private Frame frame(int rowsMax, long waitMillis) {
        reading.lock();
        try {
            throwFailure();
            int limit = (int) Math.min(rowsLeft, rowsMax <= 0 ? FRAME_ROWS_MAX : Math.min(rowsMax, FRAME_ROWS_MAX));
            List<Object> rows = new ArrayList<>();
            collect(rows, limit, waitMillis);
            rowsLeft -= rows.size();
            if (failure == null && !ended && (rowsLeft == 0 || (batch == null && cursor.done()))) {
                end();
            }
            Frame frame = Frame.create(offset, ended, rows);
            offset += rows.size();
            return frame;
        } catch (RuntimeException e) {
            fail(e);
            throw Problems.of(e, sql);
        } finally {
            reading.unlock();
        }
    }

    private void collect(List<Object> rows, int limit, long waitMillis) {
        long bytes = 0;
        long lingerUntil = 0;
        while (!cursorClosed && rows.size() < limit && bytes < FRAME_BYTES_MAX) {
            if (batch == null) {
                long wait = rows.isEmpty() ? waitMillis : millisUntil(lingerUntil);
                batch = poll(wait, !rows.isEmpty());
                nextRow = 0;
                if (batch == null) {
                    break;
                }
            }
            if (rows.isEmpty()) {
                long now = System.nanoTime();
                boolean quick = now - lastRowsNanos < QUICK_NANOS;
                lingerUntil = quick && waitMillis > 0 ? now + LINGER_NANOS : now;
            }
            bytes = take(rows, limit, bytes);
        }
        if (!rows.isEmpty()) {
            lastRowsNanos = System.nanoTime();
        }
    }

    /** A failure behind rows that are at hand already is kept for the next frame. */
    private @Nullable Batch poll(long waitMillis, boolean hasRows) {
        try {
            return cursor.poll(waitMillis);
        } catch (RuntimeException e) {
            if (!hasRows) {
                throw e;
            }
            fail(e);
            return null;
        }
    }

    private void fail(RuntimeException e) {
        failure = e;
        closeCursor();
    }

    private void throwFailure() {
        if (failure != null) {
            throw failure;
        }
    }

    private static long millisUntil(long nanos) {
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(nanos - System.nanoTime()));
    }

    private long take(List<Object> rows, int limit, long bytesBefore) {
        Batch from = batch;
        long bytes = bytesBefore;
        if (from == null) {
            return bytes;
        }
        while (nextRow < from.rowCount() && rows.size() < limit && bytes < FRAME_BYTES_MAX) {
            @Nullable Object[] row = new Object[columns.size()];
            for (int i = 0; i < row.length; i++) {
                Object value = columns.get(i).reader().read(from.vector(i), nextRow);
                row[i] = value;
                bytes += size(value);
            }
            rows.add(Arrays.asList(row));
            nextRow++;
        }
        if (nextRow == from.rowCount()) {
            from.close();
            batch = null;
        }
        return bytes;
    }

    private static int size(@Nullable Object value) {
        if (value instanceof String text) {
            return text.length();
        }
        if (value instanceof byte[] bytes) {
            return bytes.length;
        }
        return value instanceof List<?> list ? 8 + 8 * list.size() : 8;
    }

    /** Ends the query; a request that waits for its rows fails with 57014. */
    void cancel() {
        cursor.cancel();
    }

    private void end() {
        ended = true;
        closeCursor();
    }

    private void closeCursor() {
        if (!cursorClosed) {
            cursorClosed = true;
            Batch left = batch;
            batch = null;
            try (cursor) {
                if (left != null) {
                    left.close();
                }
            }
        }
    }

    @Override
    public void close() {
        if (!reading.tryLock()) {
            cursor.cancel();
            reading.lock();
        }
        try {
            end();
        } finally {
            reading.unlock();
        }
    }
}
