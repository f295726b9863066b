package io.sabot.connectors.parquet;

import io.sabot.connectors.record.FieldProblem;
import io.sabot.connectors.record.Wanted;
import io.sabot.executor.batch.ColumnBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/** Puts the values of one record where they belong, as Parquet's library hands them out. */
final class RowAssembly extends RecordMaterializer<Boolean> {
    private final MessageType schema;
    private final Fields root;
    private final List<ParquetValue> values;
    private final List<Integer> columns;

    private RowAssembly(MessageType schema, Fields root, List<ParquetValue> values, List<Integer> columns) {
        this.schema = schema;
        this.root = root;
        this.values = values;
        this.columns = columns;
    }

    /** Fields of a group, each taken on its own. */
    private static final class Fields extends GroupConverter {
        private final List<Converter> converters = new ArrayList<>();

        @Override
        public Converter getConverter(int field) {
            return converters.get(field);
        }

        @Override
        public void start() {}

        @Override
        public void end() {}
    }

    static RowAssembly of(MessageType file, Wanted wanted) throws FieldProblem {
        List<ParquetValue> values = new ArrayList<>();
        List<Integer> columns = new ArrayList<>();
        Fields root = new Fields();
        List<Type> requested = fields(file, wanted, root, values, columns);
        return new RowAssembly(new MessageType(file.getName(), requested), root, values, columns);
    }

    private static List<Type> fields(
            GroupType group, Wanted wanted, Fields target, List<ParquetValue> values, List<Integer> columns)
            throws FieldProblem {
        List<Type> requested = new ArrayList<>();
        for (Map.Entry<String, Wanted> field : wanted.fields().entrySet()) {
            String name = field.getKey();
            if (!group.containsField(name)) {
                continue;
            }
            Type type = group.getType(name);
            if (field.getValue().isColumn()) {
                ParquetValue value = ParquetValue.inside(type, field.getValue().type());
                values.add(value);
                columns.add(field.getValue().column());
                requested.add(value.requested());
                target.converters.add(value.converter());
            } else if (type.isPrimitive() || type.isRepetition(Repetition.REPEATED)) {
                throw new FieldProblem(name, "the file says '" + type.toString().strip() + "', which has no fields");
            } else {
                Fields inner = new Fields();
                List<Type> parts = fields(type.asGroupType(), field.getValue(), inner, values, columns);
                if (!parts.isEmpty()) {
                    requested.add(type.asGroupType().withNewFields(parts));
                    target.converters.add(inner);
                }
            }
        }
        return requested;
    }

    /** What is read of the file. */
    MessageType schema() {
        return schema;
    }

    void bind(ColumnBuilder[] targets) {
        for (int i = 0; i < values.size(); i++) {
            values.get(i).bind(targets[columns.get(i)]);
        }
    }

    @Override
    public Boolean getCurrentRecord() {
        return true;
    }

    @Override
    public GroupConverter getRootConverter() {
        return root;
    }
}
