package io.sabot.executor.changelog;

import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.aggregate.LocalTable;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.RowKind;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.KeyDecoder;
import io.sabot.executor.state.KeyEncoder;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Collects the changes of an epoch and gives back the fewest that have the same effect, with their kinds rebuilt.
 *
 * <p>Equal rows cancel each other. What is left is grouped by the upsert key, in the order in which keys came first: rows
 * that go without one that comes are {@code -D}, then come pairs {@code -U}, {@code +U}, then rows that only come, {@code
 * +I}. Without a key all {@code -D} come first, then all {@code +I}.
 */
public final class ChangelogFold implements AutoCloseable {
    private static final int RECORD_BYTES = 16;

    private final Schema schema;
    private final BufferAllocator allocator;
    private final int batchRows;
    private final int[] keyColumns;
    private final boolean identified;
    private final int[] allColumns;
    private final KeyEncoder keyEncoder;
    private final KeyEncoder rowEncoder;
    private final KeyDecoder decoder;
    private final LocalTable groups;
    private final LocalTable rows;
    private long[] groupRecords = new long[0];
    private long[] rowRecords = new long[0];

    /** @param upsertKey columns that identify a row; empty when nothing does */
    public ChangelogFold(Schema schema, List<Integer> upsertKey, BufferAllocator allocator, int batchRows) {
        this(schema, upsertKey, !upsertKey.isEmpty(), allocator, batchRows);
    }

    /** @param identified whether the key identifies a row, also when it is empty: then there is one row at most */
    public ChangelogFold(
            Schema schema, List<Integer> upsertKey, boolean identified, BufferAllocator allocator, int batchRows) {
        this.identified = identified;
        this.schema = schema;
        this.allocator = allocator;
        this.batchRows = batchRows;
        this.keyColumns = upsertKey.stream().mapToInt(Integer::intValue).toArray();
        this.allColumns = new int[schema.size()];
        for (int c = 0; c < allColumns.length; c++) {
            allColumns[c] = c;
        }
        List<DataType> types = schema.fields().stream().map(Field::type).toList();
        this.keyEncoder =
                new KeyEncoder(allocator, upsertKey.stream().map(schema::type).toList());
        this.rowEncoder = KeyEncoder.ofRows(allocator, types);
        this.decoder = new KeyDecoder(types);
        this.groups = new LocalTable(allocator, keyEncoder.layout(), 8);
        this.rows = new LocalTable(allocator, rowEncoder.layout(), RECORD_BYTES);
    }

    /** Takes the rows of a batch, which stays with the caller. */
    public void add(Batch batch) {
        int count = batch.rowCount();
        if (rowRecords.length < count) {
            groupRecords = new long[count];
            rowRecords = new long[count];
        }
        numberGroups(batch, count);
        rows.resolve(rowEncoder.encode(batch, allColumns), rowRecords);
        for (int row = 0; row < count; row++) {
            long record = rowRecords[row];
            Memory.putLong(record, Memory.getLong(record) + batch.sign(row));
            Memory.putLong(record + 8, Memory.getLong(groupRecords[row]) - 1);
        }
    }

    private void numberGroups(Batch batch, int count) {
        int next = groups.size();
        groups.resolve(keyEncoder.encode(batch, keyColumns), groupRecords);
        for (int row = 0; row < count; row++) {
            if (Memory.getLong(groupRecords[row]) == 0) {
                Memory.putLong(groupRecords[row], ++next);
            }
        }
    }

    /** Number of different rows collected. */
    public int size() {
        return rows.size();
    }

    /** Puts the changes out and forgets them. */
    public void flush(Output output) {
        if (rows.size() > 0) {
            int[] order = byGroup();
            try (Emission emission = new Emission(output)) {
                for (int from = 0, to; from < order.length; from = to) {
                    to = endOfGroup(order, from);
                    if (!identified) {
                        emission.all(order, from, to, -1, RowKind.DELETE);
                        emission.all(order, from, to, 1, RowKind.INSERT);
                    } else {
                        emission.group(order, from, to);
                    }
                }
                emission.flush();
            }
        }
        rows.clear();
        groups.clear();
    }

    private int endOfGroup(int[] order, int from) {
        long group = Memory.getLong(rows.record(order[from]) + 8);
        int to = from + 1;
        while (to < order.length && Memory.getLong(rows.record(order[to]) + 8) == group) {
            to++;
        }
        return to;
    }

    /** Numbers of the rows that are left, by group, then as they came: a counting sort. */
    private int[] byGroup() {
        int[] starts = new int[groups.size() + 1];
        for (int r = 0; r < rows.size(); r++) {
            if (Memory.getLong(rows.record(r)) != 0) {
                starts[(int) Memory.getLong(rows.record(r) + 8) + 1]++;
            }
        }
        for (int g = 1; g < starts.length; g++) {
            starts[g] += starts[g - 1];
        }
        int[] order = new int[starts[groups.size()]];
        for (int r = 0; r < rows.size(); r++) {
            if (Memory.getLong(rows.record(r)) != 0) {
                order[starts[(int) Memory.getLong(rows.record(r) + 8)]++] = r;
            }
        }
        return order;
    }

    @Override
    public void close() {
        keyEncoder.close();
        rowEncoder.close();
        groups.close();
        rows.close();
    }

    /** Writes rows by number into batches. */
    private final class Emission implements AutoCloseable {
        private final Output output;
        private final List<ColumnBuilder> columns = new ArrayList<>();
        private BatchBuilder builder;

        Emission(Output output) {
            this.output = output;
            this.builder = newBuilder();
        }

        private BatchBuilder newBuilder() {
            BatchBuilder fresh = new BatchBuilder(schema, allocator, Math.min(batchRows, rows.size()));
            columns.clear();
            for (int c = 0; c < fresh.columnCount(); c++) {
                columns.add(fresh.column(c));
            }
            return fresh;
        }

        void group(int[] order, int from, int to) {
            long going = 0;
            long coming = 0;
            for (int i = from; i < to; i++) {
                long count = Memory.getLong(rows.record(order[i]));
                going += Math.max(0, -count);
                coming += Math.max(0, count);
            }
            long pairs = Math.min(going, coming);
            Walk minus = new Walk(order, from, to, -1);
            Walk plus = new Walk(order, from, to, 1);
            for (long i = going - pairs; i > 0; i--) {
                write(minus.next(), RowKind.DELETE);
            }
            for (long i = pairs; i > 0; i--) {
                write(minus.next(), RowKind.UPDATE_BEFORE);
                write(plus.next(), RowKind.UPDATE_AFTER);
            }
            for (long i = coming - pairs; i > 0; i--) {
                write(plus.next(), RowKind.INSERT);
            }
        }

        void all(int[] order, int from, int to, int sign, RowKind kind) {
            for (int i = from; i < to; i++) {
                for (long n = sign * Memory.getLong(rows.record(order[i])); n > 0; n--) {
                    write(order[i], kind);
                }
            }
        }

        private void write(int row, RowKind kind) {
            if (builder.rowCount() >= batchRows && kind != RowKind.UPDATE_AFTER) {
                flush();
            }
            decoder.decode(rows.key(row), rows.keyLength(row), columns, 0);
            builder.endRow(kind.code());
        }

        void flush() {
            if (builder.rowCount() > 0) {
                BatchBuilder full = builder;
                Batch batch = full.finish();
                builder = newBuilder();
                output.emit(batch);
            }
        }

        @Override
        public void close() {
            builder.close();
        }
    }

    /** Goes through the rows of a group with one sign, each as often as it counts. */
    private final class Walk {
        private final int[] order;
        private final int to;
        private final int sign;
        private int at;
        private long left;

        Walk(int[] order, int from, int to, int sign) {
            this.order = order;
            this.to = to;
            this.sign = sign;
            this.at = from - 1;
        }

        int next() {
            while (left <= 0) {
                at++;
                assert at < to : "more rows than were counted";
                left = sign * Memory.getLong(rows.record(order[at]));
            }
            left--;
            return order[at];
        }
    }
}
