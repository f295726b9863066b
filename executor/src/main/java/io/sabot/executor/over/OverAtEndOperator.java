package io.sabot.executor.over;

import io.sabot.executor.aggregate.AggregateSpec;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.operator.HeldWatermarks;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.rank.RankFunction;
import io.sabot.executor.rank.RankSpec;
import io.sabot.executor.rank.RankedRows;
import io.sabot.executor.rank.RowEncoders;
import io.sabot.executor.state.KeyDecoder;
import io.sabot.executor.state.StateBound;
import io.sabot.executor.time.Barrier;
import io.sabot.executor.time.Watermark;
import java.util.ArrayList;
import java.util.List;

/**
 * OVER calls of any kind over input that ends: sorts the rows of each partition and computes the calls when all are there.
 * Partitions are taken together until they fill a batch; a partition is never cut.
 */
public final class OverAtEndOperator implements Operator {
    private final OverSpec spec;
    private final HeldWatermarks held = new HeldWatermarks();
    private final Segments segments = new Segments();
    private final FrameBounds frames;
    private final OperatorContext context;
    private final RowEncoders encoders;
    private final RankedRows sorted;
    private final KeyDecoder decoder;
    private final List<Aggregates> aggregates = new ArrayList<>();
    private final List<Shifts> shifts = new ArrayList<>();

    /** Aggregates that are computed together, and where their results go. */
    private record Aggregates(FrameAggregates frames, int[] calls) {}

    private record Shifts(ShiftedValues values, int call) {}

    public OverAtEndOperator(OverSpec spec, OperatorContext context) {
        this.spec = spec;
        this.frames = new FrameBounds(spec);
        RankSpec rows = new RankSpec(
                spec.input(), RankFunction.RANK, spec.partition(), spec.order(), 1, Long.MAX_VALUE, spec.input());
        this.context = context;
        this.encoders = context.own(new RowEncoders(rows, context.allocator()));
        this.sorted = new RankedRows(rows, encoders, false, StateBound.NOTHING, context);
        this.decoder = new KeyDecoder(spec.rowTypes());
        List<Integer> plain = new ArrayList<>();
        for (int call = 0; call < spec.calls().size(); call++) {
            OverCall kind = spec.calls().get(call);
            if (kind instanceof OverCall.Shifted shifted) {
                shifts.add(new Shifts(context.own(new ShiftedValues(shifted, spec, context.allocator())), call));
            } else if (kind instanceof OverCall.Aggregate aggregate) {
                if (aggregate.spec().distinct()) {
                    aggregates.add(aggregates(List.of(call)));
                } else {
                    plain.add(call);
                }
            }
        }
        if (!plain.isEmpty()) {
            aggregates.add(aggregates(plain));
        }
    }

    private Aggregates aggregates(List<Integer> calls) {
        List<AggregateSpec> specs = calls.stream()
                .map(call -> ((OverCall.Aggregate) spec.calls().get(call)).spec())
                .toList();
        return new Aggregates(
                context.own(new FrameAggregates(specs, context.allocator())),
                calls.stream().mapToInt(Integer::intValue).toArray());
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch) {
            if (!batch.isInsertOnly()) {
                throw new IllegalStateException("a row was taken back from input that only grows");
            }
            encoders.begin(batch);
            for (int row = 0; row < batch.rowCount(); row++) {
                encoders.sortKey(batch, row);
                sorted.add(encoders, row);
            }
        }
    }

    @Override
    public void onWatermark(Watermark watermark, Output output) {
        if (!held.hold(watermark)) {
            output.emit(watermark);
        }
    }

    @Override
    public void onBarrier(Barrier barrier, Output output) {
        sorted.save();
    }

    @Override
    public void onEnd(Output output) {
        sorted.seekAll();
        long rank = 0;
        boolean more = sorted.nextOfAll();
        while (more) {
            segments.clear();
            try (BatchBuilder builder = new BatchBuilder(spec.input(), context.allocator(), context.batchRows())) {
                List<ColumnBuilder> columns = builder.columns();
                do {
                    decoder.decode(sorted.rowAddress(), sorted.rowLength(), columns, 0);
                    builder.endRow();
                    segments.add(sorted.isFirst(), sorted.rank() == rank);
                    rank = sorted.rank();
                    more = sorted.nextOfAll();
                } while (more && (builder.rowCount() < context.batchRows() || !sorted.isFirst()));
                segments.finish();
                try (Batch batch = builder.finish()) {
                    emit(batch, output);
                }
            }
        }
        held.release(output);
    }

    private void emit(Batch batch, Output output) {
        try (ResultColumns results = new ResultColumns(spec.calls().size())) {
            compute(batch, results);
            output.emit(results.behind(batch));
        }
    }

    private void compute(Batch batch, ResultColumns results) {
        frames.compute(batch, segments);
        for (Aggregates aggregates : this.aggregates) {
            try (BatchBuilder builder = builder(aggregates.calls)) {
                aggregates.frames.write(batch, frames, builder, 0);
                for (int i = 0; i < aggregates.calls.length; i++) {
                    results.set(aggregates.calls[i], builder.column(i).finish());
                }
            }
        }
        for (Shifts shifts : this.shifts) {
            try (BatchBuilder builder = builder(shifts.call)) {
                shifts.values.write(batch, segments, builder.column(0));
                results.set(shifts.call, builder.column(0).finish());
            }
        }
        for (int call = 0; call < spec.calls().size(); call++) {
            if (spec.calls().get(call) instanceof OverCall.Ranking ranking) {
                try (BatchBuilder builder = builder(call)) {
                    RankColumns.write(ranking.function(), ranking.buckets(), segments, builder.column(0));
                    results.set(call, builder.column(0).finish());
                }
            }
        }
    }

    private BatchBuilder builder(int... calls) {
        return new BatchBuilder(spec.results(calls), context.allocator(), segments.count());
    }
}
