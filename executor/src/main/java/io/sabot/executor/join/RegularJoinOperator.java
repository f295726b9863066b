package io.sabot.executor.join;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.RowKind;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.operator.HeldWatermarks;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.KeyDecoder;
import io.sabot.executor.state.OrderedCursor;
import io.sabot.executor.state.OrderedSpec;
import io.sabot.executor.state.OrderedTable;
import io.sabot.executor.state.StateBound;
import io.sabot.executor.time.Watermark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Joins two inputs whose rows may come and go at any time: ΔL ⋈ R, then L' ⋈ ΔR, signs multiplied.
 *
 * <p>Each side is a multiset in state: (join key; row) → how often it is there, how many rows of the other side it matches.
 * The second number is kept where rows without matches (outer, anti) or with any (semi) leave alone, or with a mark that tells;
 * only its net change by a batch counts. With {@code emitAtEnd} rows are only kept, and the join is made once, when both inputs have ended.
 */
public final class RegularJoinOperator implements Operator {
    private static final int MAX_CANDIDATES = 8192;

    private final JoinSpec spec;
    private final boolean emitAtEnd;
    private final HeldWatermarks held = new HeldWatermarks();
    private final PairDecoder.Pairs candidates = new PairDecoder.Pairs();
    private int[] candidateRows = new int[256];
    private int[] candidateEntries = new int[256];
    private long[] matchesOfRow = new long[0];
    private @Nullable Open open;

    private record Open(
            OperatorContext context,
            List<JoinSide> sides,
            List<OrderedTable> tables,
            List<OrderedCursor> cursors,
            Matches matches,
            JoinWriter writer,
            LongAdder droppedRetractions) {}

    public RegularJoinOperator(JoinSpec spec, boolean emitAtEnd) {
        this.spec = spec;
        this.emitAtEnd = emitAtEnd;
    }

    @Override
    public void open(OperatorContext context) {
        List<JoinSide> sides =
                List.of(new JoinSide(spec, 0, context.allocator()), new JoinSide(spec, 1, context.allocator()));
        OrderedSpec rows = new OrderedSpec(sides.get(0).keyLayout(), 16, StateBound.NOTHING);
        List<OrderedTable> tables = List.of(
                context.state().orderedTable("left", rows), context.state().orderedTable("right", rows));
        open = new Open(
                context,
                sides,
                tables,
                List.of(tables.get(0).cursor(), tables.get(1).cursor()),
                new Matches(context.allocator(), sides.get(0).keyLayout()),
                new JoinWriter(spec, context.allocator(), context.batchRows()),
                context.counter("dropped_retractions"));
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
            JoinSide side = state.sides.get(input);
            side.begin(batch);
            prepare(batch.rowCount());
            if (!emitAtEnd) {
                probe(state, input, side, output);
                writeRowsAlone(state, input, side, output);
                changeMatches(state, input, side, true, output);
                state.writer.flush(batch.lateBefore(), output);
            }
            store(state, input, side);
        }
    }

    private void prepare(int rowCount) {
        if (matchesOfRow.length < rowCount) {
            matchesOfRow = new long[rowCount];
        }
        Arrays.fill(matchesOfRow, 0, rowCount, 0);
    }

    /** Finds the matches of each row of a batch, counts them, and writes the pairs. */
    private void probe(Open state, int input, JoinSide side, Output output) {
        Matches matches = state.matches;
        matches.read(side, state.cursors.get(1 - input));
        int rowCount = side.batch().rowCount();
        for (int row = 0; row < rowCount; row++) {
            for (int entry = matches.first(row), end = matches.end(row); entry < end; entry++) {
                if (candidates.count() == candidateRows.length) {
                    candidateRows = Arrays.copyOf(candidateRows, candidates.count() * 2);
                    candidateEntries = Arrays.copyOf(candidateEntries, candidates.count() * 2);
                }
                candidateRows[candidates.count()] = row;
                candidateEntries[candidates.count()] = entry;
                candidates.add(
                        input,
                        side.rowAddress(row),
                        side.rowLength(row),
                        matches.address(entry),
                        matches.length(entry));
                if (candidates.count() == MAX_CANDIDATES) {
                    take(state, input, side, output);
                }
            }
        }
        take(state, input, side, output);
    }

    private void take(Open state, int input, JoinSide side, Output output) {
        if (candidates.count() == 0) {
            return;
        }
        Batch batch = side.batch();
        Selection passing = state.writer.passing(candidates);
        int[] indices = passing.indices();
        for (int i = 0; i < passing.count(); i++) {
            int row = candidateRows[indices[i]];
            int entry = candidateEntries[indices[i]];
            long count = state.matches.count(entry);
            matchesOfRow[row] += count;
            state.matches.addChange(entry, batch.sign(row));
            if (spec.type().emitsPairs()) {
                state.writer.write(
                        input,
                        side.rowAddress(row),
                        side.rowLength(row),
                        state.matches.address(entry),
                        state.matches.length(entry),
                        count * batch.sign(row),
                        batch.lateBefore(),
                        output);
            }
        }
        candidates.clear();
    }

    /** Writes the rows of a batch that leave alone. */
    private void writeRowsAlone(Open state, int input, JoinSide side, Output output) {
        if (!spec.type().countsMatches(input)) {
            return;
        }
        Batch batch = side.batch();
        if (spec.type() == JoinType.MARK) {
            writeMarked(state, side, output);
            return;
        }
        for (int row = 0; row < batch.rowCount(); row++) {
            if (isAlone(input, matchesOfRow[row])) {
                state.writer.writeAlone(
                        input, side.rowAddress(row), side.rowLength(row), batch.sign(row), batch.lateBefore(), output);
            }
        }
    }

    private void writeMarked(Open state, JoinSide side, Output output) {
        Batch batch = side.batch();
        for (int row = 0; row < batch.rowCount(); row++) {
            state.writer.writeMarked(
                    side.rowAddress(row),
                    side.rowLength(row),
                    matchesOfRow[row] > 0,
                    batch.sign(row),
                    batch.lateBefore(),
                    output);
        }
    }

    private boolean isAlone(int side, long matches) {
        return spec.type() == JoinType.SEMI ? matches > 0 : spec.type().countsMatches(side) && matches <= 0;
    }

    /** Notes how the batch changed the number of matches of the other side's rows, which may let them leave or come back. */
    private void changeMatches(Open state, int input, JoinSide side, boolean writes, Output output) {
        int other = 1 - input;
        if (!spec.type().countsMatches(other)) {
            return;
        }
        Matches matches = state.matches;
        for (int entry = 0; entry < matches.entryCount(); entry++) {
            if (matches.change(entry) == 0) {
                continue;
            }
            long before = matches.matches(entry);
            long after = before + matches.change(entry);
            long address = state.tables
                    .get(other)
                    .resolve(
                            side.keys(), matches.keyRow(entry), matches.address(entry), matches.length(entry), 0, 0, 0);
            Memory.putLong(address + 8, after);
            boolean wasAlone = isAlone(other, before);
            if (writes && spec.type() == JoinType.MARK) {
                changeMark(state, entry, before > 0, after > 0, side.batch().lateBefore(), output);
            } else if (writes && wasAlone != isAlone(other, after)) {
                long times = wasAlone ? -matches.count(entry) : matches.count(entry);
                state.writer.writeAlone(
                        other,
                        matches.address(entry),
                        matches.length(entry),
                        times,
                        side.batch().lateBefore(),
                        output);
            }
        }
    }

    private static void changeMark(
            Open state, int entry, boolean before, boolean after, long lateBefore, Output output) {
        if (before != after) {
            Matches matches = state.matches;
            long row = matches.address(entry);
            int length = matches.length(entry);
            state.writer.writeMarked(row, length, before, -matches.count(entry), lateBefore, output);
            state.writer.writeMarked(row, length, after, matches.count(entry), lateBefore, output);
        }
    }

    /** Adds the rows of a batch to their side. Rows that can never match leave at once, unless the join is made at the end. */
    private void store(Open state, int input, JoinSide side) {
        OrderedTable table = state.tables.get(input);
        Batch batch = side.batch();
        for (int row = 0; row < batch.rowCount(); row++) {
            if (side.isMatchless(row) && (!emitAtEnd || !spec.type().countsMatches(input))) {
                continue;
            }
            long address = table.resolve(side.keys(), row, side.rowAddress(row), side.rowLength(row), 0, 0, 0);
            long count = Memory.getLong(address) + batch.sign(row);
            if (count < 0 && table.forgets()) {
                state.droppedRetractions.increment();
                count = 0;
            }
            if (count == 0) {
                table.remove(side.keys(), row, side.rowAddress(row), side.rowLength(row), 0);
            } else {
                Memory.putLong(address, count);
                Memory.putLong(address + 8, matchesOfRow[row]);
            }
        }
    }

    @Override
    public void onWatermark(Watermark watermark, Output output) {
        if (!emitAtEnd || !held.hold(watermark)) {
            output.emit(watermark);
        }
    }

    @Override
    public void onEnd(Output output) {
        if (emitAtEnd) {
            Open state = opened();
            forEachChunk(state, 0, false, output);
            if (spec.type().countsMatches(1)) {
                forEachChunk(state, 1, true, output);
            }
            held.release(output);
        }
    }

    /** Goes through the rows of a side in batches; joins them with the other side, or puts those out that matched nothing. */
    private void forEachChunk(Open state, int input, boolean matchlessOnly, Output output) {
        OrderedCursor cursor = state.tables.get(input).cursor();
        cursor.seekAll();
        KeyDecoder decoder = new KeyDecoder(JoinSpec.types(spec.side(input)));
        boolean more = true;
        while (more) {
            try (BatchBuilder builder =
                    new BatchBuilder(spec.side(input), state.context.allocator(), state.context.batchRows())) {
                List<ColumnBuilder> columns = new ArrayList<>();
                for (int c = 0; c < builder.columnCount(); c++) {
                    columns.add(builder.column(c));
                }
                while (builder.rowCount() < state.context.batchRows() && (more = cursor.next())) {
                    boolean wanted = !matchlessOnly || Memory.getLong(cursor.address() + 8) <= 0;
                    for (long i = wanted ? Memory.getLong(cursor.address()) : 0; i > 0; i--) {
                        decoder.decode(cursor.orderKeyAddress(), cursor.orderKeyLength(), columns, 0);
                        builder.endRow(RowKind.INSERT.code());
                    }
                }
                joinChunk(state, input, builder.finish(), matchlessOnly, output);
            }
        }
    }

    private void joinChunk(Open state, int input, Batch batch, boolean matchlessOnly, Output output) {
        try (batch) {
            JoinSide side = state.sides.get(input);
            side.begin(batch);
            prepare(batch.rowCount());
            if (!matchlessOnly) {
                probe(state, input, side, output);
                changeMatches(state, input, side, false, output);
            }
            writeRowsAlone(state, input, side, output);
            state.writer.flush(Batch.NOT_LATE, output);
        }
    }

    @Override
    public void close() {
        Open state = open;
        if (state != null) {
            open = null;
            state.sides.forEach(JoinSide::close);
            state.matches.close();
            state.writer.close();
        }
    }
}
