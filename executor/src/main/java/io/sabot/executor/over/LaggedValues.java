package io.sabot.executor.over;

import io.sabot.catalog.type.DataType;
import io.sabot.executor.batch.Arena;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyDecoder;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.state.KeyLayout;
import io.sabot.executor.state.OrderedCursor;
import io.sabot.executor.state.OrderedSpec;
import io.sabot.executor.state.OrderedTable;
import io.sabot.executor.state.StateBound;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values of rows some rows before, of rows that come in order.
 *
 * <pre>
 *   lag-N: (partition; number of the row) → value; as many per partition as the distance
 * </pre>
 */
final class LaggedValues {
    private final OverCall.Shifted call;
    private final OrderedTable table;
    private final OrderedCursor cursor;
    private final KeyEncoder values;
    private final @Nullable KeyEncoder defaults;
    private final KeyDecoder valueDecoder;
    private final KeyDecoder defaultDecoder;
    private final Arena arena;

    LaggedValues(String name, OverCall.Shifted call, OverSpec spec, KeyLayout partitions, OperatorContext context) {
        this.call = call;
        DataType type = spec.input().type(call.column());
        DataType defaultType = call.otherwise() < 0 ? type : spec.input().type(call.otherwise());
        this.table = context.state().orderedTable(name, new OrderedSpec(partitions, 0, StateBound.KEYS));
        this.cursor = table.cursor();
        this.values = context.own(KeyEncoder.ofRows(context.allocator(), List.of(type)));
        this.defaults =
                call.otherwise() < 0 ? null : context.own(KeyEncoder.ofRows(context.allocator(), List.of(defaultType)));
        this.valueDecoder = new KeyDecoder(List.of(type));
        this.defaultDecoder = new KeyDecoder(List.of(defaultType));
        this.arena = context.own(new Arena(context.allocator()));
    }

    /** Appends the value for each row. */
    void write(Batch batch, KeyBatch keys, Places places, ColumnBuilder out) {
        KeyBatch present = values.encode(batch, new int[] {call.column()});
        KeyBatch otherwise = defaults == null ? null : defaults.encode(batch, new int[] {call.otherwise()});
        List<ColumnBuilder> columns = List.of(out);
        for (int row = 0; row < batch.rowCount(); row++) {
            long number = places.rowNumber(row);
            table.resolve(keys, row, 0, 0, number, present.address(row), present.length(row));
            cursor.seek(keys, row, 0, 0, number + call.distance());
            if (number + call.distance() > 0 && cursor.next()) {
                arena.clear();
                int length = cursor.rowLength();
                long position = arena.append(cursor.rowAddress(), length);
                valueDecoder.decode(arena.address(position), length, columns, 0);
                cursor.remove();
            } else if (otherwise != null) {
                defaultDecoder.decode(otherwise.address(row), otherwise.length(row), columns, 0);
            } else {
                out.appendNull();
            }
        }
    }
}
