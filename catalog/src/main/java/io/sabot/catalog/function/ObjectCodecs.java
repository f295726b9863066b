package io.sabot.catalog.function;

import io.sabot.catalog.CatalogException;
import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.MultisetType;
import io.sabot.catalog.type.RowType;
import io.sabot.function.DataTypeHint;
import io.sabot.function.Row;
import java.lang.reflect.Constructor;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds out how accumulators become bytes: from the class, or from the hint where there is one. A class of the user goes field
 * by field, also private ones; it needs a constructor without arguments.
 */
final class ObjectCodecs {
    private static final String HINT =
            "use numbers, texts, times, arrays, List, Map, Set, classes with such fields, or Row with a hint: "
                    + "@FunctionHint(accumulator = @DataTypeHint(\"ROW<a INT, b STRING>\"))";

    private final FunctionClass function;
    /** Classes whose fields are being looked at. */
    private final Set<Class<?>> open = new HashSet<>();

    ObjectCodecs(FunctionClass function) {
        this.function = function;
    }

    /** @param hint the type in SQL; empty for what the class says */
    ObjectCodec of(String hint, Type java) {
        return hint.isEmpty() ? of(java) : of(function.hints().apply(hint), java);
    }

    private ObjectCodec of(DataType type, Type java) {
        if (type instanceof RowType row && java == Row.class) {
            return new ObjectFields.OfRow(row.fields().stream()
                    .map(Field::type)
                    .map(field -> of(field, Object.class))
                    .toList());
        }
        if (java != Object.class && java != Row.class) {
            return of(java);
        }
        if (type instanceof RowType) {
            return of(type, Row.class);
        }
        if (type instanceof ArrayType array) {
            return ObjectCollections.objects(of(array.element(), Object.class));
        }
        if (type instanceof MapType map) {
            return ObjectCollections.map(
                    java.util.Map.class, of(map.key(), Object.class), of(map.value(), Object.class));
        }
        if (type instanceof MultisetType multiset) {
            return ObjectCollections.map(java.util.Map.class, of(multiset.element(), Object.class), of(Integer.class));
        }
        return ObjectAtoms.of(((AtomicType) type).kind());
    }

    private ObjectCodec of(Type java) {
        if (java instanceof Class<?> plain) {
            ObjectCodec atom = ObjectAtoms.of(plain);
            if (atom != null) {
                return atom;
            }
            if (plain.isArray()) {
                return ObjectCollections.array(plain.getComponentType(), of(plain.getComponentType()));
            }
            return fields(plain);
        }
        if (java instanceof GenericArrayType array
                && array.getGenericComponentType() instanceof ParameterizedType element) {
            return ObjectCollections.array((Class<?>) element.getRawType(), of(element));
        }
        if (java instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            Type[] arguments = generic.getActualTypeArguments();
            if (ObjectCollections.isCollection(raw)) {
                return ObjectCollections.collection(raw, of(arguments[0]));
            }
            if (ObjectCollections.isMap(raw)) {
                return ObjectCollections.map(raw, of(arguments[0]), of(arguments[1]));
            }
        }
        throw refused("class " + java.getTypeName() + " in its accumulator cannot be kept");
    }

    private CatalogException refused(String why) {
        return function.invalid(why, HINT);
    }

    private ObjectCodec fields(Class<?> type) {
        boolean known = type.getName().startsWith("java.") || type == Row.class;
        if (known || type.isInterface() || type.isEnum() || Modifier.isAbstract(type.getModifiers())) {
            throw refused("class " + type.getName() + " in its accumulator cannot be kept");
        }
        if (!open.add(type)) {
            throw refused("class " + type.getName() + " in its accumulator contains itself");
        }
        List<java.lang.reflect.Field> fields = new ArrayList<>();
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            Arrays.stream(at.getDeclaredFields())
                    .filter(field ->
                            !Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers()))
                    .forEach(fields::add);
        }
        fields.sort(Comparator.comparing(
                field -> field.getName() + " " + field.getDeclaringClass().getName()));
        List<ObjectCodec> codecs = fields.stream()
                .map(field -> of(FunctionClass.value(field.getAnnotation(DataTypeHint.class)), field.getGenericType()))
                .toList();
        open.remove(type);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            fields.forEach(field -> field.setAccessible(true));
            return new ObjectFields.OfClass(constructor, fields, codecs);
        } catch (NoSuchMethodException e) {
            throw refused(
                    "class " + type.getName()
                            + " in its accumulator has no constructor without arguments; make it static if it is an inner class");
        }
    }
}
