package io.sabot.executor.task;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.RowKind;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.checkpoint.SplitState;
import io.sabot.executor.connector.Split;
import io.sabot.executor.connector.SplitPosition;
import io.sabot.executor.connector.SplitReader;
import io.sabot.executor.connector.SplitRows;
import io.sabot.executor.time.Barrier;
import io.sabot.executor.time.Clock;
import io.sabot.executor.time.Watermark;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Reads the splits that a task was given: stamps watermarks, cuts batches in front of late rows, notices idle splits.
 *
 * <p>The watermark handed on is the minimum over the splits that have neither ended nor gone idle, or, when all have gone
 * idle, the maximum over them; a split that has not been read yet holds it back. Rows leave before the watermark they made.
 */
public final class SourceInput implements TaskInput {
    private static final long PROCESSING_TICK_MILLIS = 50;

    private final Settings settings;
    private final SplitReader reader;
    private final OperatorNode target;
    private final BufferAllocator allocator;
    private final Clock clock;
    private final SplitSet splits = new SplitSet();
    private boolean noMoreSplits;
    private boolean idle;
    private boolean ended;
    private long emittedWatermark = Watermark.START;
    private long emittedProcessing = Watermark.START;
    private final Queue<Split> added = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Barrier requested;
    private volatile boolean enough;
    private @Nullable Barrier standing;
    private boolean started;
    private boolean announced;
    private int batchesRead;

    /**
     * What a scan asks of its input.
     *
     * @param name name of the scan in its plan
     * @param eventTime computes times; empty when no operator of the plan asks for time, or the reader tells the watermark
     * @param told whether the reader tells the watermark, and behind which watermark rows are late
     * @param cutLate whether batches are cut in front of late rows
     * @param stepped whether each watermark goes on in front of the row behind it, not only behind the batch
     * @param idleTimeoutMillis after this long at its end without rows a split is idle; 0 never
     * @param processingTime whether operators of the plan ask for processing time
     * @param bounded whether no splits will be added
     * @param newInput called at the first rows of each epoch
     * @param halt when to read no more before the next barrier
     */
    public record Settings(
            String name,
            Optional<EventTimeReader> eventTime,
            boolean told,
            boolean cutLate,
            boolean stepped,
            long idleTimeoutMillis,
            boolean processingTime,
            boolean bounded,
            Runnable newInput,
            Optional<Halt> halt) {}

    /**
     * Where an input waits for a barrier, which it asks for.
     *
     * @param afterBatches batches read by then
     */
    public record Halt(int afterBatches, Runnable stop) {}

    /** An input that reads these splits from their {@link Split#start}, and feeds input 0 of the target. */
    public SourceInput(
            Settings settings,
            SplitReader reader,
            List<RestoredSplit> initial,
            OperatorNode target,
            BufferAllocator allocator,
            Clock clock) {
        this.settings = settings;
        this.reader = reader;
        this.target = target;
        this.allocator = allocator;
        this.clock = clock;
        this.noMoreSplits = settings.bounded();
        List<Split> toRead = new ArrayList<>();
        for (RestoredSplit restored : initial) {
            splits.add(restored, clock.nanos());
            if (!restored.ended()) {
                toRead.add(restored.split());
            }
        }
        reader.add(toRead);
    }

    /** A split to read, and the watermark it had when its position was kept. */
    public record RestoredSplit(Split split, long watermark, boolean ended) {}

    @Override
    public void start() {
        emitProcessingTime();
        emitWatermark(); // restored splits may have nothing more to read, and others wait for what they told
        idleWithoutSplits();
        endWhenDone();
        started = true;
    }

    @Override
    public boolean poll(long waitNanos) {
        takeAdded();
        Barrier barrier = requested;
        if (barrier != null) {
            requested = null;
            standing = barrier;
            announced = false;
            return true;
        }
        if (ended || standing != null || isHalted()) {
            return false;
        }
        if (enough) {
            splits.endAll();
            noMoreSplits = true;
            endWhenDone();
            return true;
        }
        emitProcessingTime();
        SplitRows rows = read(boundedWait(waitNanos));
        if (rows == null) {
            checkIdleness();
            return false;
        }
        take(rows);
        return true;
    }

    private @Nullable SplitRows read(long waitNanos) {
        try {
            return reader.poll(split -> splits.get(split).watermark(), waitNanos);
        } catch (SabotException e) {
            throw e.at(target.span());
        }
    }

    private boolean isHalted() {
        return settings.halt().map(halt -> batchesRead >= halt.afterBatches()).orElse(false);
    }

    private long boundedWait(long waitNanos) {
        return settings.processingTime() ? Math.min(waitNanos, PROCESSING_TICK_MILLIS * 1_000_000) : waitNanos;
    }

    private void takeAdded() {
        List<Split> more = new ArrayList<>();
        for (Split split = added.poll(); split != null; split = added.poll()) {
            more.add(split);
        }
        if (!more.isEmpty()) {
            for (Split split : more) {
                splits.add(new RestoredSplit(split, emittedWatermark, false), clock.nanos());
            }
            if (idle) {
                idle = false;
                target.setIdle(0, false);
            }
            reader.add(more);
        }
    }

    private void take(SplitRows rows) {
        SplitSet.Progress progress = splits.get(rows.split());
        Batch batch = rows.rows();
        SplitPosition before = progress.next();
        boolean newWatermark = settings.told() && rows.watermark() > progress.watermark();
        progress.read(rows, clock.nanos());
        if (batch != null || newWatermark) {
            announce();
            emitProcessingTime();
            if (idle) {
                idle = false;
                target.setIdle(0, false);
            }
        }
        if (batch != null) {
            emitRows(rows.split(), before, progress, batch);
        }
        if (newWatermark) {
            progress.clock().advanceTo(rows.watermark());
        }
        emitWatermark(); // while the split still counts: nobody else tells what its last rows told
        if (rows.ended()) {
            splits.end(progress);
            emitWatermark();
            idleWithoutSplits();
        }
        checkIdleness();
        endWhenDone();
        if (batch != null && !ended && settings.halt().isPresent()) {
            batchesRead++;
            if (isHalted()) {
                settings.halt().get().stop().run();
            }
        }
    }

    private void announce() {
        if (!announced) {
            announced = true;
            settings.newInput().run();
        }
    }

    private void emitRows(Split split, SplitPosition before, SplitSet.Progress progress, Batch batch) {
        if (settings.eventTime().isEmpty()) {
            boolean late = settings.told() && settings.cutLate();
            target.onBatch(0, late ? batch : batch.withLateBefore(Batch.NOT_LATE));
            return;
        }
        EventTimeReader times = settings.eventTime().get();
        boolean handedOn = false;
        try {
            times.read(batch);
            if (times.times().hasNulls()) {
                requireTimes(times.times(), batch, split, before);
            }
            SplitClock splitClock = progress.clock();
            if (settings.stepped()) {
                splitClock.advanceByStep(times.times(), times.proposals(), batch.rowCount(), settings.cutLate());
            } else {
                splitClock.advance(times.times(), times.proposals(), batch.rowCount(), settings.cutLate());
            }
            if (splitClock.pieceCount() == 1) {
                handedOn = true;
                target.onBatch(0, batch.withLateBefore(splitClock.pieceLateBefore(0)));
            } else {
                emitPieces(progress, batch);
            }
        } finally {
            if (!handedOn) {
                batch.close();
            }
        }
    }

    /** A deletion by key has no time of its own: it takes away a row that had one. */
    private void requireTimes(Column times, Batch batch, Split split, SplitPosition before) {
        for (int row = 0; row < batch.rowCount(); row++) {
            if (times.isNull(row) && batch.kind(row) != RowKind.DELETE) {
                throw SabotException.of(ErrorCode.NULL_NOT_ALLOWED, "the event-time column is NULL in a row")
                        .at(target.span())
                        .why("it was read from " + reader.place(split, before, row)
                                + "\nevery row needs a time, since windows and late rows are decided by it")
                        .hint("filter such records before the table, or compute the column with COALESCE");
            }
        }
    }

    private void emitPieces(SplitSet.Progress progress, Batch batch) {
        SplitClock splitClock = progress.clock();
        int begin = 0;
        for (int piece = 0; piece < splitClock.pieceCount(); piece++) {
            int end = splitClock.pieceEnd(piece);
            int[] indices = new int[end - begin];
            for (int i = 0; i < indices.length; i++) {
                indices[i] = begin + i;
            }
            Batch rows = batch.take(new Selection(indices, indices.length), allocator);
            target.onBatch(0, rows.withLateBefore(splitClock.pieceLateBefore(piece)));
            if (settings.stepped()) {
                emitWatermark(progress, splitClock.pieceWatermark(piece));
            }
            begin = end;
        }
    }

    private void emitWatermark() {
        emitWatermark(null, Watermark.START);
    }

    /**
     * Hands on the watermark if it is new.
     *
     * @param read a split whose rows are being handed on
     * @param reached its watermark behind the last of them
     */
    private void emitWatermark(SplitSet.@Nullable Progress read, long reached) {
        if (splits.live() > 0) {
            passOn(splits.watermark(read, reached));
        }
    }

    private void passOn(long watermark) {
        if ((settings.told() || settings.eventTime().isPresent()) && watermark > emittedWatermark) {
            emittedWatermark = watermark;
            if (started) {
                announce(); // what a view keeps of it is to be committed although no row may have come
            }
            target.onWatermark(0, Watermark.event(watermark));
        }
    }

    private void emitProcessingTime() {
        if (settings.processingTime()) {
            long now = clock.millis() - 1;
            if (now > emittedProcessing) {
                emittedProcessing = now;
                target.onWatermark(0, Watermark.processing(now));
            }
        }
    }

    private void checkIdleness() {
        if (settings.idleTimeoutMillis() == 0 || splits.live() == 0) {
            return;
        }
        boolean allIdle = splits.goIdle(clock.nanos() - settings.idleTimeoutMillis() * 1_000_000);
        emitWatermark();
        if (allIdle && !idle) {
            idle = true;
            passOn(splits.greatestWatermark()); // where all are idle none holds the others back
            target.setIdle(0, true);
        }
    }

    /** What has nothing to read now holds nobody back, unless its end is near anyway. */
    private void idleWithoutSplits() {
        if (splits.live() == 0 && !noMoreSplits && !idle) {
            idle = true;
            target.setIdle(0, true);
        }
    }

    private void endWhenDone() {
        if (!ended && splits.live() == 0 && noMoreSplits) {
            ended = true;
            target.onInputEnd(0);
        }
    }

    /** Adds splits that were discovered while the job runs. Any thread. */
    public void add(List<Split> more) {
        added.addAll(more);
        reader.wakeUp();
    }

    /** Asks for a barrier in front of the next row. Any thread. */
    public void request(Barrier barrier) {
        requested = barrier;
        reader.wakeUp();
    }

    /** Ends the input in front of its next row, as nobody needs more. Any thread. */
    public void end() {
        enough = true;
        reader.wakeUp();
    }

    /** Wakes a waiting poll. Any thread. */
    public void wakeUp() {
        reader.wakeUp();
    }

    /** Watermark handed on last. */
    long watermark() {
        return emittedWatermark;
    }

    /** Whether all splits are known and come to an end. */
    boolean isBounded() {
        return settings.bounded();
    }

    /** Positions of all splits, for a checkpoint. */
    List<SplitState> positions() {
        return splits.states(settings.name());
    }

    @Override
    public boolean hasEnded() {
        return ended;
    }

    @Override
    public @Nullable Barrier standsAt() {
        return standing;
    }

    @Override
    public void resume() {
        standing = null;
    }

    @Override
    public void close() {
        settings.eventTime().ifPresent(EventTimeReader::close);
        reader.close();
    }
}
