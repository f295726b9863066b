package io.sabot.executor.over;

import io.sabot.catalog.type.DataType;
import io.sabot.executor.aggregate.AggregateSpec;
import io.sabot.executor.aggregate.Aggregation;
import io.sabot.executor.aggregate.Run;
import io.sabot.executor.aggregate.TableTails;
import io.sabot.executor.aggregate.Tails;
import io.sabot.executor.aggregate.ValueState;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.state.KeyLayout;
import io.sabot.executor.state.RecordCursor;
import io.sabot.executor.state.RecordSpec;
import io.sabot.executor.state.RecordTable;
import io.sabot.executor.state.SlicedRecordTable;
import io.sabot.executor.state.StateBound;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates of frames that end at the present row, of rows that come in order: one record per partition, to which rows are
 * added; where the frame has a lower bound, rows that fall out of it are taken away again.
 *
 * <pre>
 *   groups: partition → accumulators, number of the last row (8)
 *   idle:   end of a stretch of time → partitions whose frame is empty then, unless rows come      bounded RANGE
 * </pre>
 */
final class OverAggregates {
    private static final int EXPIRED_AT_ONCE = 256;

    private final OverSpec spec;
    private final OperatorContext context;
    private final Aggregation aggregation;
    private final RecordTable groups;
    private final Tails tails;
    private final @Nullable ValueState values;
    private final Rounds rounds;
    private final Run run = new Run();
    private final @Nullable Sliding sliding;
    private long[] records = new long[0];
    private long[] results = new long[0];

    /** What a frame with a lower bound needs. */
    private record Sliding(
            int[] columns,
            KeyEncoder encoder,
            FrameRows rows,
            FrameEvents events,
            @Nullable SlicedRecordTable idle,
            long stretchMillis,
            KeyBatch single,
            KeyBatch expired) {}

    OverAggregates(OverSpec spec, KeyLayout partitions, OperatorContext context) {
        this.spec = spec;
        this.context = context;
        boolean slides = !spec.frame().isFromFirst();
        List<AggregateSpec> specs = spec.aggregates();
        List<Integer> columns = new ArrayList<>();
        if (slides) {
            specs = specs.stream().map(call -> overColumns(call, columns)).toList();
        }
        this.aggregation = context.own(Aggregation.ofRows(specs, slides, context.allocator()));
        int keysFrom = columns.size();
        if (slides && aggregation.hasValues()) {
            columns.addAll(spec.partition());
        }
        this.groups = context.state()
                .recordTable(
                        "groups",
                        new RecordSpec(
                                partitions, aggregation.recordBytes() + 8, aggregation.hasTail(), StateBound.KEYS));
        this.tails = new TableTails(groups);
        int[] keyColumns = slides
                ? IntStream.range(keysFrom, keysFrom + spec.partition().size()).toArray()
                : spec.partitionColumns();
        this.values = aggregation.hasValues()
                ? ValueState.ofGroups(aggregation, spec.partitionTypes(), keyColumns, slides, context)
                : null;
        this.rounds = context.own(new Rounds(partitions, context.allocator()));
        this.sliding = slides ? sliding(columns, partitions) : null;
    }

    /** The aggregate over the columns kept in a frame, which its own are added to. */
    private static AggregateSpec overColumns(AggregateSpec call, List<Integer> columns) {
        List<Integer> arguments = call.arguments().stream()
                .map(argument -> {
                    if (!columns.contains(argument)) {
                        columns.add(argument);
                    }
                    return columns.indexOf(argument);
                })
                .toList();
        return call.over(arguments, -1);
    }

    private Sliding sliding(List<Integer> columns, KeyLayout partitions) {
        List<DataType> types = columns.stream().map(spec.input()::type).toList();
        boolean expires = !spec.frame().rows();
        return new Sliding(
                columns.stream().mapToInt(Integer::intValue).toArray(),
                context.own(KeyEncoder.ofRows(context.allocator(), types)),
                new FrameRows(spec.frame(), partitions, context),
                context.own(new FrameEvents(types, context.allocator())),
                expires
                        ? context.state().slicedTable("idle", RecordSpec.of(partitions, 0, StateBound.WATERMARK))
                        : null,
                Math.max(1000, -spec.frame().lower() / 8),
                context.own(new KeyBatch(context.allocator(), partitions)),
                context.own(new KeyBatch(context.allocator(), partitions)));
    }

    /**
     * Takes rows in order and gives the results of each.
     *
     * @param peers whether rows of a partition with equal time get one value
     */
    Batch compute(Batch batch, KeyBatch keys, Column times, boolean peers, int[] calls) {
        int count = batch.rowCount();
        if (records.length < count) {
            records = new long[count];
            results = new long[count];
        }
        groups.resolve(keys, records);
        rounds.cut(keys, peers ? times : null);
        try (BatchBuilder builder = new BatchBuilder(spec.results(calls), context.allocator(), count)) {
            if (sliding == null) {
                grow(batch, builder);
            } else {
                slide(sliding, batch, keys, times, builder);
                note(sliding, keys, times);
            }
            for (int row = 0; row < count; row++) {
                builder.endRow();
            }
            return inOrder(builder.finish(), count);
        }
    }

    /** The rows lie by round: puts them back as they came. */
    private Batch inOrder(Batch byRound, int count) {
        if (rounds.count() == 1) {
            return byRound;
        }
        int[] places = new int[count];
        for (int i = 0; i < count; i++) {
            places[rounds.order()[i]] = i;
        }
        try (byRound) {
            return byRound.take(new Selection(places, count), context.allocator());
        }
    }

    private void grow(Batch batch, BatchBuilder out) {
        int[] selected = new int[0];
        for (int round = 0; round < rounds.count(); round++) {
            int from = rounds.start(round);
            int size = rounds.start(round + 1) - from;
            if (selected.length < size) {
                selected = new int[size];
            }
            System.arraycopy(rounds.order(), from, selected, 0, size);
            run.set(batch, selected, size);
            for (int i = 0; i < size; i++) {
                run.records()[i] = records[selected[i]];
            }
            update(batch);
            write(round, out);
        }
    }

    private void update(Batch batch) {
        if (values == null) {
            aggregation.update(batch, run, tails);
        } else {
            values.update(0, batch, run, tails);
        }
    }

    private void write(int round, BatchBuilder out) {
        int from = rounds.start(round);
        int size = rounds.start(round + 1) - from;
        for (int i = 0; i < size; i++) {
            results[i] = records[rounds.order()[from + i]];
        }
        aggregation.writeResults(results, size, tails, out, 0);
    }

    private void slide(Sliding state, Batch batch, KeyBatch keys, Column times, BatchBuilder out) {
        KeyBatch rows = state.encoder.encode(batch, state.columns);
        state.events.clear();
        for (int i = 0; i < batch.rowCount(); i++) {
            int row = rounds.order()[i];
            int round = rounds.of(row);
            long number = FrameRows.nextNumber(records[row] + aggregation.recordBytes());
            state.rows.enter(keys, row, times, number, round, rounds.isFirst(row), rows, state.events);
        }
        try (Batch events = state.events.batch(rounds.count())) {
            for (int round = 0; round < rounds.count(); round++) {
                apply(state, events, round);
                write(round, out);
            }
        }
    }

    private void apply(Sliding state, Batch events, int round) {
        int from = state.events.start(round);
        int to = state.events.start(round + 1);
        run.setRange(events, from, to);
        for (int i = from; i < to; i++) {
            run.records()[i - from] = records[state.events.owner(i)];
        }
        update(events);
    }

    /** Notes when the frames will be empty. */
    private void note(Sliding state, KeyBatch keys, Column times) {
        if (state.idle == null) {
            return;
        }
        long[] ignored = new long[1];
        for (int row = 0; row < keys.count(); row++) {
            state.single.clear();
            state.single.append(keys.address(row), keys.length(row));
            long end = times.getLong(row) - spec.frame().lower();
            long stretch = (Math.floorDiv(end, state.stretchMillis) + 1) * state.stretchMillis;
            state.idle.slice(stretch).resolve(state.single, ignored);
        }
    }

    /** Forgets frames that are empty for all rows still to come: those behind {@code watermark}. */
    void expire(long watermark) {
        Sliding state = sliding;
        if (state == null || state.idle == null || watermark == Long.MIN_VALUE) {
            return;
        }
        for (long end = state.idle.firstEnd();
                end != SlicedRecordTable.NONE && end <= watermark;
                end = state.idle.firstEnd()) {
            long[] partitions = new long[EXPIRED_AT_ONCE];
            try (RecordCursor cursor = state.idle.slice(end).scan()) {
                for (int count = cursor.next(state.expired, partitions);
                        count > 0;
                        count = cursor.next(state.expired, partitions)) {
                    expire(state, watermark);
                }
            }
            state.idle.drop(end);
        }
    }

    private void expire(Sliding state, long watermark) {
        int count = state.expired.count();
        if (records.length < count) {
            records = new long[count];
            results = new long[count];
        }
        groups.resolve(state.expired, records);
        state.events.clear();
        long before = watermark == Long.MAX_VALUE
                ? watermark
                : watermark + 1 + spec.frame().lower();
        for (int key = 0; key < count; key++) {
            state.rows.leaveBefore(state.expired, key, before, 0, key, state.events);
        }
        try (Batch events = state.events.batch(1)) {
            apply(state, events, 0);
        }
        int[] gone = new int[count];
        int goneCount = 0;
        for (int key = 0; key < count; key++) {
            if (state.rows.isEmpty(state.expired, key)) {
                gone[goneCount++] = key;
            }
        }
        groups.remove(state.expired, gone, goneCount);
    }
}
