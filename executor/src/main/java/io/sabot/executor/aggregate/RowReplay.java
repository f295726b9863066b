package io.sabot.executor.aggregate;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyDecoder;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.state.KeyLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Aggregates rows that were kept as rows, at the time when their groups leave: for groups that merge although their
 * aggregates cannot, such as sessions with DISTINCT, or with MIN over input that can retract. Of the rows only what
 * aggregates read is kept.
 *
 * <p>{@link #begin} makes room for some groups; each gets its rows by {@link #beginGroup}, {@link #add} and {@link #endGroup};
 * behind {@link #finish} their records hold the results. Rows that were taken back are left out, the oldest equal one each.
 */
public final class RowReplay implements AutoCloseable {
    private static final int ROWS = 2048;

    private final int[] columns;
    private final Schema schema;
    private final List<DataType> types;
    private final boolean retracting;
    private final BufferAllocator allocator;
    private final KeyEncoder encoder;
    private final KeyDecoder decoder;
    private final Aggregation aggregation;
    private final LocalTable groups;
    private final KeyBatch groupKeys;
    private final LocalTable takenBack;
    private final KeyBatch rows;
    private final Values values;
    private final Run run = new Run();
    private final ArrowBuf scratch;
    private long[] groupRecords = new long[0];
    private long[] rowGroups = new long[ROWS];
    private long[] found = new long[64];
    private byte[] signs = new byte[64];
    private boolean anyTakenBack;
    private int group;
    private BatchBuilder builder;

    /** @param specs over columns of the rows that {@link #encode} gets */
    public RowReplay(List<AggregateSpec> specs, boolean retracting, OperatorContext context) {
        List<Integer> needed = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (AggregateSpec spec : specs) {
            for (int a = 0; a < spec.arguments().size(); a++) {
                need(spec.arguments().get(a), spec.argumentTypes().get(a), needed, fields);
            }
            if (spec.filter() >= 0) {
                need(spec.filter(), AtomicType.BOOLEAN, needed, fields);
            }
        }
        this.retracting = retracting;
        this.allocator = context.allocator();
        this.columns = needed.stream().mapToInt(Integer::intValue).toArray();
        this.schema = new Schema(fields);
        this.types = fields.stream().map(Field::type).toList();
        this.encoder = context.own(KeyEncoder.ofRows(allocator, types));
        this.decoder = new KeyDecoder(types);
        this.aggregation = context.own(Aggregation.ofRows(
                specs.stream().map(spec -> moved(spec, needed)).toList(), false, allocator));
        this.groups = context.own(new LocalTable(allocator, KeyLayout.fixed(8), aggregation.recordBytes()));
        this.groupKeys = context.own(new KeyBatch(allocator, KeyLayout.fixed(8)));
        this.takenBack = context.own(new LocalTable(allocator, encoder.layout(), 8));
        this.rows = context.own(new KeyBatch(allocator, encoder.layout()));
        this.values = context.own(new Values(aggregation, allocator));
        this.scratch = context.own(allocator.buffer(16));
        this.builder = new BatchBuilder(schema, allocator, ROWS);
    }

    private static void need(int column, DataType type, List<Integer> needed, List<Field> fields) {
        if (!needed.contains(column)) {
            needed.add(column);
            fields.add(new Field("c" + column, type));
        }
    }

    private static AggregateSpec moved(AggregateSpec spec, List<Integer> needed) {
        return spec.over(
                spec.arguments().stream().map(needed::indexOf).toList(),
                spec.filter() < 0 ? -1 : needed.indexOf(spec.filter()));
    }

    /** What is to be kept of the rows of a batch; valid until the next call. */
    public KeyBatch encode(Batch batch) {
        return encoder.encode(batch, columns);
    }

    /** The aggregates; their records are those of {@link #record}. */
    public Aggregation aggregation() {
        return aggregation;
    }

    /** Tails of the records. */
    public Tails tails() {
        return groups;
    }

    /** Forgets all groups and makes new ones. */
    public void begin(int groupCount) {
        groups.clear();
        groupKeys.clear();
        values.clear();
        for (int g = 0; g < groupCount; g++) {
            Memory.putByte(scratch.memoryAddress(), (byte) 0);
            Memory.putLong(scratch.memoryAddress() + 1, g);
            groupKeys.append(scratch.memoryAddress(), 9);
        }
        if (groupRecords.length < groupCount) {
            groupRecords = new long[groupCount];
        }
        groups.resolve(groupKeys, groupRecords);
    }

    /** Begins the rows of a group. */
    public void beginGroup(int number) {
        group = number;
        rows.clear();
        anyTakenBack = false;
    }

    /** Adds a row that {@link #encode} made; copies it. */
    public void add(long row, int length, int sign) {
        if (rows.count() == signs.length) {
            signs = Arrays.copyOf(signs, signs.length * 2);
            found = new long[signs.length];
        }
        signs[rows.count()] = (byte) sign;
        anyTakenBack |= sign < 0;
        rows.append(row, length);
    }

    /** Ends the rows of a group. */
    public void endGroup() {
        assert retracting || !anyTakenBack : "a row taken back from append-only input";
        if (anyTakenBack) {
            takenBack.clear();
            takenBack.resolve(rows, found);
            for (int i = 0; i < rows.count(); i++) {
                if (signs[i] < 0) {
                    Memory.putLong(found[i], Memory.getLong(found[i]) + 1);
                }
            }
        }
        for (int i = 0; i < rows.count(); i++) {
            if (signs[i] < 0) {
                continue;
            }
            if (anyTakenBack && Memory.getLong(found[i]) > 0) {
                Memory.putLong(found[i], Memory.getLong(found[i]) - 1);
            } else {
                aggregate(i);
            }
        }
    }

    private void aggregate(int i) {
        decoder.decode(rows.address(i), rows.length(i), builder.columns(), 0);
        rowGroups[builder.rowCount()] = groupRecords[group];
        builder.endRow();
        if (builder.rowCount() == ROWS) {
            flush();
        }
    }

    private void flush() {
        if (builder.rowCount() == 0) {
            return;
        }
        BatchBuilder full = builder;
        builder = new BatchBuilder(schema, allocator, ROWS);
        try (full;
                Batch batch = full.finish()) {
            run.setRange(batch, 0, batch.rowCount());
            System.arraycopy(rowGroups, 0, run.records(), 0, batch.rowCount());
            values.update(batch, run, groups);
        }
    }

    /** Ends all groups. */
    public void finish() {
        flush();
    }

    /** Record of a group; valid until the next {@link #begin}. */
    public long record(int number) {
        return groupRecords[number];
    }

    @Override
    public void close() {
        builder.close();
    }

    /** The values of the groups that are replayed. */
    private static final class Values implements GroupValues, AutoCloseable {
        private final Aggregation aggregation;
        private final GroupNumbers numbers;
        private final List<DistinctSet> distincts;
        private long lastNumber;

        Values(Aggregation aggregation, BufferAllocator allocator) {
            this.aggregation = aggregation;
            this.numbers = new GroupNumbers(aggregation.groupNumber(), allocator);
            this.distincts = IntStream.range(0, aggregation.distincts().size())
                    .mapToObj(d ->
                            DistinctSet.withoutState(aggregation.distincts().get(d), allocator))
                    .toList();
        }

        void clear() {
            distincts.forEach(DistinctSet::clear);
        }

        void update(Batch batch, Run run, Tails tails) {
            if (!distincts.isEmpty()) {
                Column column = numbers.of(batch, run, position -> ++lastNumber);
                for (DistinctSet set : distincts) {
                    set.begin(batch, run, column);
                }
            }
            aggregation.update(batch, run, tails, this);
        }

        @Override
        public void distinct(int set, int filter, Run run, Run thinned) {
            distincts.get(set).thin(filter, run, thinned);
        }

        @Override
        public void extremes(int multiset, Batch batch, Run run, Tails tails) {
            throw new AssertionError("rows that were taken back are left out");
        }

        @Override
        public void close() {
            numbers.close();
            distincts.forEach(DistinctSet::close);
        }
    }
}
