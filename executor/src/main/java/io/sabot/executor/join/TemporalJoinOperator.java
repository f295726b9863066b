package io.sabot.executor.join;

import io.sabot.catalog.stream.TimeDomain;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.RowKind;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.operator.HeldWatermarks;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.LongCell;
import io.sabot.executor.state.OrderedSpec;
import io.sabot.executor.state.RowLog;
import io.sabot.executor.state.RowLogCursor;
import io.sabot.executor.state.RowLogSpec;
import io.sabot.executor.state.StateBound;
import io.sabot.executor.time.Barrier;
import io.sabot.executor.time.Watermark;
import java.util.Arrays;

/**
 * Joins each left row with what the right side held for its key at the time of the row: a temporal join, where right rows are
 * versions, or an ASOF join, where the nearest one belongs to the left row.
 *
 * <p>Left rows wait until the watermark says that no version of their time can come any more; late ones are joined with what
 * is there. The right input is a history: a row replaces the one before it from its own time on, a deletion ends it, and
 * halves of updates that are taken back say nothing new. Versions that no later left row can see go when their key gets a new
 * one. With {@code atEnd} left rows wait for the end of both inputs, whatever watermarks say.
 */
public final class TemporalJoinOperator implements Operator {
    private static final int CHUNK = 2048;
    private static final long BUCKET_MILLIS = 64;

    private final JoinSpec spec;
    private final int leftTime;
    private final int rightTime;
    private final VersionMatch match;
    private final long leftOffset;
    private final long rightOffset;
    private final boolean atEnd;
    private final HeldWatermarks held = new HeldWatermarks();
    private final PairDecoder.Pairs found = new PairDecoder.Pairs();
    private final DueRows due = new DueRows(BUCKET_MILLIS);
    private final JoinSide left;
    private final JoinSide right;
    private final RowLog waiting;
    private final KeyBatch single;
    private final Versions versions;
    private final JoinWriter writer;
    private final LongCell savedWatermark;
    private boolean[] passes = new boolean[0];
    private long watermark = Watermark.START;

    /**
     * @param leftTime time column of the left input, an 8-byte number, as is {@code rightTime}
     * @param leftOffset how far the watermark of the left time column is from the stream's; never positive
     * @param rightOffset the same of the right time column
     */
    public TemporalJoinOperator(
            JoinSpec spec,
            int leftTime,
            int rightTime,
            VersionMatch match,
            long leftOffset,
            long rightOffset,
            boolean atEnd,
            OperatorContext context) {
        this.spec = spec;
        this.leftTime = leftTime;
        this.rightTime = rightTime;
        this.match = match;
        this.leftOffset = leftOffset;
        this.rightOffset = rightOffset;
        this.atEnd = atEnd;
        this.left = context.own(new JoinSide(spec, 0, context.allocator()));
        OrderedSpec versions = new OrderedSpec(left.keyLayout(), Versions.FIXED_BYTES, StateBound.KEYS);
        this.right = context.own(new JoinSide(spec, 1, context.allocator()));
        this.waiting = context.state().rowLog("left", new RowLogSpec(0, StateBound.WATERMARK));
        this.single = context.own(new KeyBatch(context.allocator(), left.keyLayout()));
        this.versions = context.own(new Versions(context.state().orderedTable("right", versions), match));
        this.writer = new JoinWriter(spec, context);
        this.savedWatermark = context.state().cell("watermark", Watermark.START, LongCell.Merge.MIN);
        watermark = savedWatermark.get();
        long doneUntil = doneUntil();
        RowLogCursor cursor = this.waiting.scan();
        while (cursor.next()) {
            // the log may still hold rows that have left
            long time = this.waiting.time(cursor.address());
            if (time > doneUntil) {
                due.add(time, cursor.id());
            }
        }
    }

    /** Left rows up to this time have left. */
    private long doneUntil() {
        return shifted(rightOffset);
    }

    /** No left row up to this time comes in time any more, and those that came have left. */
    private long lookedForUntil() {
        return shifted(Math.min(leftOffset, rightOffset));
    }

    private long shifted(long offset) {
        if (watermark == Watermark.START || watermark == Watermark.END) {
            return watermark;
        }
        return watermark < Watermark.START - offset ? Watermark.START : watermark + offset;
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch) {
            if (input == 0) {
                keepLeft(batch, output);
            } else {
                keepRight(batch);
            }
        }
    }

    private void keepLeft(Batch batch, Output output) {
        if (!batch.isInsertOnly()) {
            throw new IllegalStateException("the left input of a temporal join only grows");
        }
        JoinSide side = left;
        side.begin(batch);
        Column times = batch.column(leftTime);
        boolean late = false;
        for (int row = 0; row < batch.rowCount(); row++) {
            if (side.isMatchless(row) || times.isNull(row)) {
                if (spec.type() == JoinType.LEFT) {
                    writer.writeAlone(0, side.rowAddress(row), side.rowLength(row), 1, batch.lateBefore(), output);
                }
                continue;
            }
            long time = times.getLong(row);
            late |= time <= doneUntil();
            due.add(time, waiting.append(side.keys(), row, time, side.rowAddress(row), side.rowLength(row)));
        }
        writer.flush(batch.lateBefore(), output);
        if (late) {
            join(doneUntil(), output);
        }
    }

    private void keepRight(Batch batch) {
        JoinSide side = right;
        side.begin(batch);
        Column times = batch.column(rightTime);
        for (int row = 0; row < batch.rowCount(); row++) {
            RowKind kind = batch.kind(row);
            if (kind == RowKind.UPDATE_BEFORE || side.isMatchless(row) || times.isNull(row)) {
                continue;
            }
            if (kind == RowKind.DELETE) {
                versions.putNone(side.keys(), row, times.getLong(row));
            } else {
                versions.put(side.keys(), row, times.getLong(row), side.rowAddress(row), side.rowLength(row));
            }
            if (match.looksBack()) {
                versions.freeBefore(side.keys(), row, lookedForUntil());
            }
        }
    }

    /** Joins the left rows that are due. */
    private void join(long until, Output output) {
        due.take(until, id -> {
            long address = waiting.find(id);
            if (address == 0) {
                return true;
            }
            long time = waiting.time(address);
            if (time > until) {
                return false;
            }
            long row = waiting.rowAddress(address);
            int length = waiting.rowLength(address);
            single.clear();
            single.append(waiting.keyAddress(address), waiting.keyLength(address));
            if (versions.find(single, 0, time)) {
                found.add(0, row, length, versions.rowAddress(), versions.rowLength());
            } else if (spec.type() == JoinType.LEFT) {
                writer.writeAlone(0, row, length, 1, Batch.NOT_LATE, output);
            }
            if (found.count() >= CHUNK) {
                writeFound(output);
            }
            return true;
        });
        writeFound(output);
        writer.flush(Batch.NOT_LATE, output);
        if (until == Watermark.END) {
            waiting.clear();
        } else if (until != Watermark.START) {
            waiting.expireBefore(until + 1);
        }
    }

    private void writeFound(Output output) {
        int count = found.count();
        if (count == 0) {
            return;
        }
        if (passes.length < count) {
            passes = new boolean[Math.max(CHUNK, count)];
        }
        Arrays.fill(passes, 0, count, false);
        Selection passing = writer.passing(found);
        for (int i = 0; i < passing.count(); i++) {
            passes[passing.indices()[i]] = true;
        }
        for (int i = 0; i < count; i++) {
            long row = found.addresses(0)[i];
            int length = found.lengths(0)[i];
            if (passes[i]) {
                writer.write(0, row, length, found.addresses(1)[i], found.lengths(1)[i], 1, Batch.NOT_LATE, output);
            } else if (spec.type() == JoinType.LEFT) {
                writer.writeAlone(0, row, length, 1, Batch.NOT_LATE, output);
            }
        }
        found.clear();
    }

    @Override
    public void onWatermark(Watermark newWatermark, Output output) {
        if (atEnd) {
            if (!held.hold(newWatermark)) {
                output.emit(newWatermark);
            }
            return;
        }
        if (newWatermark.domain() == TimeDomain.EVENT) {
            advance(newWatermark.millis(), output);
        }
        output.emit(newWatermark);
    }

    private void advance(long millis, Output output) {
        watermark = Math.max(watermark, millis);
        join(doneUntil(), output);
    }

    @Override
    public void onBarrier(Barrier barrier, Output output) {
        savedWatermark.set(watermark);
    }

    @Override
    public void onEnd(Output output) {
        advance(Watermark.END, output);
        held.release(output);
    }
}
