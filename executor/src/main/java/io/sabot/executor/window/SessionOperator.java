package io.sabot.executor.window;

import io.sabot.catalog.stream.TimeDomain;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.aggregate.LocalTable;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.state.KeyLayout;
import io.sabot.executor.state.LongCell;
import io.sabot.executor.time.Barrier;
import io.sabot.executor.time.Watermark;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Puts rows into sessions, and puts a session out once, when the watermark passes its last millisecond: its aggregates, or its
 * rows with the bounds of the session.
 *
 * <p>Rows of a batch are first joined among themselves, so state is asked once per key and stretch of time. A session that
 * is over for a batch ({@code lateBefore}) takes no more rows although it may not have left yet. A row that is late by itself
 * but touches an open session joins it; that depends on what came before, so such rows are looked at one by one. Counter
 * {@code late_rows}. State is bounded by the watermark.
 */
public final class SessionOperator implements Operator {
    private final WindowTime time;
    private final long gapMillis;
    private final int[] keyColumns;
    private final RowTimes times;
    private final SessionStretches stretches;
    private final KeyEncoder encoder;
    private final LocalTable groupTable;
    private final SessionContent content;
    private final SessionState sessions;
    private final SessionTimers timers;
    private final LongCell savedWatermark;
    private final LongAdder lateRows;
    private final @Nullable LateRowsWriter late;
    private long[] groupRecords = new long[0];
    private int[] groups = new int[0];
    private long[] sessionStarts = new long[0];
    private long[] sequences = new long[0];

    /** Makes what sessions keep. */
    private interface Contents {
        SessionContent create(KeyLayout keys, ZoneShift zone);
    }

    private SessionOperator(
            WindowTime time,
            long gapMillis,
            int[] keyColumns,
            List<DataType> keyTypes,
            Contents contents,
            boolean onlyLate,
            Optional<Field> lateStamp,
            OperatorContext context) {
        this.time = time;
        this.gapMillis = gapMillis;
        this.keyColumns = keyColumns;
        this.times = new RowTimes(time);
        this.stretches = new SessionStretches(gapMillis);
        this.encoder = context.own(new KeyEncoder(context.allocator(), keyTypes));
        this.content = contents.create(encoder.layout(), times.zone());
        this.sessions = new SessionState(content, encoder.layout(), context);
        this.groupTable = context.own(new LocalTable(context.allocator(), encoder.layout(), 8));
        this.timers = new SessionTimers(gapMillis, sessions, encoder.layout(), context);
        this.savedWatermark = context.state().cell("watermark", Watermark.START, LongCell.Merge.MIN);
        this.lateRows = context.counter(onlyLate ? "late_rows_kept" : "late_rows");
        this.late = onlyLate ? new LateRowsWriter(lateStamp, context.allocator()) : null;
        times.advance(savedWatermark.get());
    }

    /** Aggregates the rows of each session; from the rows themselves where aggregates cannot be merged. */
    public static SessionOperator aggregate(SessionAggregateSpec spec, OperatorContext context) {
        boolean keepsRows = spec.aggregates().stream().anyMatch(call -> call.needsValues(spec.retracting()));
        Contents contents = keepsRows
                ? (keys, zone) -> new ReplayedSessions(spec, keys, zone, context)
                : (keys, zone) -> new SessionAccumulators(spec, keys, zone, context);
        return new SessionOperator(
                spec.time(),
                spec.gapMillis(),
                spec.keyColumns(),
                spec.keyTypes(),
                contents,
                false,
                Optional.empty(),
                context);
    }

    /**
     * Appends start, end and time of its session to each row.
     *
     * @param output columns of the input, then the three of the window
     */
    public static SessionOperator assign(
            WindowTime time,
            long gapMillis,
            List<Integer> keys,
            List<DataType> keyTypes,
            Schema output,
            OperatorContext context) {
        return new SessionOperator(
                time,
                gapMillis,
                keys.stream().mapToInt(Integer::intValue).toArray(),
                keyTypes,
                (layout, zone) -> new AssignedSessions(
                        output,
                        List.of(WindowColumn.START, WindowColumn.END, WindowColumn.TIME),
                        layout,
                        zone,
                        context),
                false,
                Optional.empty(),
                context);
    }

    /**
     * Puts out the rows that come too late for every session, in place of the sessions.
     *
     * @param stamp a further column for the watermark that the rows came behind
     */
    public static SessionOperator late(
            WindowTime time,
            long gapMillis,
            List<Integer> keys,
            List<DataType> keyTypes,
            Optional<Field> stamp,
            OperatorContext context) {
        return new SessionOperator(
                time,
                gapMillis,
                keys.stream().mapToInt(Integer::intValue).toArray(),
                keyTypes,
                (layout, zone) -> new NoContent(),
                true,
                stamp,
                context);
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch) {
            int rowCount = batch.rowCount();
            long[] values = times.read(batch);
            long over = times.overUntil(batch);
            KeyBatch keys = encoder.encode(batch, keyColumns);
            numberGroups(keys, rowCount);
            int from = 0;
            while (from < rowCount) {
                int to = from;
                while (to < rowCount && values[to] + gapMillis - 1 > over) {
                    to++;
                }
                if (to > from) {
                    add(batch, keys, values, from, to, over);
                } else {
                    to = from + 1;
                    long end = values[from] + gapMillis;
                    if (sessions.touchesOpen(keys, from, values[from], end, over)) {
                        add(batch, keys, values, from, to, over);
                    } else {
                        lateRows.increment();
                        if (late != null) {
                            late.add(from);
                        }
                    }
                }
                from = to;
            }
            if (late != null) {
                late.write(batch, times.lateBefore(batch), output);
            }
        }
    }

    private void numberGroups(KeyBatch keys, int rowCount) {
        if (groups.length < rowCount) {
            groups = new int[rowCount];
            groupRecords = new long[rowCount];
            sessionStarts = new long[rowCount];
            sequences = new long[rowCount];
        }
        groupTable.clear();
        groupTable.resolve(keys, groupRecords);
        int next = 0;
        for (int row = 0; row < rowCount; row++) {
            if (Memory.getLong(groupRecords[row]) == 0) {
                Memory.putLong(groupRecords[row], ++next);
            }
            groups[row] = (int) Memory.getLong(groupRecords[row]) - 1;
        }
    }

    /** Adds rows that are all taken, whatever the order in which they come. */
    private void add(Batch batch, KeyBatch keys, long[] values, int from, int to, long over) {
        stretches.cut(groups, values, from, to);
        for (int s = 0; s < stretches.count(); s++) {
            int key = stretches.firstRow(s);
            sessions.put(keys, key, stretches.start(s), stretches.end(s), over);
            sessionStarts[s] = sessions.start();
            sequences[s] = sessions.sequence();
            timers.set(keys, key, sessions.end(), sessions.endBefore());
        }
        content.add(batch, keys, from, to, stretches, sessionStarts, sequences);
    }

    @Override
    public void onWatermark(Watermark watermark, Output output) {
        if (watermark.domain() != time.domain()) {
            output.emit(watermark);
            return;
        }
        times.advance(watermark.millis());
        timers.fire(times.overUntil(), output);
        boolean shifts = watermark.domain() == TimeDomain.EVENT;
        output.emit(shifts ? Watermark.event(time.watermark(watermark.millis())) : watermark);
    }

    @Override
    public void onBarrier(Barrier barrier, Output output) {
        savedWatermark.set(times.watermark());
    }

    @Override
    public void onEnd(Output output) {
        times.advance(Watermark.END);
        timers.fire(times.overUntil(), output);
    }
}
