package io.sabot.executor.join;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * What joins have in common.
 *
 * @param leftKeys columns of the left input that must equal {@code rightKeys} of the right one, pair by pair, of equal types
 * @param nullSafe per pair, whether NULL equals NULL
 * @param condition what else must hold
 */
public record JoinSpec(
        JoinType type,
        Schema left,
        Schema right,
        List<Integer> leftKeys,
        List<Integer> rightKeys,
        List<Boolean> nullSafe,
        JoinCondition condition) {
    public JoinSpec {
        leftKeys = List.copyOf(leftKeys);
        rightKeys = List.copyOf(rightKeys);
        nullSafe = List.copyOf(nullSafe);
        if (leftKeys.size() != rightKeys.size() || leftKeys.size() != nullSafe.size()) {
            throw new IllegalArgumentException("keys differ in number");
        }
    }

    Schema side(int side) {
        return side == 0 ? left : right;
    }

    int[] keys(int side) {
        return (side == 0 ? leftKeys : rightKeys)
                .stream().mapToInt(Integer::intValue).toArray();
    }

    List<DataType> keyTypes() {
        return leftKeys.stream().map(left::type).toList();
    }

    static List<DataType> types(Schema schema) {
        return schema.fields().stream().map(Field::type).toList();
    }

    /** Left columns, then right columns: what the condition sees. */
    Schema joined() {
        List<Field> fields = new ArrayList<>(left.fields());
        fields.addAll(right.fields());
        return new Schema(fields);
    }

    /** Columns of the rows that leave. */
    public Schema output() {
        if (type != JoinType.MARK) {
            return type.emitsPairs() ? joined() : left;
        }
        List<Field> fields = new ArrayList<>(left.fields());
        fields.add(new Field("$mark", AtomicType.BOOLEAN.withNullable(false)));
        return new Schema(fields);
    }
}
