package io.sabot.executor.join;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.RowLogSpec;
import io.sabot.executor.state.StateBound;
import java.util.List;

/**
 * The inner join of two inputs that only grow: what {@link RegularJoinOperator} gives, but as no row is ever taken back none
 * has to be found again, so each side is a log whose rows of one key are chained.
 */
public final class AppendJoinOperator implements Operator {
    private static final int MAX_CANDIDATES = 8192;

    private final PairDecoder.Pairs candidates = new PairDecoder.Pairs();
    private final List<JoinSide> sides;
    private final List<TimedRows> rows;
    private final JoinWriter writer;

    public AppendJoinOperator(JoinSpec spec, OperatorContext context) {
        if (spec.type() != JoinType.INNER) {
            throw new IllegalArgumentException("rows of a join of type " + spec.type() + " may be taken back");
        }
        JoinSide left = context.own(new JoinSide(spec, 0, context.allocator()));
        JoinSide right = context.own(new JoinSide(spec, 1, context.allocator()));
        RowLogSpec log = new RowLogSpec(TimedRows.FIXED_BYTES, StateBound.NOTHING);
        this.sides = List.of(left, right);
        this.rows = List.of(
                context.own(new TimedRows(context.state().rowLog("left", log), left.keyLayout(), context.allocator())),
                context.own(
                        new TimedRows(context.state().rowLog("right", log), right.keyLayout(), context.allocator())));
        this.writer = new JoinWriter(spec, context);
        rows.forEach(side -> side.restore((id, time, hasMatched) -> {}));
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch) {
            if (!batch.isInsertOnly()) {
                throw new IllegalStateException("this join takes input that only grows");
            }
            JoinSide side = sides.get(input);
            side.begin(batch);
            probe(input, side, output);
            keep(rows.get(input), side);
        }
    }

    private void probe(int input, JoinSide side, Output output) {
        TimedRows others = rows.get(1 - input);
        others.find(side.keys());
        int rowCount = side.batch().rowCount();
        for (int row = 0; row < rowCount; row++) {
            long id = side.isMatchless(row) ? 0 : others.newest(row);
            while (id != 0) {
                long address = others.log().find(id);
                candidates.add(
                        input,
                        side.rowAddress(row),
                        side.rowLength(row),
                        others.log().rowAddress(address),
                        others.log().rowLength(address));
                if (candidates.count() == MAX_CANDIDATES) {
                    write(side.batch().lateBefore(), output);
                }
                id = TimedRows.before(address);
            }
        }
        write(side.batch().lateBefore(), output);
        writer.flush(side.batch().lateBefore(), output);
    }

    /** Writes the candidates that meet the condition. */
    private void write(long lateBefore, Output output) {
        if (candidates.count() == 0) {
            return;
        }
        Selection passing = writer.passing(candidates);
        for (int i = 0; i < passing.count(); i++) {
            int pair = passing.indices()[i];
            writer.write(candidates, pair, lateBefore, output);
        }
        candidates.clear();
    }

    private static void keep(TimedRows rows, JoinSide side) {
        rows.beginAppend(side.keys());
        for (int row = 0; row < side.batch().rowCount(); row++) {
            if (!side.isMatchless(row)) {
                rows.append(side.keys(), row, 0, side.rowAddress(row), side.rowLength(row), false);
            }
        }
    }
}
