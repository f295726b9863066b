package io.sabot.executor.window;

import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.aggregate.AggregateSpec;
import java.util.List;

/**
 * What an aggregation over session windows does.
 *
 * @param gapMillis a session ends when no row came for so long; sessions that touch are one
 * @param keys columns to group by, each group with sessions of its own
 * @param keyTypes their types
 * @param columns properties of the window to put out behind keys and aggregates
 * @param retracting whether rows may go as well as come
 * @param output columns of the result
 */
public record SessionAggregateSpec(
        WindowTime time,
        long gapMillis,
        List<Integer> keys,
        List<DataType> keyTypes,
        List<AggregateSpec> aggregates,
        List<WindowColumn> columns,
        boolean retracting,
        Schema output) {
    public SessionAggregateSpec {
        keys = List.copyOf(keys);
        keyTypes = List.copyOf(keyTypes);
        aggregates = List.copyOf(aggregates);
        columns = List.copyOf(columns);
        if (gapMillis <= 0) {
            throw new IllegalArgumentException("the gap of a session must be positive");
        }
        if (time.carries() != WindowTime.Carries.ROW_TIME) {
            throw new IllegalArgumentException("sessions are made from times of rows");
        }
    }

    int[] keyColumns() {
        return keys.stream().mapToInt(Integer::intValue).toArray();
    }
}
