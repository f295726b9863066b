package io.sabot.executor.rank;

import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import java.util.List;

/**
 * Which rows of each partition are kept.
 *
 * @param from lowest rank, from 1 on
 * @param to highest rank; {@link Long#MAX_VALUE} means all
 * @param output columns of the input, then the rank as BIGINT if it is asked for
 */
public record RankSpec(
        Schema input,
        RankFunction function,
        List<Integer> partition,
        List<SortColumn> order,
        long from,
        long to,
        Schema output) {
    public RankSpec {
        partition = List.copyOf(partition);
        order = List.copyOf(order);
    }

    boolean withRank() {
        return output.size() > input.size();
    }

    List<DataType> rowTypes() {
        return input.fields().stream().map(Field::type).toList();
    }

    List<DataType> partitionTypes() {
        return partition.stream().map(input::type).toList();
    }

    int[] partitionColumns() {
        return partition.stream().mapToInt(Integer::intValue).toArray();
    }
}
