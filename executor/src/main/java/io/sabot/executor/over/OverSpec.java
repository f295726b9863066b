package io.sabot.executor.over;

import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.aggregate.AggregateSpec;
import io.sabot.executor.rank.SortColumn;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * OVER calls with one partition, order and frame.
 *
 * @param output columns of the input, then one per call
 */
public record OverSpec(
        Schema input,
        List<Integer> partition,
        List<SortColumn> order,
        Frame frame,
        List<OverCall> calls,
        Schema output) {
    public OverSpec {
        partition = List.copyOf(partition);
        order = List.copyOf(order);
        calls = List.copyOf(calls);
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

    /** Type of the result of a call. */
    DataType resultType(int call) {
        return output.type(input.size() + call);
    }

    /** Numbers of the calls that are aggregates. */
    int[] aggregateCalls() {
        return IntStream.range(0, calls.size())
                .filter(call -> calls.get(call) instanceof OverCall.Aggregate)
                .toArray();
    }

    List<AggregateSpec> aggregates() {
        return calls.stream()
                .filter(OverCall.Aggregate.class::isInstance)
                .map(call -> ((OverCall.Aggregate) call).spec())
                .toList();
    }

    /** Columns of results of some calls. */
    Schema results(int[] ofCalls) {
        return new Schema(Arrays.stream(ofCalls)
                .mapToObj(call -> output.fields().get(input.size() + call))
                .toList());
    }
}
