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
    private long watermark = Watermark.START;
    private boolean[] dropped = new boolean[0];
    private @Nullable Open open;

    private record Open(
            KeyEncoder keys,
            PendingRows pending,
            MatchRounds rounds,
            PartitionStore partitions,
            @Nullable MatchTimers timers,
            LongCell watermark,
            LongAdder lateRows,
            int batchRows) {}

    /** Owns what the specification has compiled. */
    public MatchOperator(MatchSpec spec) {
        this.spec = spec;
        this.keyColumns = spec.keys().stream().mapToInt(Integer::intValue).toArray();
        this.timeColumn = spec.order().get(0).column();
    }

    @Override
    public void open(OperatorContext context) {
        KeyEncoder keys = new KeyEncoder(context.allocator(), spec.keyTypes());
        boolean distinctStates =
                spec.variables().stream().allMatch(variable -> variable.condition() == null || variable.alone() >= 0);
        PartitionStore partitions = new PartitionStore(spec, distinctStates, keys.layout(), context);
        boolean timed = spec.arrangement() != MatchSpec.Arrangement.AT_END;
        MatchTimers timers = spec.within() > 0 ? new MatchTimers(keys.layout(), context) : null;
        List<DataType> features =
                spec.features().output().fields().stream().map(Field::type).toList();
        open = new Open(
                keys,
                new PendingRows(spec.input(), spec.order(), timed, context),
                new MatchRounds(spec, partitions, timers, keys, features, context),
                partitions,
                timers,
                context.state().cell("watermark", Watermark.START, LongCell.Merge.MIN),
                context.counter("late_rows"),
                context.batchRows());
        watermark = open.watermark.get();
    }

    private Open opened() {
        Open opened = open;
        if (opened == null) {
            throw new IllegalStateException("not open");
        }
        return opened;
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
            Open state = opened();
            if (spec.arrangement() == MatchSpec.Arrangement.PROCESSING_TIME) {
                state.rounds.process(batch, output);
                state.rounds.flush(output);
                return;
            }
            findLate(batch, state);
            state.pending.add(batch, state.keys.encode(batch, keyColumns).hashes(), dropped);
        }
    }

    /** Marks the rows that have come behind the watermark. */
    private void findLate(Batch batch, Open state) {
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
                state.lateRows.increment();
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
        Open state = opened();
        long over = over(watermark);
        if (spec.arrangement() == MatchSpec.Arrangement.EVENT_TIME) {
            state.pending.take(over, batch -> process(batch, output));
        }
        expire(state, over, output);
    }

    private static void expire(Open state, long over, Output output) {
        MatchTimers timers = state.timers;
        if (timers != null) {
            timers.take(over, state.batchRows, keys -> state.rounds.advance(keys, over, output));
        }
        state.rounds.flush(output);
    }

    private void process(Batch batch, Output output) {
        try (batch) {
            opened().rounds.process(batch, output);
        }
    }

    @Override
    public void onBarrier(Barrier barrier, Output output) {
        Open state = opened();
        state.partitions.flush();
        state.pending.onBarrier();
        state.watermark.set(watermark);
    }

    @Override
    public void onEnd(Output output) {
        if (spec.arrangement() == MatchSpec.Arrangement.AT_END) {
            Open state = opened();
            state.pending.takeAll(batch -> process(batch, output));
            expire(state, Watermark.END, output);
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

    @Override
    public void close() {
        Open state = open;
        if (state != null) {
            open = null;
            state.keys.close();
            state.pending.close();
            state.rounds.close();
            state.partitions.close();
            if (state.timers != null) {
                state.timers.close();
            }
        }
        spec.features().close();
        spec.alone().close();
        spec.output().close();
        spec.variables().forEach(variable -> {
            if (variable.condition() != null) {
                variable.condition().close();
            }
        });
    }
}
