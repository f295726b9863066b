package io.sabot.executor.rank;

import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.aggregate.Arena;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.RowKind;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyDecoder;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.state.LongCell;
import io.sabot.executor.state.OrderedCursor;
import io.sabot.executor.state.OrderedSpec;
import io.sabot.executor.state.OrderedTable;
import io.sabot.executor.state.StateBound;
import io.sabot.executor.time.Barrier;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes of rows that come and go one row for each key of a sink: the one that came last, or first. When it goes the next one
 * stands in its place, so that a key vanishes only with its last row.
 *
 * <p>State: (sink key; number of arrival) → row. A row is found by its bytes; one that is taken back before it came leaves a
 * debt that the row pays when it comes.
 *
 * <pre>
 *   fixed part of an entry:  │ 1, or -1 for a debt (8) │
 * </pre>
 */
public final class UpsertMaterializeOperator implements Operator {
    /** Which row stands for a key. */
    public enum Choice {
        LAST,
        FIRST,
        /** The last; several at the end of an epoch are an error. */
        ONLY
    }

    private final Schema schema;
    private final int[] keyColumns;
    private final int[] allColumns;
    private final Choice choice;
    private long[] positions = new long[64];
    private int[] lengths = new int[64];
    private long[] addresses = new long[64];
    private byte[] kinds = new byte[64];
    private int changes;
    private long sequence;
    private @Nullable Open open;

    private record Open(
            OperatorContext context,
            KeyEncoder keyEncoder,
            KeyEncoder rowEncoder,
            KeyDecoder decoder,
            OrderedTable table,
            OrderedCursor cursor,
            Arena arena,
            KeyBatch suspects,
            LongCell sequence,
            LongAdder droppedRetractions) {}

    /** @param keys columns of the sink's key */
    public UpsertMaterializeOperator(Schema schema, List<Integer> keys, Choice choice) {
        this.schema = schema;
        this.keyColumns = keys.stream().mapToInt(Integer::intValue).toArray();
        this.allColumns = IntStream.range(0, schema.size()).toArray();
        this.choice = choice;
    }

    @Override
    public void open(OperatorContext context) {
        List<DataType> types = schema.fields().stream().map(Field::type).toList();
        KeyEncoder keyEncoder = new KeyEncoder(
                context.allocator(),
                Arrays.stream(keyColumns).mapToObj(schema::type).toList());
        OrderedTable table =
                context.state().orderedTable("rows", new OrderedSpec(keyEncoder.layout(), 8, StateBound.NOTHING));
        LongCell cell = context.state().cell("sequence", 0, LongCell.Merge.MAX);
        sequence = cell.get();
        open = new Open(
                context,
                keyEncoder,
                KeyEncoder.ofRowBytes(context.allocator(), types),
                new KeyDecoder(types),
                table,
                table.cursor(),
                new Arena(context.allocator()),
                new KeyBatch(context.allocator(), keyEncoder.layout()),
                cell,
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
            KeyBatch keys = state.keyEncoder.encode(batch, keyColumns);
            KeyBatch rows = state.rowEncoder.encode(batch, allColumns);
            state.arena.clear();
            changes = 0;
            for (int row = 0; row < batch.rowCount(); row++) {
                if (batch.sign(row) > 0) {
                    add(state, keys, row, rows.address(row), rows.length(row));
                } else {
                    remove(state, keys, row, rows.address(row), rows.length(row));
                }
            }
            emit(state, batch.lateBefore(), output);
        }
    }

    private void add(Open state, KeyBatch keys, int key, long row, int length) {
        if (find(state, keys, key, row, length, -1)) {
            state.cursor.remove();
            return;
        }
        boolean others = findChosen(state, keys, key);
        if (!others) {
            change(state, row, length, RowKind.INSERT);
        } else if (choice != Choice.FIRST) {
            change(state, state.cursor.rowAddress(), state.cursor.rowLength(), RowKind.UPDATE_BEFORE);
            change(state, row, length, RowKind.UPDATE_AFTER);
        }
        if (others && choice == Choice.ONLY) {
            state.suspects.append(keys.address(key), keys.length(key));
        }
        Memory.putLong(state.table.resolve(keys, key, 0, 0, ++sequence, row, length), 1);
    }

    private void remove(Open state, KeyBatch keys, int key, long row, int length) {
        if (!find(state, keys, key, row, length, 1)) {
            if (state.table.forgets()) {
                state.droppedRetractions.increment();
                return;
            }
            Memory.putLong(state.table.resolve(keys, key, 0, 0, ++sequence, row, length), -1);
            return;
        }
        long removed = state.cursor.sequence();
        boolean wasChosen = findChosen(state, keys, key) && state.cursor.sequence() == removed;
        state.table.remove(keys, key, 0, 0, removed);
        if (!wasChosen) {
            return;
        }
        boolean next = findChosen(state, keys, key);
        change(state, row, length, next ? RowKind.UPDATE_BEFORE : RowKind.DELETE);
        if (next) {
            change(state, state.cursor.rowAddress(), state.cursor.rowLength(), RowKind.UPDATE_AFTER);
        }
    }

    /** Steps to an entry of a row, from the end that is chosen last; false when there is none. */
    private boolean find(Open state, KeyBatch keys, int key, long row, int length, long sign) {
        OrderedCursor cursor = state.cursor;
        cursor.seekLast(keys, key);
        while (cursor.previous()) {
            if (Memory.getLong(cursor.address()) == sign
                    && cursor.rowLength() == length
                    && isEqual(cursor.rowAddress(), row, length)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEqual(long a, long b, int length) {
        for (int i = 0; i < length; i++) {
            if (Memory.getByte(a + i) != Memory.getByte(b + i)) {
                return false;
            }
        }
        return true;
    }

    /** Steps to the row that stands for a key; false when there is none. */
    private boolean findChosen(Open state, KeyBatch keys, int key) {
        OrderedCursor cursor = state.cursor;
        if (choice == Choice.FIRST) {
            cursor.seekFirst(keys, key);
        } else {
            cursor.seekLast(keys, key);
        }
        while (choice == Choice.FIRST ? cursor.next() : cursor.previous()) {
            if (Memory.getLong(cursor.address()) > 0) {
                return true;
            }
        }
        return false;
    }

    private void change(Open state, long row, int length, RowKind kind) {
        if (changes == positions.length) {
            positions = Arrays.copyOf(positions, changes * 2);
            lengths = Arrays.copyOf(lengths, changes * 2);
            addresses = Arrays.copyOf(addresses, changes * 2);
            kinds = Arrays.copyOf(kinds, changes * 2);
        }
        positions[changes] = state.arena.append(row, length);
        lengths[changes] = length;
        kinds[changes++] = kind.code();
    }

    private void emit(Open state, long lateBefore, Output output) {
        if (changes == 0) {
            return;
        }
        for (int i = 0; i < changes; i++) {
            addresses[i] = state.arena.address(positions[i]);
        }
        try (BatchBuilder builder = new BatchBuilder(schema, state.context.allocator(), changes)) {
            List<ColumnBuilder> columns = new ArrayList<>();
            for (int c = 0; c < builder.columnCount(); c++) {
                columns.add(builder.column(c));
            }
            state.decoder.decode(addresses, lengths, changes, columns, 0);
            for (int i = 0; i < changes; i++) {
                builder.endRow(kinds[i]);
            }
            output.emit(builder.finish(lateBefore));
        }
    }

    @Override
    public void onBarrier(Barrier barrier, Output output) {
        Open state = opened();
        state.sequence.set(sequence);
        checkSuspects(state);
    }

    @Override
    public void onEnd(Output output) {
        checkSuspects(opened());
    }

    /** Keys that had several rows during the epoch must have one now. */
    private static void checkSuspects(Open state) {
        for (int key = 0; key < state.suspects.count(); key++) {
            int rows = 0;
            state.cursor.seekFirst(state.suspects, key);
            while (state.cursor.next()) {
                rows += Memory.getLong(state.cursor.address()) > 0 ? 1 : 0;
            }
            if (rows > 1) {
                throw SabotException.of(
                                ErrorCode.UNIQUE_VIOLATION, "several rows have the same primary key of the table")
                        .why("the INSERT says ON CONFLICT DO ERROR")
                        .hint(
                                "make the query's rows unique by that key, or write ON CONFLICT DO NOTHING or DEDUPLICATE");
            }
        }
        state.suspects.clear();
    }

    @Override
    public void close() {
        Open state = open;
        if (state != null) {
            open = null;
            state.keyEncoder.close();
            state.rowEncoder.close();
            state.arena.close();
            state.suspects.close();
        }
    }
}
