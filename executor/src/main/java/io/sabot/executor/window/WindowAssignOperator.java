package io.sabot.executor.window;

import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Gather;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.time.Watermark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/**
 * Gives each row its windows: appends START, END and TIME. A row that belongs to several windows leaves once for each,
 * earlier windows first; no row is dropped for being late. Watermarks pass.
 */
public final class WindowAssignOperator implements Operator {
    private static final WindowColumn[] COLUMNS = {WindowColumn.START, WindowColumn.END, WindowColumn.TIME};

    private final Windows windows;
    private final WindowTime time;
    private final Schema output;
    private final RowTimes times;
    private final BufferAllocator allocator;
    private int[] rows = new int[256];
    private long[] ends = new long[256];
    private int count;

    /** @param output columns of the input, then the three of the window */
    public WindowAssignOperator(Windows windows, WindowTime time, Schema output, OperatorContext context) {
        this.windows = windows;
        this.time = time;
        this.output = output;
        this.times = new RowTimes(time);
        this.allocator = context.allocator();
    }

    @Override
    public void onBatch(int input, Batch batch, Output out) {
        try (batch) {
            assign(times.read(batch), batch.rowCount());
            if (count > 0) {
                out.emit(expand(batch));
            }
        }
    }

    private void assign(long[] values, int rowCount) {
        count = 0;
        for (int row = 0; row < rowCount; row++) {
            long pane = windows.paneEnd(values[row]);
            long last = windows.lastWindowEnd(pane);
            for (long end = windows.firstWindowEnd(pane); end <= last; end += windows.step()) {
                if (count == rows.length) {
                    rows = Arrays.copyOf(rows, count * 2);
                    ends = Arrays.copyOf(ends, count * 2);
                }
                rows[count] = row;
                ends[count++] = end;
            }
        }
    }

    private Batch expand(Batch batch) {
        boolean same = windows.paneIsWindow() && count == batch.rowCount();
        Selection selection = new Selection(rows, count);
        List<FieldVector> vectors = new ArrayList<>();
        ArrowBuf kinds = null;
        try {
            for (int c = 0; c < batch.columnCount(); c++) {
                vectors.add(same ? batch.shareVector(c) : Gather.take(batch.vector(c), selection, allocator));
            }
            for (WindowColumn column : COLUMNS) {
                vectors.add(windowColumn(column, vectors.size()));
            }
            kinds = same ? batch.retainKinds() : batch.takeKinds(selection, allocator);
            return new Batch(vectors, count, kinds, batch.lateBefore());
        } catch (RuntimeException | Error e) {
            vectors.forEach(FieldVector::close);
            if (kinds != null) {
                kinds.close();
            }
            throw e;
        }
    }

    private FieldVector windowColumn(WindowColumn column, int index) {
        try (ColumnBuilder builder = new ColumnBuilder(output.name(index), output.type(index), allocator, count)) {
            long end = 0;
            long value = 0;
            for (int i = 0; i < count; i++) {
                if (i == 0 || ends[i] != end) {
                    end = ends[i];
                    value = column.of(windows.windowStart(end), end, times.zone());
                }
                builder.appendLong(value);
            }
            return builder.finish();
        }
    }

    @Override
    public void onWatermark(Watermark watermark, Output out) {
        if (watermark.domain() == time.domain()) {
            times.advance(watermark.millis());
        }
        out.emit(watermark);
    }
}
