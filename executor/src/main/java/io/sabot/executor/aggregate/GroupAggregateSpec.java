package io.sabot.executor.aggregate;

import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Schema;
import java.util.List;

/**
 * What a grouping does, whatever its phase.
 *
 * @param keys columns to group by; none for one group
 * @param keyTypes their types
 * @param retracting whether rows may go as well as come
 * @param emitAtEnd whether each group leaves once, when the input has ended, and no watermark before
 * @param rowWhenEmpty whether there is a row although there is no input; only without keys
 * @param output columns of the result: keys, then aggregates (in a local phase accumulators and a count of rows)
 */
public record GroupAggregateSpec(
        List<Integer> keys,
        List<DataType> keyTypes,
        List<AggregateSpec> aggregates,
        boolean retracting,
        boolean emitAtEnd,
        boolean rowWhenEmpty,
        Schema output) {
    public GroupAggregateSpec {
        keys = List.copyOf(keys);
        keyTypes = List.copyOf(keyTypes);
        aggregates = List.copyOf(aggregates);
        if (rowWhenEmpty && !keys.isEmpty()) {
            throw new IllegalArgumentException("groups that have no rows have no keys");
        }
    }

    int[] keyColumns() {
        return keys.stream().mapToInt(Integer::intValue).toArray();
    }
}
