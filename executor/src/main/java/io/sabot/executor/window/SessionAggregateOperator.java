package io.sabot.executor.window;

import io.sabot.catalog.stream.TimeDomain;
import io.sabot.executor.aggregate.Aggregation;
import io.sabot.executor.aggregate.LocalTable;
import io.sabot.executor.aggregate.Run;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.state.LongCell;
import io.sabot.executor.time.Barrier;
import io.sabot.executor.time.Watermark;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates rows by key and session, and puts a session out once, when the watermark passes its last millisecond.
 *
 * <p>Rows of a batch are first joined among themselves, so state is asked once per key and stretch of time. A session that
 * is over for a batch ({@code lateBefore}) takes no more rows although it may not have left yet. A row that is late by itself
 * but touches an open session joins it; that depends on what came before, so such rows are looked at one by one. Counter
 * {@code late_rows}. State is bounded by the watermark.
 */
public final class SessionAggregateOperator implements Operator {
    private final SessionAggregateSpec spec;
    private final int[] keyColumns;
    private final RowTimes times;
    private final SessionStretches stretches;
    private final Run run = new Run();
    private long[] groupRecords = new long[0];
    private int[] groups = new int[0];
    private long[] sessionStarts = new long[0];
    private long[] sequences = new long[0];
    private long[] records = new long[0];
    private int[] rows = new int[0];
    private @Nullable Open open;

    private record Open(
            Aggregation aggregation,
            KeyEncoder encoder,
            LocalTable groups,
            KeyBatch recordKeys,
            SessionState sessions,
            SessionTimers timers,
            LongCell watermark,
            LongAdder lateRows) {}

    public SessionAggregateOperator(SessionAggregateSpec spec) {
        if (spec.aggregates().stream().anyMatch(call -> call.needsValues(spec.retracting()))) {
            throw SabotException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "DISTINCT, and MIN or MAX over changing input, are not supported in session windows")
                    .hint("aggregate by TUMBLE or HOP, or remove duplicates before the window");
        }
        this.spec = spec;
        this.keyColumns = spec.keyColumns();
        this.times = new RowTimes(spec.time());
        this.stretches = new SessionStretches(spec.gapMillis());
    }

    @Override
    public void open(OperatorContext context) {
        Aggregation aggregation = Aggregation.ofRows(spec.aggregates(), spec.retracting(), context.allocator());
        KeyEncoder encoder = new KeyEncoder(context.allocator(), spec.keyTypes());
        SessionState sessions = new SessionState(aggregation, encoder.layout(), context);
        open = new Open(
                aggregation,
                encoder,
                new LocalTable(context.allocator(), encoder.layout(), 8),
                new KeyBatch(context.allocator(), SessionState.withStart(encoder.layout())),
                sessions,
                new SessionTimers(spec, aggregation, sessions, encoder.layout(), times.zone(), context),
                context.state().cell("watermark", Watermark.START, LongCell.Merge.MIN),
                context.counter("late_rows"));
        times.advance(open.watermark.get());
    }

    private Open opened() {
        Open opened = open;
        if (opened == null) {
            throw new IllegalStateException("not open");
        }
        return opened;
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch) {
            Open state = opened();
            int rowCount = batch.rowCount();
            long[] values = times.read(batch);
            long over = times.overUntil(batch);
            KeyBatch keys = state.encoder.encode(batch, keyColumns);
            numberGroups(state, keys, rowCount);
            int from = 0;
            while (from < rowCount) {
                int to = from;
                while (to < rowCount && values[to] + spec.gapMillis() - 1 > over) {
                    to++;
                }
                if (to > from) {
                    add(state, batch, keys, values, from, to, over);
                } else {
                    to = from + 1;
                    long end = values[from] + spec.gapMillis();
                    if (state.sessions.touchesOpen(keys, from, values[from], end, over)) {
                        add(state, batch, keys, values, from, to, over);
                    } else {
                        state.lateRows.increment();
                    }
                }
                from = to;
            }
        }
    }

    private void numberGroups(Open state, KeyBatch keys, int rowCount) {
        if (groups.length < rowCount) {
            groups = new int[rowCount];
            groupRecords = new long[rowCount];
            sessionStarts = new long[rowCount];
            sequences = new long[rowCount];
            records = new long[rowCount];
            rows = new int[rowCount];
        }
        state.groups.clear();
        state.groups.resolve(keys, groupRecords);
        int next = 0;
        for (int row = 0; row < rowCount; row++) {
            if (Memory.getLong(groupRecords[row]) == 0) {
                Memory.putLong(groupRecords[row], ++next);
            }
            groups[row] = (int) Memory.getLong(groupRecords[row]) - 1;
        }
    }

    /** Adds rows that are all taken, whatever the order in which they come. */
    private void add(Open state, Batch batch, KeyBatch keys, long[] values, int from, int to, long over) {
        stretches.cut(groups, values, from, to);
        for (int s = 0; s < stretches.count(); s++) {
            int key = stretches.firstRow(s);
            state.sessions.put(keys, key, stretches.start(s), stretches.end(s), over);
            sessionStarts[s] = state.sessions.start();
            sequences[s] = state.sessions.sequence();
            state.timers.set(keys, key, state.sessions.end(), state.sessions.endBefore());
        }
        state.recordKeys.clear();
        for (int s = 0; s < stretches.count(); s++) {
            state.sessions.appendRecordKey(
                    keys, stretches.firstRow(s), sessionStarts[s], sequences[s], state.recordKeys);
        }
        state.sessions.accumulators().resolve(state.recordKeys, records);
        for (int row = from; row < to; row++) {
            rows[row - from] = row;
        }
        run.set(batch, rows, to - from);
        for (int row = from; row < to; row++) {
            run.records()[row - from] = records[stretches.stretchOf(row)];
        }
        state.aggregation.update(batch, run, state.sessions.tails());
    }

    @Override
    public void onWatermark(Watermark watermark, Output output) {
        if (watermark.domain() != spec.time().domain()) {
            output.emit(watermark);
            return;
        }
        times.advance(watermark.millis());
        opened().timers.fire(times.overUntil(), output);
        boolean shifts = watermark.domain() == TimeDomain.EVENT;
        output.emit(shifts ? Watermark.event(spec.time().watermark(watermark.millis())) : watermark);
    }

    @Override
    public void onBarrier(Barrier barrier, Output output) {
        opened().watermark.set(times.watermark());
    }

    @Override
    public void onEnd(Output output) {
        times.advance(Watermark.END);
        opened().timers.fire(times.overUntil(), output);
    }

    @Override
    public void close() {
        Open state = open;
        if (state != null) {
            open = null;
            state.encoder.close();
            state.groups.close();
            state.recordKeys.close();
            state.sessions.close();
            state.timers.close();
            state.aggregation.close();
        }
    }
}
