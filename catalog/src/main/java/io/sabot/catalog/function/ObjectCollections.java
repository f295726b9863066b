package io.sabot.catalog.function;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.reflect.Array;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Arrays, lists, sets and maps: the number of their elements, then these. */
final class ObjectCollections {
    /** What stands for a declared class; orders of their own are lost. */
    private static final Map<Class<?>, Supplier<Collection<@Nullable Object>>> COLLECTIONS = Map.of(
            Collection.class, ArrayList::new,
            List.class, ArrayList::new,
            ArrayList.class, ArrayList::new,
            ArrayDeque.class, ArrayDeque::new,
            Set.class, LinkedHashSet::new,
            HashSet.class, LinkedHashSet::new,
            LinkedHashSet.class, LinkedHashSet::new,
            SortedSet.class, TreeSet::new,
            TreeSet.class, TreeSet::new);

    private static final Map<Class<?>, Supplier<Map<@Nullable Object, @Nullable Object>>> MAPS = Map.of(
            Map.class, LinkedHashMap::new,
            HashMap.class, LinkedHashMap::new,
            LinkedHashMap.class, LinkedHashMap::new,
            SortedMap.class, TreeMap::new,
            TreeMap.class, TreeMap::new);

    private ObjectCollections() {}

    static boolean isCollection(Class<?> type) {
        return COLLECTIONS.containsKey(type);
    }

    static boolean isMap(Class<?> type) {
        return MAPS.containsKey(type);
    }

    /** An array of objects whose class only a hint tells. */
    static ObjectCodec objects(ObjectCodec element) {
        return array(Object.class, element);
    }

    static ObjectCodec array(Class<?> component, ObjectCodec element) {
        return new ObjectCodec() {
            @Override
            void put(Object value, DataOutput out) throws IOException {
                if (!value.getClass().isArray()) {
                    throw new ClassCastException("no array: " + value.getClass().getName());
                }
                int length = Array.getLength(value);
                out.writeInt(length);
                for (int i = 0; i < length; i++) {
                    element.write(Array.get(value, i), out);
                }
            }

            @Override
            Object get(DataInput in) throws IOException {
                int length = in.readInt();
                Object array = Array.newInstance(component, length);
                for (int i = 0; i < length; i++) {
                    Array.set(array, i, element.read(in));
                }
                return array;
            }
        };
    }

    static ObjectCodec collection(Class<?> type, ObjectCodec element) {
        Supplier<Collection<@Nullable Object>> maker = Objects.requireNonNull(COLLECTIONS.get(type));
        return new ObjectCodec() {
            @Override
            void put(Object value, DataOutput out) throws IOException {
                Collection<?> elements = (Collection<?>) value;
                out.writeInt(elements.size());
                for (Object one : elements) {
                    element.write(one, out);
                }
            }

            @Override
            Object get(DataInput in) throws IOException {
                Collection<@Nullable Object> elements = maker.get();
                for (int left = in.readInt(); left > 0; left--) {
                    elements.add(element.read(in));
                }
                return elements;
            }
        };
    }

    static ObjectCodec map(Class<?> type, ObjectCodec key, ObjectCodec value) {
        Supplier<Map<@Nullable Object, @Nullable Object>> maker = Objects.requireNonNull(MAPS.get(type));
        return new ObjectCodec() {
            @Override
            void put(Object map, DataOutput out) throws IOException {
                Map<?, ?> entries = (Map<?, ?>) map;
                out.writeInt(entries.size());
                for (Map.Entry<?, ?> entry : entries.entrySet()) {
                    key.write(entry.getKey(), out);
                    value.write(entry.getValue(), out);
                }
            }

            @Override
            Object get(DataInput in) throws IOException {
                Map<@Nullable Object, @Nullable Object> entries = maker.get();
                for (int left = in.readInt(); left > 0; left--) {
                    entries.put(key.read(in), value.read(in));
                }
                return entries;
            }
        };
    }
}
