package io.sabot.executor.window;

import io.sabot.executor.aggregate.Aggregation;
import io.sabot.executor.aggregate.Run;
import io.sabot.executor.aggregate.TableTails;
import io.sabot.executor.aggregate.Tails;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Scratch;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyLayout;
import io.sabot.executor.state.RecordSpec;
import io.sabot.executor.state.RecordTable;
import io.sabot.executor.state.StateBound;
import org.apache.arrow.memory.BufferAllocator;

/** One record of accumulators per session: {@code key ‖ start ‖ sequence → record}. */
final class SessionAccumulators implements SessionContent {
    private final Aggregation aggregation;
    private final SessionWriter writer;
    private final RecordTable accumulators;
    private final Tails tails;
    private final int groupCount;
    private final KeyBatch target;
    private final KeyBatch merged;
    private final KeyBatch recordKeys;
    private final Run run = new Run();
    private final long[] to = new long[1];
    private final long[] from = new long[1];
    private long[] records = new long[0];
    private int[] rows = new int[0];
    private final Scratch scratch;

    SessionAccumulators(SessionAggregateSpec spec, KeyLayout keys, ZoneShift zone, OperatorContext context) {
        BufferAllocator allocator = context.allocator();
        this.aggregation = context.own(Aggregation.ofRows(spec.aggregates(), spec.retracting(), allocator));
        this.writer = new SessionWriter(spec, aggregation, zone, allocator);
        KeyLayout withStart = keys.isFixed() ? KeyLayout.fixed(keys.bodyBytes() + 16) : KeyLayout.VARIABLE;
        this.accumulators = context.state()
                .recordTable(
                        "accumulators",
                        new RecordSpec(
                                withStart, aggregation.recordBytes(), aggregation.hasTail(), StateBound.WATERMARK));
        this.tails = new TableTails(accumulators);
        this.groupCount = context.state().keyGroups().groupCount();
        this.target = context.own(new KeyBatch(allocator, withStart));
        this.merged = context.own(new KeyBatch(allocator, withStart));
        this.recordKeys = context.own(new KeyBatch(allocator, withStart));
        this.scratch = context.own(new Scratch(allocator));
    }

    private void appendRecordKey(KeyBatch keys, int key, long start, long sequence, KeyBatch into) {
        int length = keys.length(key);
        long at = scratch.room(length + 24L);
        Memory.copy(keys.address(key), at, length);
        Memory.putLong(at + length, start);
        Memory.putLong(at + length + 8, sequence);
        into.append(at, length + 16, keys.hash(key), groupCount);
    }

    @Override
    public void merge(KeyBatch keys, int key, long start, long sequence, long newStart, long newSequence) {
        target.clear();
        appendRecordKey(keys, key, newStart, newSequence, target);
        merged.clear();
        appendRecordKey(keys, key, start, sequence, merged);
        accumulators.resolve(target, to);
        accumulators.find(merged, from);
        assert from[0] != 0 : "a session without a record";
        aggregation.merge(from, tails, to, tails, 1);
        accumulators.remove(merged);
    }

    @Override
    public void add(
            Batch batch, KeyBatch keys, int from, int to, Stretches stretches, long[] starts, long[] sequences) {
        if (records.length < batch.rowCount()) {
            records = new long[batch.rowCount()];
            rows = new int[batch.rowCount()];
        }
        recordKeys.clear();
        for (int s = 0; s < stretches.count(); s++) {
            appendRecordKey(keys, stretches.firstRow(s), starts[s], sequences[s], recordKeys);
        }
        accumulators.resolve(recordKeys, records);
        for (int row = from; row < to; row++) {
            rows[row - from] = row;
        }
        run.set(batch, rows, to - from);
        for (int row = from; row < to; row++) {
            run.records()[row - from] = records[stretches.stretchOf(row)];
        }
        aggregation.update(batch, run, tails);
    }

    @Override
    public void write(Fired fired, Output output) {
        recordKeys.clear();
        for (int i = 0; i < fired.count(); i++) {
            appendRecordKey(fired.keys(), fired.keyOf()[i], fired.starts()[i], fired.sequences()[i], recordKeys);
        }
        if (records.length < fired.count()) {
            records = new long[fired.count()];
            rows = new int[fired.count()];
        }
        accumulators.find(recordKeys, records);
        writer.write(fired, records, tails, output);
        accumulators.remove(recordKeys);
    }
}
