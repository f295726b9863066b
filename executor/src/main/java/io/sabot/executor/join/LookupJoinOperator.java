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
 * Joins left rows with what a table holds when they come. Each task reads the table by itself and keeps what it has read in
 * memory, for a time. Rows without a partner may wait and look again: they are state, and hold back the event watermark.
 * Over rows that change stands {@link RememberedLookup}.
 */
public final class LookupJoinOperator implements Operator {
    private static final int FIRST_TIME = -1;

    private final JoinSpec spec;
    private final LookupKeeping keeping;
    private final int[] keyColumns;
    private final KeyEncoder keyEncoder;
    private final LookupIndex index;
    private final LookupWriter writer;
    private final @Nullable RememberedLookup remembered;
    private final @Nullable LookupRetries retries;
    private long now = Watermark.START;
    private long watermark = Watermark.START;
    private long passed = Watermark.START;
    private boolean processingEnded;
    private boolean[] skipped = new boolean[0];
    private boolean[] settled = new boolean[0];

    /** @param remembers whether left rows may be taken back, so that what they were joined with is kept; then none looks again */
    public LookupJoinOperator(
            JoinSpec spec, LookupRows source, LookupKeeping keeping, boolean remembers, OperatorContext context) {
        if (remembers && keeping.retry() != null) {
            throw new IllegalArgumentException("rows that change do not wait");
        }
        this.spec = spec;
        this.keeping = keeping;
        this.keyColumns = spec.keys(0);
        LookupKeeping.Keys keys = keeping.keys();
        LookupKeeping.Retry retry = keeping.retry();
        this.keyEncoder = context.own(new KeyEncoder(context.allocator(), spec.keyTypes()));
        this.index = context.own(
                keys == null
                        ? new LookupTable(spec, source, keeping.reloadMillis(), context.allocator())
                        : new LookupCache(spec, source, keys, context.allocator()));
        this.writer = new LookupWriter(spec, context);
        this.remembered = remembers ? new RememberedLookup(spec, context) : null;
        this.retries = retry == null ? null : new LookupRetries(spec, retry, context);
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch) {
            if (remembered == null) {
                lookUp(batch, null, FIRST_TIME);
                emit(batch, output);
                return;
            }
            Selection unknown = remembered.begin(batch);
            if (!unknown.isEmpty()) {
                lookUp(batch, unknown, FIRST_TIME);
                remembered.keep(writer);
            }
            remembered.write(batch, writer);
            emit(batch, output);
            remembered.end();
        }
    }

    /**
     * Leaves in the writer each row with its matches, or, in a left join, with NULLs; not those that look again.
     *
     * @param taken number of the first row among those that were taken for another attempt
     */
    private void lookUp(Batch batch, @Nullable Selection chosen, int taken) {
        LookupKeeping.Retry retry = keeping.retry();
        writer.clear();
        choose(batch, chosen);
        index.find(
                keyEncoder.encode(batch, keyColumns),
                skipped,
                now,
                retry != null && retry.anew() && taken != FIRST_TIME);
        RowChains matches = index.rows();
        int count = chosen == null ? batch.rowCount() : chosen.count();
        boolean alone = spec.type() == JoinType.LEFT && spec.condition() == JoinCondition.NONE;
        for (int i = 0; i < count; i++) {
            int row = chosen == null ? i : chosen.indices()[i];
            int match = skipped[row] ? RowChains.NONE : index.first(row);
            if (match < 0 && !skipped[row] && waits(batch, row, taken)) {
                settled[row] = true;
            } else if (match < 0 && alone) {
                writer.addAlone(row);
            }
            for (; match >= 0; match = matches.next(match)) {
                writer.add(row, matches.address(match), matches.length(match));
            }
        }
        if (spec.condition() != JoinCondition.NONE) {
            test(batch, chosen);
        }
    }

    /** Lets a row wait, if it may look again. */
    private boolean waits(Batch batch, int row, int taken) {
        if (retries == null || watermark == Watermark.END) {
            return false;
        }
        if (taken != FIRST_TIME) {
            return retries.addAgain(batch, row, taken + row, now);
        }
        retries.add(batch, row, now, watermark);
        return true;
    }

    /** Notes which rows have no need to be looked up, as they are not chosen or their key is NULL. */
    private void choose(Batch batch, @Nullable Selection chosen) {
        int rowCount = batch.rowCount();
        if (skipped.length < rowCount) {
            skipped = new boolean[rowCount];
            settled = new boolean[rowCount];
        }
        Arrays.fill(settled, 0, rowCount, false);
        Arrays.fill(skipped, 0, rowCount, chosen != null);
        if (chosen != null) {
            for (int i = 0; i < chosen.count(); i++) {
                skipped[chosen.indices()[i]] = false;
            }
        }
        for (int k = 0; k < keyColumns.length; k++) {
            Column column = batch.column(keyColumns[k]);
            if (column.hasNulls() && !spec.nullSafe().get(k)) {
                for (int row = 0; row < rowCount; row++) {
                    skipped[row] |= column.isNull(row);
                }
            }
        }
    }

    /** Keeps the pairs that meet the condition. */
    private void test(Batch batch, @Nullable Selection chosen) {
        int kept = 0;
        if (writer.count() > 0) {
            Selection passing;
            try (Batch pairs = writer.batch(batch)) {
                passing = spec.condition().select(pairs);
            }
            kept = writer.keep(passing);
            for (int i = 0; i < kept; i++) {
                settled[writer.row(i)] = true;
            }
        }
        if (spec.type() == JoinType.LEFT) {
            int count = chosen == null ? batch.rowCount() : chosen.count();
            for (int i = 0; i < count; i++) {
                int row = chosen == null ? i : chosen.indices()[i];
                if (!settled[row]) {
                    writer.addAlone(row);
                }
            }
        }
    }

    private void emit(Batch batch, Output output) {
        if (writer.count() > 0) {
            output.emit(writer.batch(batch));
        }
    }

    /** Looks again for the rows that are due. */
    private void lookAgain(LookupRetries retries, long until, Output output) {
        int count = retries.take(until);
        for (int from = 0; from < count; ) {
            int end = retries.batchEnd(from);
            try (Batch batch = retries.batch(from, end)) {
                lookUp(batch, null, from);
                emit(batch, output);
            }
            from = end;
        }
        retries.leave(until);
    }

    @Override
    public void onWatermark(Watermark newWatermark, Output output) {
        LookupRetries retries = this.retries;
        boolean isEnd = newWatermark.millis() == Watermark.END;
        if (newWatermark.domain() == TimeDomain.PROCESSING) {
            now = isEnd ? now : newWatermark.millis();
            if (retries != null && isEnd) {
                processingEnded = true;
                return;
            }
            if (retries != null) {
                lookAgain(retries, now, output);
                pass(retries, output);
            }
            output.emit(newWatermark);
            return;
        }
        watermark = newWatermark.millis();
        if (retries == null) {
            output.emit(newWatermark);
        } else {
            pass(retries, output);
        }
    }

    /** Passes the event watermark on as far as no row that waits stands before it. */
    private void pass(LookupRetries retries, Output output) {
        long passable = retries.passable(watermark);
        if (passable > passed) {
            passed = passable;
            output.emit(Watermark.event(passable));
        }
    }

    /** Nobody waits any more: every row that does looks a last time. */
    @Override
    public void onEnd(Output output) {
        LookupRetries retries = this.retries;
        if (retries != null) {
            watermark = Watermark.END;
            lookAgain(retries, Watermark.END, output);
            pass(retries, output);
            if (processingEnded) {
                output.emit(Watermark.processing(Watermark.END));
            }
        }
    }
}
