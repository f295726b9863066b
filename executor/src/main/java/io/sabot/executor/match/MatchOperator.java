package io.sabot.executor.match;

import io.sabot.catalog.stream.TimeDomain;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.operator.HeldWatermarks;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.state.LongCell;
import io.sabot.executor.time.Barrier;
import io.sabot.executor.time.Watermark;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Finds patterns in the rows of each partition. Rows wait until the watermark has passed them, and then go through the
 * automaton in order. Counter {@code late_rows}: rows behind the watermark, which are dropped.
 */
public final class MatchOperator implements Operator {
    private final MatchSpec spec;
    private final int[] keyColumns;
    private final int timeColumn;
    private final HeldWatermarks held = new HeldWatermarks();
    private final KeyEncoder keys;
    private final PendingRows pending;
    private final MatchRounds rounds;
    private final PartitionStore partitions;
    private final @Nullable MatchTimers timers;
    private final LongCell savedWatermark;
    private final LongAdder lateRows;
    private final int batchRows;
    private long watermark = Watermark.START;
    private boolean[] dropped = new boolean[0];

    /** Owns what the specification has compiled. */
    public MatchOperator(MatchSpec spec, OperatorContext context) {
        this.spec = spec;
        this.keyColumns = spec.keys().stream().mapToInt(Integer::intValue).toArray();
        this.timeColumn = spec.order().get(0).column();
        this.keys = context.own(new KeyEncoder(context.allocator(), spec.keyTypes()));
        boolean distinctStates =
                spec.variables().stream().allMatch(variable -> variable.condition() == null || variable.alone() >= 0);
        this.partitions = new PartitionStore(spec, distinctStates, keys.layout(), context);
        boolean timed = spec.arrangement() != MatchSpec.Arrangement.AT_END;
        this.timers = spec.within() > 0 ? new MatchTimers(keys.layout(), context) : null;
        List<DataType> features =
                spec.features().output().fields().stream().map(Field::type).toList();
        this.pending = new PendingRows(spec.input(), spec.order(), timed, context);
        this.rounds = new MatchRounds(spec, partitions, timers, keys, features, context);
        this.savedWatermark = context.state().cell("watermark", Watermark.START, LongCell.Merge.MIN);
        this.lateRows = context.counter("late_rows");
        this.batchRows = context.batchRows();
        watermark = savedWatermark.get();
    }

    private TimeDomain domain() {
        return spec.arrangement() == MatchSpec.Arrangement.PROCESSING_TIME ? TimeDomain.PROCESSING : TimeDomain.EVENT;
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch) {
            if (!batch.isInsertOnly()) {
                throw new IllegalStateException("patterns are looked for in rows that stay as they are");
            }
            if (spec.arrangement() == MatchSpec.Arrangement.PROCESSING_TIME) {
                rounds.process(batch, output);
                rounds.flush(output);
                return;
            }
            findLate(batch);
            pending.add(batch, keys.encode(batch, keyColumns).hashes(), dropped);
        }
    }

    /** Marks the rows that have come behind the watermark. */
    private void findLate(Batch batch) {
        if (dropped.length < batch.rowCount()) {
            dropped = new boolean[batch.rowCount()];
        }
        Arrays.fill(dropped, 0, batch.rowCount(), false);
        if (spec.arrangement() != MatchSpec.Arrangement.EVENT_TIME) {
            return;
        }
        Column times = batch.column(timeColumn);
        if (times.hasNulls()) {
            throw SabotException.of(ErrorCode.NULL_NOT_ALLOWED, "the time of a row is NULL")
                    .why("a row without a time has no place in the order of MATCH_RECOGNIZE")
                    .at(spec.span());
        }
        long over = over(Math.max(watermark, batch.lateBefore()));
        for (int row = 0; row < batch.rowCount(); row++) {
            if (times.getLong(row) <= over) {
                dropped[row] = true;
                lateRows.increment();
            }
        }
    }

    /** Value of the time column up to which all rows have come. */
    private long over(long streamMillis) {
        boolean atLimit = streamMillis == Watermark.END || streamMillis < Long.MIN_VALUE - spec.timeOffsetMillis();
        return atLimit ? streamMillis : streamMillis + spec.timeOffsetMillis();
    }

    @Override
    public void onWatermark(Watermark newWatermark, Output output) {
        if (spec.arrangement() == MatchSpec.Arrangement.AT_END) {
            if (!held.hold(newWatermark)) {
                output.emit(newWatermark);
            }
            return;
        }
        if (newWatermark.domain() == domain()) {
            watermark = Math.max(watermark, newWatermark.millis());
            advance(output);
        }
        output.emit(newWatermark);
    }

    private void advance(Output output) {
        long over = over(watermark);
        if (spec.arrangement() == MatchSpec.Arrangement.EVENT_TIME) {
            pending.take(over, batch -> process(batch, output));
        }
        expire(over, output);
    }

    private void expire(long over, Output output) {
        if (timers != null) {
            timers.take(over, batchRows, keys -> rounds.advance(keys, over, output));
        }
        rounds.flush(output);
    }

    private void process(Batch batch, Output output) {
        try (batch) {
            rounds.process(batch, output);
        }
    }

    @Override
    public void onBarrier(Barrier barrier, Output output) {
        partitions.flush();
        pending.onBarrier();
        savedWatermark.set(watermark);
    }

    @Override
    public void onEnd(Output output) {
        if (spec.arrangement() == MatchSpec.Arrangement.AT_END) {
            pending.takeAll(batch -> process(batch, output));
            expire(Watermark.END, output);
            held.release(output);
        }
    }

    /** Milliseconds of a row; 0 when rows carry no time. */
    static long millis(MatchSpec spec, Batch batch, int row) {
        if (spec.timeUnits() == 0) {
            return 0;
        }
        Column times = batch.column(spec.order().get(0).column());
        return times.isNull(row) ? 0 : Math.floorDiv(times.getLong(row), spec.timeUnits());
    }
}
