package io.sabot.executor.job;

import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.Source;
import io.sabot.executor.connector.Split;
import io.sabot.executor.connector.SplitPosition;
import io.sabot.executor.connector.SplitReader;
import io.sabot.executor.connector.SplitRows;
import io.sabot.executor.expression.LiteralRows;
import io.sabot.planner.plan.PlanNode;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The rows of a VALUES clause as a source of one split; positions are row numbers. */
final class ValuesSource implements Source {
    private static final String SPLIT = "values";

    private final PlanNode.Values values;

    ValuesSource(PlanNode.Values values) {
        this.values = values;
    }

    @Override
    public boolean bounded() {
        return true;
    }

    @Override
    public ChangelogMode changelog() {
        return ChangelogMode.APPEND_ONLY;
    }

    @Override
    public List<Split> discover(List<Split> known) {
        return known.isEmpty() ? List.of(new Split(SPLIT, SplitPosition.at(0))) : List.of();
    }

    @Override
    public SplitReader reader(ConnectorContext context) {
        return new Reader(context);
    }

    @Override
    public void close() {
        // Holds nothing outside the heap.
    }

    private final class Reader implements SplitReader {
        private final ConnectorContext context;
        private @Nullable Split split;
        private int next;

        Reader(ConnectorContext context) {
            this.context = context;
        }

        @Override
        public void add(List<Split> splits) {
            for (Split added : splits) {
                split = added;
                next = (int) added.start().offset();
            }
        }

        @Override
        public @Nullable SplitRows poll(ToLongFunction<Split> watermarks, long waitNanos) {
            Split current = split;
            if (current == null) {
                return null;
            }
            int end = Math.min(values.rows().size(), next + context.batchRows());
            Batch batch = next < end ? LiteralRows.batch(values, next, end, context.allocator()) : null;
            next = end;
            boolean ended = end == values.rows().size();
            if (ended) {
                split = null;
            }
            return new SplitRows(current, batch, SplitPosition.at(next), ended, ended);
        }

        @Override
        public void wakeUp() {
            // Never waits.
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
