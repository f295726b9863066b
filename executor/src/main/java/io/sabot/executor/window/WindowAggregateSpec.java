package io.sabot.executor.window;

import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.aggregate.AggregateSpec;
import java.util.List;

/**
 * What a window aggregation does, whatever its phase.
 *
 * @param windows for input that carries pane or window ends, too, the windows that they come from
 * @param keys columns to group by, beside the window; none for one group per window
 * @param keyTypes their types
 * @param columns properties of the window to put out behind keys and aggregates; unused in a local phase
 * @param retracting whether rows may go as well as come
 * @param output columns of the result
 */
public record WindowAggregateSpec(
        Windows windows,
        WindowTime time,
        List<Integer> keys,
        List<DataType> keyTypes,
        List<AggregateSpec> aggregates,
        List<WindowColumn> columns,
        boolean retracting,
        Schema output) {
    public WindowAggregateSpec {
        keys = List.copyOf(keys);
        keyTypes = List.copyOf(keyTypes);
        aggregates = List.copyOf(aggregates);
        columns = List.copyOf(columns);
    }

    int[] keyColumns() {
        return keys.stream().mapToInt(Integer::intValue).toArray();
    }
}
