package io.sabot.executor.join;

import io.sabot.executor.batch.Arena;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.state.RecordSpec;
import io.sabot.executor.state.RecordTable;
import io.sabot.executor.state.StateBound;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What left rows that may be taken back were joined with, so that a row goes as it came although the table has changed: left
 * row → how often it is there, and the right rows.
 *
 * <pre>
 *   record:  │ count 8 │    tail:  │ length 4 │ right row │ length 4 │ right row │ …
 * </pre>
 */
final class RememberedLookup {
    private final KeyEncoder encoder;
    private final RecordTable table;
    private final Arena arena;
    private final int[] columns;
    private long[] records = new long[0];
    private int[] rows = new int[0];
    private @Nullable KeyBatch keys;
    private int rowCount;

    RememberedLookup(JoinSpec spec, OperatorContext context) {
        this.encoder = context.own(new KeyEncoder(context.allocator(), JoinSpec.types(spec.left())));
        this.columns = IntStream.range(0, spec.left().size()).toArray();
        this.arena = context.own(new Arena(context.allocator()));
        this.table = context.state()
                .recordTable(
                        "looked_up",
                        RecordSpec.of(encoder.layout(), 8, StateBound.NOTHING).withTail());
    }

    /** Finds the records of a batch. Returns its rows that are not known, each once. */
    Selection begin(Batch batch) {
        rowCount = batch.rowCount();
        if (records.length < rowCount) {
            records = new long[rowCount];
            rows = new int[rowCount];
        }
        keys = encoder.encode(batch, columns);
        int unknown = table.resolve(keys, records, rows);
        return new Selection(rows, unknown);
    }

    /** Keeps what new rows are joined with; pairs of a row may stand apart. */
    void keep(LookupWriter pairs) {
        arena.clear();
        for (int i = 0; i < pairs.count(); i++) {
            long record = records[pairs.row(i)];
            int before = table.tailLength(record);
            long grown = arena.address(arena.reserve(before + 4L + pairs.length(i)));
            Memory.copy(table.tailAddress(record), grown, before);
            Memory.putInt(grown + before, pairs.length(i));
            Memory.copy(pairs.address(i), grown + before + 4, pairs.length(i));
            table.setTail(record, grown, before + 4 + pairs.length(i));
            arena.clear();
        }
    }

    /** Writes every row of the batch with what was kept, and counts it. */
    void write(Batch batch, LookupWriter writer) {
        writer.clear();
        for (int row = 0; row < rowCount; row++) {
            long record = records[row];
            long at = table.tailAddress(record);
            long end = at + table.tailLength(record);
            while (at < end) {
                int length = Memory.getInt(at);
                writer.add(row, at + 4, length);
                at += 4 + length;
            }
            Memory.putLong(record, Memory.getLong(record) + batch.sign(row));
        }
    }

    /** Forgets rows that are gone. */
    void end() {
        int gone = 0;
        for (int row = 0; row < rowCount; row++) {
            if (Memory.getLong(records[row]) == 0) {
                rows[gone++] = row;
            }
        }
        KeyBatch present = keys;
        if (gone > 0 && present != null) {
            table.remove(present, rows, gone);
        }
    }
}
