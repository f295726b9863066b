package io.sabot.executor.over;

import io.sabot.catalog.type.DataType;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyDecoder;
import io.sabot.executor.state.KeyEncoder;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Values of a column of rows some rows away, in whole partitions. */
final class ShiftedValues implements AutoCloseable {
    private final OverCall.Shifted call;
    private final KeyEncoder values;
    private final @Nullable KeyEncoder defaults;
    private final KeyDecoder valueDecoder;
    private final KeyDecoder defaultDecoder;

    ShiftedValues(OverCall.Shifted call, OverSpec spec, BufferAllocator allocator) {
        this.call = call;
        DataType type = spec.input().type(call.column());
        DataType defaultType = call.otherwise() < 0 ? type : spec.input().type(call.otherwise());
        this.values = KeyEncoder.ofRows(allocator, List.of(type));
        this.defaults = call.otherwise() < 0 ? null : KeyEncoder.ofRows(allocator, List.of(defaultType));
        this.valueDecoder = new KeyDecoder(List.of(type));
        this.defaultDecoder = new KeyDecoder(List.of(defaultType));
    }

    /** Appends the value for each row. */
    void write(Batch batch, Segments segments, ColumnBuilder out) {
        KeyBatch present = values.encode(batch, new int[] {call.column()});
        KeyBatch otherwise = defaults == null ? null : defaults.encode(batch, new int[] {call.otherwise()});
        List<ColumnBuilder> columns = List.of(out);
        for (int row = 0; row < segments.count(); row++) {
            long wanted = row + call.distance();
            if (wanted >= segments.first(row) && wanted < segments.end(row)) {
                int at = (int) wanted;
                valueDecoder.decode(present.address(at), present.length(at), columns, 0);
            } else if (otherwise != null) {
                defaultDecoder.decode(otherwise.address(row), otherwise.length(row), columns, 0);
            } else {
                out.appendNull();
            }
        }
    }

    @Override
    public void close() {
        values.close();
        if (defaults != null) {
            defaults.close();
        }
    }
}
