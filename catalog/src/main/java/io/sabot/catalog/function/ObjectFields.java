package io.sabot.catalog.function;

import io.sabot.function.Row;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.List;

/** Objects that consist of others. */
final class ObjectFields {
    private ObjectFields() {}

    /** Rows; all have as many fields. */
    static final class OfRow extends ObjectCodec {
        private final List<ObjectCodec> fields;

        OfRow(List<ObjectCodec> fields) {
            this.fields = List.copyOf(fields);
        }

        @Override
        void put(Object value, DataOutput out) throws IOException {
            Row row = (Row) value;
            if (row.getArity() != fields.size()) {
                throw new ClassCastException("a row of " + row.getArity() + " fields in place of " + fields.size());
            }
            for (int i = 0; i < fields.size(); i++) {
                fields.get(i).write(row.getField(i), out);
            }
        }

        @Override
        Object get(DataInput in) throws IOException {
            Row row = new Row(fields.size());
            for (int i = 0; i < fields.size(); i++) {
                row.setField(i, fields.get(i).read(in));
            }
            return row;
        }
    }

    /** Objects of a class of the user. */
    static final class OfClass extends ObjectCodec {
        private final Constructor<?> constructor;
        private final List<Field> fields;
        private final List<ObjectCodec> codecs;

        /** @param fields that can be reached */
        OfClass(Constructor<?> constructor, List<Field> fields, List<ObjectCodec> codecs) {
            this.constructor = constructor;
            this.fields = List.copyOf(fields);
            this.codecs = List.copyOf(codecs);
        }

        @Override
        void put(Object value, DataOutput out) throws IOException {
            try {
                for (int i = 0; i < codecs.size(); i++) {
                    codecs.get(i).write(fields.get(i).get(value), out);
                }
            } catch (IllegalArgumentException e) {
                throw new ClassCastException(String.valueOf(e.getMessage()));
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        Object get(DataInput in) throws IOException {
            try {
                Object value = constructor.newInstance();
                for (int i = 0; i < codecs.size(); i++) {
                    fields.get(i).set(value, codecs.get(i).read(in));
                }
                return value;
            } catch (ReflectiveOperationException e) {
                throw new IOException("an accumulator cannot be made: " + e, e);
            }
        }
    }
}
