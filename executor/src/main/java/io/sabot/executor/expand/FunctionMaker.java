package io.sabot.executor.expand;

import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.JavaCall;
import io.sabot.executor.batch.JavaValues;
import io.sabot.executor.expression.Projector;
import io.sabot.function.Collector;
import io.sabot.function.Row;
import io.sabot.function.TableFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/** Makes rows by a table function of a user. */
public final class FunctionMaker implements RowMaker {
    private final Projector arguments;
    private final JavaCall call;
    private final DataType result;
    private final Schema schema;
    private final List<@Nullable Object> collected = new ArrayList<>();
    private int[] parents = new int[256];
    private int[] positions = new int[256];

    /**
     * Owns arguments and call.
     *
     * @param columns what is made
     */
    public FunctionMaker(Projector arguments, JavaCall call, DataType result, List<Field> columns) {
        this.arguments = arguments;
        this.call = call;
        this.result = result;
        this.schema = new Schema(columns);
        collectFrom(call.target());
    }

    @SuppressWarnings("unchecked") // the collector takes rows of any class
    private void collectFrom(Object target) {
        ((TableFunction<Object>) target).setCollector(new Collector<>() {
            @Override
            public void collect(Object row) {
                collected.add(row);
            }

            @Override
            public void close() {}
        });
    }

    @Override
    public MadeRows make(Batch batch, BufferAllocator allocator) {
        List<FieldVector> values = arguments.project(batch, null, allocator);
        try (BatchBuilder builder = new BatchBuilder(schema, allocator, batch.rowCount())) {
            int count = 0;
            for (int row = 0; row < batch.rowCount(); row++) {
                call.call(values, row);
                for (Object made : collected) {
                    append(builder, made);
                    if (count == parents.length) {
                        parents = Arrays.copyOf(parents, count * 2);
                        positions = Arrays.copyOf(positions, count * 2);
                    }
                    parents[count] = row;
                    positions[count] = count++;
                }
                collected.clear();
            }
            List<FieldVector> columns = new ArrayList<>();
            for (int c = 0; c < builder.columnCount(); c++) {
                columns.add(builder.column(c).finish());
            }
            return new MadeRows(columns, parents, positions, count, columns);
        } finally {
            collected.clear();
            values.forEach(FieldVector::close);
        }
    }

    private void append(BatchBuilder builder, @Nullable Object made) {
        try {
            if (!(result instanceof RowType row)) {
                JavaValues.append(builder.column(0), result, made);
            } else {
                Row fields = (Row) made;
                for (int c = 0; c < row.fields().size(); c++) {
                    JavaValues.append(
                            builder.column(c), row.fields().get(c).type(), fields == null ? null : fields.getField(c));
                }
            }
            builder.endRow();
        } catch (ClassCastException | ArithmeticException | ArrayIndexOutOfBoundsException e) {
            throw call.badResult(e);
        }
    }

    @Override
    public void close() {
        arguments.close();
        call.close();
    }
}
