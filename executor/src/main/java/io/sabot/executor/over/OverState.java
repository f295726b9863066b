package io.sabot.executor.over;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyLayout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What OVER calls that only look back keep per partition, for rows that come in order. */
final class OverState {
    private final OverSpec spec;
    private final OperatorContext context;
    private final int[] aggregateCalls;
    private final @Nullable OverAggregates aggregates;
    private final @Nullable Places places;
    private final List<LaggedValues> lags = new ArrayList<>();

    OverState(OverSpec spec, KeyLayout partitions, OperatorContext context) {
        this.spec = spec;
        this.context = context;
        this.aggregateCalls = spec.aggregateCalls();
        this.aggregates = aggregateCalls.length == 0 ? null : new OverAggregates(spec, partitions, context);
        this.places = aggregateCalls.length == spec.calls().size() ? null : new Places(partitions, context);
        for (OverCall call : spec.calls()) {
            if (call instanceof OverCall.Shifted shifted) {
                lags.add(new LaggedValues("lag-" + lags.size(), shifted, spec, partitions, context));
            }
        }
    }

    /**
     * Takes rows and gives them with their results; the batch stays with its owner.
     *
     * @param keys their partitions
     * @param times by which they are in order
     * @param peers whether rows of equal time in a partition get one value
     */
    Batch compute(Batch batch, KeyBatch keys, Column times, boolean peers) {
        try (ResultColumns results = new ResultColumns(spec.calls().size())) {
            compute(batch, keys, times, peers, results);
            return results.behind(batch);
        }
    }

    private void compute(Batch batch, KeyBatch keys, Column times, boolean peers, ResultColumns results) {
        if (aggregates != null) {
            try (Batch aggregated = aggregates.compute(batch, keys, times, peers, aggregateCalls)) {
                for (int i = 0; i < aggregateCalls.length; i++) {
                    results.set(aggregateCalls[i], aggregated.shareVector(i));
                }
            }
        }
        if (places == null) {
            return;
        }
        places.count(keys, times);
        int lag = 0;
        for (int call = 0; call < spec.calls().size(); call++) {
            OverCall kind = spec.calls().get(call);
            if (kind instanceof OverCall.Aggregate) {
                continue;
            }
            try (BatchBuilder builder =
                    new BatchBuilder(spec.results(new int[] {call}), context.allocator(), batch.rowCount())) {
                ColumnBuilder out = builder.column(0);
                if (kind instanceof OverCall.Ranking ranking) {
                    for (int row = 0; row < batch.rowCount(); row++) {
                        RankColumns.appendWhole(out, places.place(ranking.function(), row));
                    }
                } else {
                    lags.get(lag++).write(batch, keys, places, out);
                }
                results.set(call, out.finish());
            }
        }
    }

    /** Forgets what no row behind {@code watermark} needs. */
    void expire(long watermark) {
        if (aggregates != null) {
            aggregates.expire(watermark);
        }
    }
}
