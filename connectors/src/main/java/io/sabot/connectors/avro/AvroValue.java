package io.sabot.connectors.avro;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.MultisetType;
import io.sabot.catalog.type.RowType;
import io.sabot.connectors.record.FieldProblem;
import io.sabot.executor.batch.ColumnBuilder;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Reads values that were written with one schema into a column of one SQL type. */
interface AvroValue {
    /** Appends the value that stands next. */
    void read(AvroInput input, ColumnBuilder target) throws FieldProblem;

    /**
     * A reader.
     *
     * @throws FieldProblem if no value of the schema is one of the type
     */
    static AvroValue of(Schema writer, DataType type) throws FieldProblem {
        if (writer.getType() == Schema.Type.UNION) {
            return union(writer, type);
        }
        if (writer.getType() == Schema.Type.NULL) {
            return (input, target) -> target.appendNull();
        }
        if (type instanceof AtomicType atomic) {
            return AvroAtomic.of(writer, atomic);
        }
        if (type instanceof RowType row && writer.getType() == Schema.Type.RECORD) {
            return row(writer, row);
        }
        if (type instanceof ArrayType array && writer.getType() == Schema.Type.ARRAY) {
            return array(of(writer.getElementType(), array.element()));
        }
        if (type instanceof MapType map && writer.getType() == Schema.Type.MAP) {
            return map(AvroAtomic.text(map.key()), of(writer.getValueType(), map.value()));
        }
        if (type instanceof MultisetType multiset && writer.getType() == Schema.Type.MAP) {
            return map(
                    AvroAtomic.text(multiset.element()), of(writer.getValueType(), AtomicType.INT.withNullable(false)));
        }
        throw mismatch(writer, type);
    }

    static FieldProblem mismatch(Schema writer, DataType type) {
        String logical = writer.getLogicalType() == null
                ? ""
                : " (" + writer.getLogicalType().getName() + ")";
        return new FieldProblem(
                "",
                "the schema says " + writer.getType().getName() + logical + ", which is not read as " + type.name());
    }

    private static AvroValue union(Schema writer, DataType type) throws FieldProblem {
        List<AvroValue> branches = new ArrayList<>();
        for (Schema branch : writer.getTypes()) {
            branches.add(of(branch, type));
        }
        return (input, target) ->
                branches.get(AvroSkip.branchIndex(writer, input)).read(input, target);
    }

    private static AvroValue row(Schema writer, RowType row) throws FieldProblem {
        int count = writer.getFields().size();
        @Nullable AvroValue[] readers = new AvroValue[count];
        int[] children = new int[count];
        for (int i = 0; i < count; i++) {
            Schema.Field field = writer.getFields().get(i);
            for (int child = 0; child < row.fields().size(); child++) {
                Field wanted = row.fields().get(child);
                if (wanted.name().equals(field.name())) {
                    children[i] = child;
                    readers[i] = inside(field, wanted.type());
                }
            }
        }
        int width = row.fields().size();
        return (input, target) -> {
            int at = target.rowCount();
            for (int i = 0; i < count; i++) {
                AvroValue reader = readers[i];
                if (reader == null) {
                    AvroSkip.skip(writer.getFields().get(i).schema(), input);
                } else {
                    reader.read(input, target.child(children[i]));
                }
            }
            for (int child = 0; child < width; child++) {
                if (target.child(child).rowCount() == at) {
                    target.child(child).appendNull();
                }
            }
            target.appendStruct();
        };
    }

    /** A reader of a field; problems name it. */
    static AvroValue inside(Schema.Field field, DataType type) throws FieldProblem {
        try {
            return of(field.schema(), type);
        } catch (FieldProblem problem) {
            throw problem.inside(field.name());
        }
    }

    private static AvroValue array(AvroValue element) {
        return (input, target) -> {
            for (long left = input.nextBlock(); left > 0; left = input.nextBlock()) {
                for (long i = 0; i < left; i++) {
                    element.read(input, target.child(0));
                }
            }
            target.appendList();
        };
    }

    private static AvroValue map(AvroValue key, AvroValue value) {
        return (input, target) -> {
            ColumnBuilder entries = target.child(0);
            for (long left = input.nextBlock(); left > 0; left = input.nextBlock()) {
                for (long i = 0; i < left; i++) {
                    key.read(input, entries.child(0));
                    value.read(input, entries.child(1));
                    entries.appendStruct();
                }
            }
            target.appendList();
        };
    }
}
