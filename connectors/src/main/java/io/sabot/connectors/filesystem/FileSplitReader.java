package io.sabot.connectors.filesystem;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.FormatFactory;
import io.sabot.executor.connector.ScanSpec;
import io.sabot.executor.connector.Split;
import io.sabot.executor.connector.SplitPosition;
import io.sabot.executor.connector.SplitReader;
import io.sabot.executor.connector.SplitRows;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of one task, always going on with the one whose watermark is lowest. At most {@link #OPEN_MAX} are open;
 * one that is not has not been read and so holds the watermark back until another ends.
 */
final class FileSplitReader implements SplitReader {
    static final int OPEN_MAX = 64;

    private final FileDecoder decoder;
    private final ConnectorContext context;
    private final Deque<Split> waiting = new ArrayDeque<>();
    private final List<OpenSplit> open = new ArrayList<>();
    private final Semaphore wakeUps = new Semaphore(0);

    FileSplitReader(ScanSpec scan, FormatFactory format, ConnectorContext context) {
        this.context = context;
        this.decoder = new FileDecoder(scan, format, context);
    }

    @Override
    public void add(List<Split> splits) {
        waiting.addAll(splits);
    }

    @Override
    public @Nullable SplitRows poll(ToLongFunction<Split> watermarks, long waitNanos) {
        OpenSplit file = choose(watermarks);
        if (file == null) {
            pause(waitNanos);
            return null;
        }
        SplitRows rows = file.read();
        if (rows.ended()) {
            open.remove(file);
            file.close();
        }
        return rows;
    }

    private OpenSplit open(Split split, int batchRows) {
        return decoder.isOfBlocks()
                ? new OpenBlockFile(split, decoder, batchRows)
                : new OpenFile(split, decoder, context, batchRows);
    }

    private @Nullable OpenSplit choose(ToLongFunction<Split> watermarks) {
        OpenSplit lowest = null;
        long watermark = Long.MAX_VALUE;
        for (OpenSplit file : open) {
            long own = watermarks.applyAsLong(file.split());
            if (lowest == null || own < watermark) {
                lowest = file;
                watermark = own;
            }
        }
        // A file that was restored has a watermark before it is opened
        Split next = waiting.peek();
        if (next != null && open.size() < OPEN_MAX && (lowest == null || watermarks.applyAsLong(next) < watermark)) {
            lowest = open(waiting.remove(), context.batchRows());
            open.add(lowest);
        }
        return lowest;
    }

    private void pause(long waitNanos) {
        try {
            if (waitNanos > 0 && wakeUps.tryAcquire(waitNanos, TimeUnit.NANOSECONDS)) {
                wakeUps.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads the file again, row by row. */
    @Override
    public String place(Split split, SplitPosition from, int row) {
        int left = row;
        SplitPosition before = from;
        try (OpenSplit again = open(new Split(split.id(), from), 1)) {
            boolean ended = false;
            while (!ended) {
                SplitRows rows = again.read();
                left -= rowCount(rows);
                if (left < 0) {
                    return again.place(before.offset()) + " of file '" + split.id() + "'";
                }
                before = rows.next();
                ended = rows.ended();
            }
        }
        return "file '" + split.id() + "'";
    }

    private static int rowCount(SplitRows rows) {
        try (Batch batch = rows.rows()) {
            return batch == null ? 0 : batch.rowCount();
        }
    }

    @Override
    public void wakeUp() {
        wakeUps.release();
    }

    @Override
    public void close() {
        open.forEach(OpenSplit::close);
        open.clear();
        decoder.close();
    }
}
