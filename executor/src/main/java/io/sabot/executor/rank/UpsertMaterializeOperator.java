package io.sabot.executor.rank;

import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.RowKind;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.operator.RowsOut;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.state.LongCell;
import io.sabot.executor.state.OrderedCursor;
import io.sabot.executor.state.OrderedSpec;
import io.sabot.executor.state.OrderedTable;
import io.sabot.executor.state.StateBound;
import io.sabot.executor.time.Barrier;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

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

    private final int[] keyColumns;
    private final int[] allColumns;
    private final Choice choice;
    private final KeyEncoder keyEncoder;
    private final KeyEncoder rowEncoder;
    private final RowsOut out;
    private final OrderedTable table;
    private final OrderedCursor cursor;
    private final KeyBatch suspects;
    private final LongCell savedSequence;
    private final LongAdder droppedRetractions;
    private long sequence;

    /** @param keys columns of the sink's key */
    public UpsertMaterializeOperator(Schema schema, List<Integer> keys, Choice choice, OperatorContext context) {
        this.keyColumns = keys.stream().mapToInt(Integer::intValue).toArray();
        this.allColumns = IntStream.range(0, schema.size()).toArray();
        this.choice = choice;
        List<DataType> types = schema.fields().stream().map(Field::type).toList();
        this.keyEncoder = context.own(new KeyEncoder(
                context.allocator(),
                Arrays.stream(keyColumns).mapToObj(schema::type).toList()));
        this.table = context.state().orderedTable("rows", new OrderedSpec(keyEncoder.layout(), 8, StateBound.NOTHING));
        this.savedSequence = context.state().cell("sequence", 0, LongCell.Merge.MAX);
        sequence = savedSequence.get();
        this.rowEncoder = context.own(KeyEncoder.ofRowBytes(context.allocator(), types));
        this.out = new RowsOut(schema, false, context);
        this.cursor = table.cursor();
        this.suspects = context.own(new KeyBatch(context.allocator(), keyEncoder.layout()));
        this.droppedRetractions = context.counter("dropped_retractions");
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch) {
            KeyBatch keys = keyEncoder.encode(batch, keyColumns);
            KeyBatch rows = rowEncoder.encode(batch, allColumns);
            for (int row = 0; row < batch.rowCount(); row++) {
                if (batch.sign(row) > 0) {
                    add(keys, row, rows.address(row), rows.length(row));
                } else {
                    remove(keys, row, rows.address(row), rows.length(row));
                }
            }
            out.emit(batch.lateBefore(), output);
        }
    }

    private void add(KeyBatch keys, int key, long row, int length) {
        if (find(keys, key, row, length, -1)) {
            cursor.remove();
            return;
        }
        boolean others = findChosen(keys, key);
        if (!others) {
            out.addCopy(RowKind.INSERT, row, length);
        } else if (choice != Choice.FIRST) {
            out.addCopy(RowKind.UPDATE_BEFORE, cursor.rowAddress(), cursor.rowLength());
            out.addCopy(RowKind.UPDATE_AFTER, row, length);
        }
        if (others && choice == Choice.ONLY) {
            suspects.append(keys.address(key), keys.length(key));
        }
        Memory.putLong(table.resolve(keys, key, 0, 0, ++sequence, row, length), 1);
    }

    private void remove(KeyBatch keys, int key, long row, int length) {
        if (!find(keys, key, row, length, 1)) {
            if (table.forgets()) {
                droppedRetractions.increment();
                return;
            }
            Memory.putLong(table.resolve(keys, key, 0, 0, ++sequence, row, length), -1);
            return;
        }
        long removed = cursor.sequence();
        boolean wasChosen = findChosen(keys, key) && cursor.sequence() == removed;
        table.remove(keys, key, 0, 0, removed);
        if (!wasChosen) {
            return;
        }
        boolean next = findChosen(keys, key);
        out.addCopy(next ? RowKind.UPDATE_BEFORE : RowKind.DELETE, row, length);
        if (next) {
            out.addCopy(RowKind.UPDATE_AFTER, cursor.rowAddress(), cursor.rowLength());
        }
    }

    /** Steps to an entry of a row, from the end that is chosen last; false when there is none. */
    private boolean find(KeyBatch keys, int key, long row, int length, long sign) {
        cursor.seekLast(keys, key);
        while (cursor.previous()) {
            if (Memory.getLong(cursor.address()) == sign
                    && cursor.rowLength() == length
                    && Memory.equal(cursor.rowAddress(), row, length)) {
                return true;
            }
        }
        return false;
    }

    /** Steps to the row that stands for a key; false when there is none. */
    private boolean findChosen(KeyBatch keys, int key) {
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

    @Override
    public void onBarrier(Barrier barrier, Output output) {
        savedSequence.set(sequence);
        checkSuspects();
    }

    @Override
    public void onEnd(Output output) {
        checkSuspects();
    }

    /** Keys that had several rows during the epoch must have one now. */
    private void checkSuspects() {
        for (int key = 0; key < suspects.count(); key++) {
            int rows = 0;
            cursor.seekFirst(suspects, key);
            while (cursor.next()) {
                rows += Memory.getLong(cursor.address()) > 0 ? 1 : 0;
            }
            if (rows > 1) {
                throw SabotException.of(
                                ErrorCode.UNIQUE_VIOLATION, "several rows have the same primary key of the table")
                        .why("the INSERT says ON CONFLICT DO ERROR")
                        .hint(
                                "make the query's rows unique by that key, or write ON CONFLICT DO NOTHING or DEDUPLICATE");
            }
        }
        suspects.clear();
    }
}
