package io.sabot.executor.exchange;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.operator.Output;
import io.sabot.executor.time.Barrier;
import io.sabot.executor.time.Watermark;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Spreads what one task emits over the channels to the next tasks.
 *
 * <p>Rows go to the task that owns their key group; everything else goes to all, before the next row to any. Rows of
 * different batches are never joined, so that {@code lateBefore} stays what it was.
 */
public final class ExchangeWriter implements Output, AutoCloseable {
    private final List<Channel> channels;
    private final Router router;
    private final BufferAllocator allocator;
    private int[] targets = new int[Batch.DEFAULT_ROWS];
    private final int[] counts;

    /** Chooses the channel of each row. */
    public interface Router extends AutoCloseable {
        /** Sends every row to channel 0. */
        Router SINGLE = (batch, targets) -> {
            throw new AssertionError("one channel needs no routing");
        };

        /** Puts the channel of each row into {@code targets}, which has room for all rows. */
        void route(Batch batch, int[] targets);

        @Override
        default void close() {}
    }

    /** A writer to these channels, in the order of the tasks that read them. */
    public ExchangeWriter(List<Channel> channels, Router router, BufferAllocator allocator) {
        this.channels = List.copyOf(channels);
        this.router = router;
        this.allocator = allocator;
        this.counts = new int[channels.size()];
    }

    @Override
    public void emit(Batch batch) {
        if (batch.rowCount() == 0) {
            batch.close();
        } else if (channels.size() == 1) {
            channels.get(0).put(batch);
        } else {
            split(batch);
        }
    }

    private void split(Batch batch) {
        try (batch) {
            int rows = batch.rowCount();
            if (targets.length < rows) {
                targets = new int[rows];
            }
            router.route(batch, targets);
            int[][] indices = selections(rows);
            for (int c = 0; c < indices.length; c++) {
                if (counts[c] == rows) {
                    channels.get(c).put(batch.retain());
                } else if (counts[c] > 0) {
                    channels.get(c).put(batch.take(new Selection(indices[c], counts[c]), allocator));
                }
            }
        }
    }

    private int[][] selections(int rows) {
        java.util.Arrays.fill(counts, 0);
        for (int i = 0; i < rows; i++) {
            counts[targets[i]]++;
        }
        int[][] indices = new int[channels.size()][];
        for (int c = 0; c < indices.length; c++) {
            indices[c] = new int[counts[c]];
            counts[c] = 0;
        }
        for (int i = 0; i < rows; i++) {
            int target = targets[i];
            indices[target][counts[target]++] = i;
        }
        return indices;
    }

    @Override
    public void emit(Watermark watermark) {
        broadcast(new Element.Time(watermark));
    }

    /** Sends a barrier to all. */
    public void barrier(Barrier barrier) {
        broadcast(new Element.EpochEnd(barrier));
    }

    /** Tells all whether event time is still held back here. */
    public void idle(boolean idle) {
        broadcast(new Element.Idleness(idle));
    }

    /** Tells all that nothing follows. */
    public void end() {
        broadcast(new Element.End());
    }

    private void broadcast(Element element) {
        for (Channel channel : channels) {
            channel.put(element);
        }
    }

    @Override
    public void close() {
        router.close();
    }
}
