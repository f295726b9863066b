package io.sabot.executor.window;

import io.sabot.executor.aggregate.RowReplay;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyLayout;

/** Keeps the rows of sessions whose aggregates cannot be merged, and aggregates them when the session leaves. */
final class ReplayedSessions implements SessionContent {
    private final RowReplay replay;
    private final SessionRows rows;
    private final SessionWriter writer;
    private long[] records = new long[0];

    ReplayedSessions(SessionAggregateSpec spec, KeyLayout keys, ZoneShift zone, OperatorContext context) {
        this.replay = context.own(new RowReplay(spec.aggregates(), spec.retracting(), context));
        this.rows = new SessionRows(keys, context);
        this.writer = new SessionWriter(spec, replay.aggregation(), zone, context.allocator());
    }

    @Override
    public void merge(KeyBatch keys, int key, long start, long sequence, long newStart, long newSequence) {
        rows.move(keys, key, start, sequence, newStart, newSequence);
    }

    @Override
    public void add(
            Batch batch, KeyBatch keys, int from, int to, Stretches stretches, long[] starts, long[] sequences) {
        rows.add(batch, keys, replay.encode(batch), from, to, stretches, starts, sequences);
    }

    @Override
    public void write(Fired fired, Output output) {
        replay.begin(fired.count());
        for (int i = 0; i < fired.count(); i++) {
            replay.beginGroup(i);
            rows.drain(fired.keys(), fired.keyOf()[i], fired.starts()[i], fired.sequences()[i], replay::add);
            replay.endGroup();
        }
        replay.finish();
        if (records.length < fired.count()) {
            records = new long[fired.count()];
        }
        for (int i = 0; i < fired.count(); i++) {
            records[i] = replay.record(i);
        }
        writer.write(fired, records, replay.tails(), output);
    }
}
