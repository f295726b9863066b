package io.sabot.connectors.parquet;

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
import java.util.Objects;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.jspecify.annotations.Nullable;

/** Takes values that were written as one Parquet type into a column of one SQL type. Bound to the builders of each batch. */
interface ParquetValue {
    /** What of the file's type is read. */
    Type requested();

    /** Gets the values. */
    Converter converter();

    void bind(ColumnBuilder target);

    /**
     * Finds out how.
     *
     * @throws FieldProblem if no value of the file's type is one of the SQL type
     */
    static ParquetValue of(Type file, DataType type) throws FieldProblem {
        if (type instanceof AtomicType atomic && file.isPrimitive() && !file.isRepetition(Repetition.REPEATED)) {
            return ParquetAtomic.of(file.asPrimitiveType(), atomic);
        }
        if (file.isPrimitive() || file.isRepetition(Repetition.REPEATED)) {
            throw mismatch(file, type);
        }
        GroupType group = file.asGroupType();
        LogicalTypeAnnotation logical = group.getLogicalTypeAnnotation();
        if (type instanceof RowType row && logical == null) {
            return row(group, row);
        }
        boolean isOfOne = group.getFieldCount() == 1 && group.getType(0).isRepetition(Repetition.REPEATED);
        if (type instanceof ArrayType array
                && isOfOne
                && logical instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation) {
            return list(group, array);
        }
        boolean isMap = isOfOne
                && (logical instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation
                        || logical instanceof LogicalTypeAnnotation.MapKeyValueTypeAnnotation);
        if (type instanceof MapType map && isMap) {
            return map(group, type, map.key(), map.value());
        }
        if (type instanceof MultisetType multiset && isMap) {
            return map(group, type, multiset.element(), AtomicType.INT.withNullable(false));
        }
        throw mismatch(file, type);
    }

    static FieldProblem mismatch(Type file, DataType type) {
        return new FieldProblem(
                "", "the file says '" + file.toString().strip() + "', which is not read as " + type.name());
    }

    /** The same for a field inside another; problems name it. */
    static ParquetValue inside(Type field, DataType type) throws FieldProblem {
        try {
            return of(field, type);
        } catch (FieldProblem problem) {
            throw problem.inside(field.getName());
        }
    }

    private static ParquetValue row(GroupType group, RowType row) throws FieldProblem {
        List<ParquetValue> fields = new ArrayList<>();
        List<Integer> children = new ArrayList<>();
        for (int i = 0; i < row.fields().size(); i++) {
            Field field = row.fields().get(i);
            if (group.containsField(field.name())) {
                fields.add(inside(group.getType(field.name()), field.type()));
                children.add(i);
            }
        }
        if (fields.isEmpty()) {
            throw new FieldProblem("", "the file has no field of the ROW: its fields are " + names(group));
        }
        return new Group(group.withNewFields(requested(fields)), fields) {
            @Override
            void bindFields(ColumnBuilder target) {
                for (int i = 0; i < children.size(); i++) {
                    fields.get(i).bind(target.child(children.get(i)));
                }
            }

            @Override
            public void end() {
                int at = target().rowCount();
                for (int i = 0; i < row.fields().size(); i++) {
                    if (target().child(i).rowCount() == at) {
                        target().child(i).appendNull();
                    }
                }
                target().appendStruct();
            }
        };
    }

    private static String names(GroupType group) {
        return String.join(", ", group.getFields().stream().map(Type::getName).toList());
    }

    private static List<Type> requested(List<ParquetValue> values) {
        return values.stream().map(ParquetValue::requested).toList();
    }

    /** A group of three levels as the format has it now, or of two as it was written first. */
    private static ParquetValue list(GroupType group, ArrayType array) throws FieldProblem {
        Type repeated = group.getType(0);
        boolean twoLevels = repeated.isPrimitive()
                || repeated.asGroupType().getFieldCount() != 1
                || repeated.getName().equals("array")
                || repeated.getName().equals(group.getName() + "_tuple");
        if (twoLevels) {
            ParquetValue element = of(required(repeated), array.element());
            Type inner = element.requested().isPrimitive()
                    ? repeated
                    : repeated.asGroupType()
                            .withNewFields(element.requested().asGroupType().getFields());
            return new Elements(group.withNewFields(inner), element, element.converter());
        }
        ParquetValue element = inside(repeated.asGroupType().getType(0), array.element());
        Type inner = repeated.asGroupType().withNewFields(element.requested());
        return new Elements(group.withNewFields(inner), element, new Repeated(List.of(element)) {
            @Override
            public void end() {
                padTo(0, before() + 1);
            }
        });
    }

    private static Type required(Type repeated) {
        return repeated.isPrimitive()
                ? new PrimitiveType(
                                Repetition.REQUIRED,
                                repeated.asPrimitiveType().getPrimitiveTypeName(),
                                repeated.asPrimitiveType().getTypeLength(),
                                repeated.getName())
                        .withLogicalTypeAnnotation(repeated.getLogicalTypeAnnotation())
                : new GroupType(
                        Repetition.REQUIRED,
                        repeated.getName(),
                        repeated.asGroupType().getFields());
    }

    private static ParquetValue map(GroupType group, DataType type, DataType key, DataType value) throws FieldProblem {
        Type repeated = group.getType(0);
        if (repeated.isPrimitive() || repeated.asGroupType().getFieldCount() != 2) {
            throw mismatch(group, type);
        }
        ParquetValue keys = inside(repeated.asGroupType().getType(0), key);
        ParquetValue values = inside(repeated.asGroupType().getType(1), value);
        Type inner = repeated.asGroupType().withNewFields(keys.requested(), values.requested());
        Repeated entries = new Repeated(List.of(keys, values)) {
            @Override
            public void end() {
                padTo(0, before() + 1);
                padTo(1, before() + 1);
                target().appendStruct();
            }
        };
        return new Group(group.withNewFields(inner), List.of(keys, values)) {
            @Override
            void bindFields(ColumnBuilder target) {
                ColumnBuilder pairs = target.child(0);
                entries.bind(pairs);
                keys.bind(pairs.child(0));
                values.bind(pairs.child(1));
                entries.children(List.of(pairs.child(0), pairs.child(1)));
            }

            @Override
            public Converter getConverter(int field) {
                return entries;
            }

            @Override
            public void end() {
                target().appendList();
            }
        };
    }

    /** A group that is a value. */
    abstract class Group extends GroupConverter implements ParquetValue {
        private final Type requested;
        private final List<ParquetValue> fields;
        private @Nullable ColumnBuilder target;

        Group(Type requested, List<ParquetValue> fields) {
            this.requested = requested;
            this.fields = fields;
        }

        @Override
        public Type requested() {
            return requested;
        }

        @Override
        public Converter converter() {
            return this;
        }

        @Override
        public void bind(ColumnBuilder builder) {
            target = builder;
            bindFields(builder);
        }

        abstract void bindFields(ColumnBuilder builder);

        ColumnBuilder target() {
            return Objects.requireNonNull(target);
        }

        @Override
        public Converter getConverter(int field) {
            return fields.get(field).converter();
        }

        @Override
        public void start() {}
    }

    /** An array: the converter of what is repeated gets the elements. */
    final class Elements extends Group {
        private final ParquetValue element;
        private final Converter repeated;

        Elements(Type requested, ParquetValue element, Converter repeated) {
            super(requested, List.of(element));
            this.element = element;
            this.repeated = repeated;
        }

        @Override
        void bindFields(ColumnBuilder target) {
            element.bind(target.child(0));
            if (repeated instanceof Repeated group) {
                group.children(List.of(target.child(0)));
            }
        }

        @Override
        public Converter getConverter(int field) {
            return repeated;
        }

        @Override
        public void end() {
            target().appendList();
        }
    }

    /** The group between a list or map and its values, which may leave out those that are NULL. */
    abstract class Repeated extends GroupConverter {
        private final List<ParquetValue> values;
        private List<ColumnBuilder> children = List.of();
        private @Nullable ColumnBuilder target;
        private int before;

        Repeated(List<ParquetValue> values) {
            this.values = values;
        }

        void bind(ColumnBuilder builder) {
            target = builder;
        }

        void children(List<ColumnBuilder> builders) {
            children = builders;
        }

        ColumnBuilder target() {
            return Objects.requireNonNull(target);
        }

        int before() {
            return before;
        }

        void padTo(int child, int rows) {
            if (children.get(child).rowCount() < rows) {
                children.get(child).appendNull();
            }
        }

        @Override
        public Converter getConverter(int field) {
            return values.get(field).converter();
        }

        @Override
        public void start() {
            before = children.get(0).rowCount();
        }
    }
}
