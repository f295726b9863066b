package io.sabot.executor.operator;

import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Arena;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.RowKind;
import io.sabot.executor.state.KeyDecoder;
import java.util.Arrays;
import java.util.List;

/** Rows by the addresses of their bytes, collected and put out as batches; with a number each where that is asked for. */
public final class RowsOut {
    private final Schema output;
    private final boolean numbered;
    private final OperatorContext context;
    private final KeyDecoder decoder;
    private final Arena copies;
    /** Where rows are; for a copy, the complement of its position. */
    private long[] addresses = new long[256];

    private int[] lengths = new int[256];
    private long[] numbers = new long[256];
    private byte[] kinds = new byte[256];
    private int count;

    /** @param output columns of the rows; behind them, where rows are numbered, one BIGINT */
    public RowsOut(Schema output, boolean numbered, OperatorContext context) {
        this.output = output;
        this.numbered = numbered;
        this.context = context;
        List<DataType> types = output.fields().stream().map(Field::type).toList();
        this.decoder = new KeyDecoder(numbered ? types.subList(0, types.size() - 1) : types);
        this.copies = context.own(new Arena(context.allocator()));
    }

    /** Whether a batch is full: time to {@link #emit}. */
    public boolean isFull() {
        return count >= context.batchRows();
    }

    /** Adds a row, whose bytes stay where they are until {@link #emit}. */
    public void add(RowKind kind, long address, int length) {
        add(kind, address, length, 0);
    }

    /** Adds a row with its number. */
    public void add(RowKind kind, long address, int length, long number) {
        if (count == addresses.length) {
            addresses = Arrays.copyOf(addresses, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
            numbers = Arrays.copyOf(numbers, count * 2);
            kinds = Arrays.copyOf(kinds, count * 2);
        }
        addresses[count] = address;
        lengths[count] = length;
        numbers[count] = number;
        kinds[count++] = kind.code();
    }

    /** Adds a row, whose bytes are copied now. */
    public void addCopy(RowKind kind, long address, int length) {
        addCopy(kind, address, length, 0);
    }

    /** Adds a row with its number, whose bytes are copied now. */
    public void addCopy(RowKind kind, long address, int length, long number) {
        add(kind, ~copies.append(address, length), length, number);
    }

    /** Puts out what was added, if anything was, in one batch. */
    public void emit(Output to) {
        emit(Batch.NOT_LATE, to);
    }

    /** Puts out what was added, made of rows some of which may be late. */
    public void emit(long lateBefore, Output to) {
        if (count == 0) {
            return;
        }
        for (int i = 0; i < count; i++) {
            if (addresses[i] < 0) {
                addresses[i] = copies.address(~addresses[i]);
            }
        }
        try (BatchBuilder builder = new BatchBuilder(output, context.allocator(), count)) {
            List<ColumnBuilder> columns = builder.columns();
            decoder.decode(addresses, lengths, count, columns, 0);
            for (int i = 0; i < count; i++) {
                builder.endRow(kinds[i]);
            }
            if (numbered) {
                ColumnBuilder column = builder.column(builder.columnCount() - 1);
                for (int i = 0; i < count; i++) {
                    column.appendLong(numbers[i]);
                }
            }
            count = 0;
            copies.clear();
            to.emit(builder.finish(lateBefore));
        }
    }
}
