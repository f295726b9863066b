package io.sabot.shell.output;

import java.lang.reflect.Array;
import java.sql.SQLException;
import java.sql.Struct;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns JDBC's arrays and structs, to any depth, into lists and maps. */
final class NestedValue {
    private NestedValue() {}

    static @Nullable Object plain(@Nullable Object value) throws SQLException {
        if (value instanceof java.sql.Array array) {
            return plain(array.getArray());
        }
        if (value instanceof Struct struct) {
            return elements(struct.getAttributes());
        }
        if (value instanceof List<?> list) {
            return elements(list.toArray());
        }
        if (value instanceof Map<?, ?> map) {
            Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                entries.put(plain(entry.getKey()), plain(entry.getValue()));
            }
            return entries;
        }
        if (value != null && value.getClass().isArray() && !(value instanceof byte[])) {
            return elements(value);
        }
        return value;
    }

    private static List<@Nullable Object> elements(Object array) throws SQLException {
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            elements.add(plain(Array.get(array, i)));
        }
        return elements;
    }
}
