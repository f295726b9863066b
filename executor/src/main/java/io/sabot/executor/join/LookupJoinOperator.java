package io.sabot.executor.join;

import io.sabot.catalog.stream.TimeDomain;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.time.Watermark;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Joins left rows with what a table holds when they come. Each task reads the whole table at its first row and keeps it in
 * memory, by key; it reads it again when it is older than a time. No state: over rows that change stands
 * {@link RememberedLookup}.
 */
public final class LookupJoinOperator implements Operator {
    /** Says that what was read stays good. */
    public static final long NEVER = Long.MAX_VALUE;

    private final JoinSpec spec;
    private final LookupRows source;
    private final long reloadMillis;
    private final boolean remembers;
    private final int[] keyColumns;
    private long now = Watermark.START;
    private long loadedAt = Watermark.START;
    private boolean loaded;
    private boolean[] matched = new boolean[0];
    private @Nullable Open open;

    private record Open(
            OperatorContext context,
            KeyEncoder keyEncoder,
            LookupTable table,
            LookupWriter writer,
            @Nullable RememberedLookup remembered) {}

    /**
     * @param reloadMillis after how much processing time the table is read again
     * @param remembers whether left rows may be taken back, so that what they were joined with is kept
     */
    public LookupJoinOperator(JoinSpec spec, LookupRows source, long reloadMillis, boolean remembers) {
        this.spec = spec;
        this.source = source;
        this.reloadMillis = reloadMillis;
        this.remembers = remembers;
        this.keyColumns = spec.keys(0);
    }

    @Override
    public void open(OperatorContext context) {
        open = new Open(
                context,
                new KeyEncoder(context.allocator(), spec.keyTypes()),
                new LookupTable(spec, context.allocator()),
                new LookupWriter(spec, context.allocator()),
                remembers ? new RememberedLookup(spec, context) : null);
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
            refresh(state);
            RememberedLookup remembered = state.remembered;
            if (remembered == null) {
                lookUp(state, batch, null);
                emit(state, batch, output);
                return;
            }
            Selection unknown = remembered.begin(batch);
            if (!unknown.isEmpty()) {
                lookUp(state, batch, unknown);
                remembered.keep(state.writer);
            }
            remembered.write(batch, state.writer);
            emit(state, batch, output);
            remembered.end();
        }
    }

    private void refresh(Open state) {
        if (!loaded || (reloadMillis != NEVER && now - loadedAt >= reloadMillis)) {
            state.table.load(source);
            loaded = true;
            loadedAt = now;
        }
    }

    /** Leaves in the writer each row with its matches, or, in a left join, with NULLs. */
    private void lookUp(Open state, Batch batch, @Nullable Selection chosen) {
        LookupWriter writer = state.writer;
        writer.clear();
        state.table.find(state.keyEncoder.encode(batch, keyColumns));
        int count = chosen == null ? batch.rowCount() : chosen.count();
        boolean alone = spec.type() == JoinType.LEFT && spec.condition() == JoinCondition.NONE;
        for (int i = 0; i < count; i++) {
            int row = chosen == null ? i : chosen.indices()[i];
            int match = isMatchless(batch, row) ? -1 : state.table.first(row);
            if (match < 0 && alone) {
                writer.addAlone(row);
            }
            for (; match >= 0; match = state.table.next(match)) {
                writer.add(row, state.table.address(match), state.table.length(match));
            }
        }
        if (spec.condition() != JoinCondition.NONE) {
            test(state, batch, chosen);
        }
    }

    private boolean isMatchless(Batch batch, int row) {
        for (int k = 0; k < keyColumns.length; k++) {
            Column column = batch.column(keyColumns[k]);
            if (column.hasNulls() && column.isNull(row) && !spec.nullSafe().get(k)) {
                return true;
            }
        }
        return false;
    }

    /** Keeps the pairs that meet the condition. */
    private void test(Open state, Batch batch, @Nullable Selection chosen) {
        LookupWriter writer = state.writer;
        if (matched.length < batch.rowCount()) {
            matched = new boolean[batch.rowCount()];
        }
        Arrays.fill(matched, 0, batch.rowCount(), false);
        int kept = 0;
        if (writer.count() > 0) {
            Selection passing;
            try (Batch pairs = writer.batch(batch)) {
                passing = spec.condition().select(pairs);
            }
            kept = writer.keep(passing);
            for (int i = 0; i < kept; i++) {
                matched[writer.row(i)] = true;
            }
        }
        if (spec.type() == JoinType.LEFT) {
            int count = chosen == null ? batch.rowCount() : chosen.count();
            for (int i = 0; i < count; i++) {
                int row = chosen == null ? i : chosen.indices()[i];
                if (!matched[row]) {
                    writer.addAlone(row);
                }
            }
        }
    }

    private static void emit(Open state, Batch batch, Output output) {
        if (state.writer.count() > 0) {
            output.emit(state.writer.batch(batch));
        }
    }

    @Override
    public void onWatermark(Watermark watermark, Output output) {
        if (watermark.domain() == TimeDomain.PROCESSING && watermark.millis() != Watermark.END) {
            now = watermark.millis();
        }
        output.emit(watermark);
    }

    @Override
    public void close() {
        Open state = open;
        if (state != null) {
            open = null;
            state.keyEncoder.close();
            state.table.close();
            state.writer.close();
            if (state.remembered != null) {
                state.remembered.close();
            }
        }
        source.close();
    }
}
