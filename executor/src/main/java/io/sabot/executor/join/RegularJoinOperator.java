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
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

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
    private final OperatorContext context;
    private final List<JoinSide> sides;
    private final List<OrderedTable> tables;
    private final List<OrderedCursor> cursors;
    private final Matches matches;
    private final JoinWriter writer;
    private final LongAdder droppedRetractions;
    private int[] candidateRows = new int[256];
    private int[] candidateEntries = new int[256];
    private long[] matchesOfRow = new long[0];

    public RegularJoinOperator(JoinSpec spec, boolean emitAtEnd, OperatorContext context) {
        this.spec = spec;
        this.emitAtEnd = emitAtEnd;
        this.context = context;
        this.sides = List.of(
                context.own(new JoinSide(spec, 0, context.allocator())),
                context.own(new JoinSide(spec, 1, context.allocator())));
        OrderedSpec rows = new OrderedSpec(sides.get(0).keyLayout(), 16, StateBound.NOTHING);
        this.tables = List.of(
                context.state().orderedTable("left", rows), context.state().orderedTable("right", rows));
        this.cursors = List.of(tables.get(0).cursor(), tables.get(1).cursor());
        this.matches = context.own(new Matches(context.allocator(), sides.get(0).keyLayout()));
        this.writer = new JoinWriter(spec, context);
        this.droppedRetractions = context.counter("dropped_retractions");
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch) {
            JoinSide side = sides.get(input);
            side.begin(batch);
            prepare(batch.rowCount());
            if (!emitAtEnd) {
                probe(input, side, output);
                writeRowsAlone(input, side, output);
                changeMatches(input, side, true, output);
                writer.flush(batch.lateBefore(), output);
            }
            store(input, side);
        }
    }

    private void prepare(int rowCount) {
        if (matchesOfRow.length < rowCount) {
            matchesOfRow = new long[rowCount];
        }
        Arrays.fill(matchesOfRow, 0, rowCount, 0);
    }

    /** Finds the matches of each row of a batch, counts them, and writes the pairs. */
    private void probe(int input, JoinSide side, Output output) {
        matches.read(side, cursors.get(1 - input));
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
                    take(input, side, output);
                }
            }
        }
        take(input, side, output);
    }

    private void take(int input, JoinSide side, Output output) {
        if (candidates.count() == 0) {
            return;
        }
        Batch batch = side.batch();
        Selection passing = writer.passing(candidates);
        int[] indices = passing.indices();
        for (int i = 0; i < passing.count(); i++) {
            int row = candidateRows[indices[i]];
            int entry = candidateEntries[indices[i]];
            long count = matches.count(entry);
            matchesOfRow[row] += count;
            matches.addChange(entry, batch.sign(row));
            if (spec.type().emitsPairs()) {
                writer.write(
                        input,
                        side.rowAddress(row),
                        side.rowLength(row),
                        matches.address(entry),
                        matches.length(entry),
                        count * batch.sign(row),
                        batch.lateBefore(),
                        output);
            }
        }
        candidates.clear();
    }

    /** Writes the rows of a batch that leave alone. */
    private void writeRowsAlone(int input, JoinSide side, Output output) {
        if (!spec.type().countsMatches(input)) {
            return;
        }
        Batch batch = side.batch();
        if (spec.type() == JoinType.MARK) {
            writeMarked(side, output);
            return;
        }
        for (int row = 0; row < batch.rowCount(); row++) {
            if (isAlone(input, matchesOfRow[row])) {
                writer.writeAlone(
                        input, side.rowAddress(row), side.rowLength(row), batch.sign(row), batch.lateBefore(), output);
            }
        }
    }

    private void writeMarked(JoinSide side, Output output) {
        Batch batch = side.batch();
        for (int row = 0; row < batch.rowCount(); row++) {
            writer.writeMarked(
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
    private void changeMatches(int input, JoinSide side, boolean writes, Output output) {
        int other = 1 - input;
        if (!spec.type().countsMatches(other)) {
            return;
        }
        for (int entry = 0; entry < matches.entryCount(); entry++) {
            if (matches.change(entry) == 0) {
                continue;
            }
            long before = matches.matches(entry);
            long after = before + matches.change(entry);
            long address = tables.get(other)
                    .resolve(
                            side.keys(), matches.keyRow(entry), matches.address(entry), matches.length(entry), 0, 0, 0);
            Memory.putLong(address + 8, after);
            boolean wasAlone = isAlone(other, before);
            if (writes && spec.type() == JoinType.MARK) {
                changeMark(entry, before > 0, after > 0, side.batch().lateBefore(), output);
            } else if (writes && wasAlone != isAlone(other, after)) {
                long times = wasAlone ? -matches.count(entry) : matches.count(entry);
                writer.writeAlone(
                        other,
                        matches.address(entry),
                        matches.length(entry),
                        times,
                        side.batch().lateBefore(),
                        output);
            }
        }
    }

    private void changeMark(int entry, boolean before, boolean after, long lateBefore, Output output) {
        if (before != after) {
            long row = matches.address(entry);
            int length = matches.length(entry);
            writer.writeMarked(row, length, before, -matches.count(entry), lateBefore, output);
            writer.writeMarked(row, length, after, matches.count(entry), lateBefore, output);
        }
    }

    /** Adds the rows of a batch to their side. Rows that can never match leave at once, unless the join is made at the end. */
    private void store(int input, JoinSide side) {
        OrderedTable table = tables.get(input);
        Batch batch = side.batch();
        for (int row = 0; row < batch.rowCount(); row++) {
            if (side.isMatchless(row) && (!emitAtEnd || !spec.type().countsMatches(input))) {
                continue;
            }
            long address = table.resolve(side.keys(), row, side.rowAddress(row), side.rowLength(row), 0, 0, 0);
            long count = Memory.getLong(address) + batch.sign(row);
            if (count < 0 && table.forgets()) {
                droppedRetractions.increment();
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
            forEachChunk(0, false, output);
            if (spec.type().countsMatches(1)) {
                forEachChunk(1, true, output);
            }
            held.release(output);
        }
    }

    /** Goes through the rows of a side in batches; joins them with the other side, or puts those out that matched nothing. */
    private void forEachChunk(int input, boolean matchlessOnly, Output output) {
        OrderedCursor cursor = tables.get(input).cursor();
        cursor.seekAll();
        KeyDecoder decoder = new KeyDecoder(JoinSpec.types(spec.side(input)));
        boolean more = true;
        while (more) {
            try (BatchBuilder builder = new BatchBuilder(spec.side(input), context.allocator(), context.batchRows())) {
                List<ColumnBuilder> columns = builder.columns();
                while (builder.rowCount() < context.batchRows() && (more = cursor.next())) {
                    boolean wanted = !matchlessOnly || Memory.getLong(cursor.address() + 8) <= 0;
                    for (long i = wanted ? Memory.getLong(cursor.address()) : 0; i > 0; i--) {
                        decoder.decode(cursor.orderKeyAddress(), cursor.orderKeyLength(), columns, 0);
                        builder.endRow(RowKind.INSERT.code());
                    }
                }
                joinChunk(input, builder.finish(), matchlessOnly, output);
            }
        }
    }

    private void joinChunk(int input, Batch batch, boolean matchlessOnly, Output output) {
        try (batch) {
            JoinSide side = sides.get(input);
            side.begin(batch);
            prepare(batch.rowCount());
            if (!matchlessOnly) {
                probe(input, side, output);
                changeMatches(input, side, false, output);
            }
            writeRowsAlone(input, side, output);
            writer.flush(Batch.NOT_LATE, output);
        }
    }
}
