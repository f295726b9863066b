package io.sabot.executor.expression;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.MapType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.rex.RexCall;
import org.jspecify.annotations.Nullable;

/**
 * Functions of arrays and maps, one value at a time. Elements are brought to the type of the result's elements before, so
 * that they compare; NULL is an element like any other.
 */
final class ArrayFunctions {
    private ArrayFunctions() {}

    static void declare(Functions functions) {
        functions.declare("ARRAY", ArrayFunctions::construct);
        functions.declare("MAP", ArrayFunctions::constructMap);
        functions.declare("ITEM", ItemNode::compile);
        functions.row(
                "CARDINALITY",
                (a, x) ->
                        a[0] instanceof Map<?, ?> map ? map.size() : list(a[0]).size());
        functions.row("ELEMENT", (a, x) -> only(list(a[0])));
        append(functions, "ARRAY_APPEND", false);
        append(functions, "ARRAY_PREPEND", true);
        alike(functions, "ARRAY_CONCAT", lists -> {
            List<@Nullable Object> all = new ArrayList<>();
            lists.forEach(all::addAll);
            return all;
        });
        alike(functions, "ARRAY_DISTINCT", lists -> distinct(lists.get(0)));
        alike(functions, "ARRAY_UNION", lists -> {
            List<@Nullable Object> all = new ArrayList<>(lists.get(0));
            all.addAll(lists.get(1));
            return distinct(all);
        });
        alike(functions, "ARRAY_INTERSECT", lists -> both(lists.get(0), lists.get(1)));
        alike(functions, "ARRAY_EXCEPT", lists -> without(lists.get(0), lists.get(1)));
        alike(functions, "ARRAY_REVERSE", lists -> {
            List<@Nullable Object> reversed = new ArrayList<>(lists.get(0));
            Collections.reverse(reversed);
            return reversed;
        });
        searched(functions, "ARRAY_CONTAINS", (list, element) -> list.contains(element));
        functions.declare("ARRAY_POSITION", ArrayFunctions::position);
        functions.declare("ARRAY_REMOVE", ArrayFunctions::remove);
        functions.row("ARRAY_MAX", (a, x) -> extreme(list(a[0]), 1));
        functions.row("ARRAY_MIN", (a, x) -> extreme(list(a[0]), -1));
        functions.row("ARRAY_JOIN", (a, x) -> join(list(a[0]), text(a[1]), a.length > 2 ? text(a[2]) : null));
        functions.row("ARRAY_SLICE", (a, x) -> slice(list(a[0]), number(a[1]), a.length > 2 ? number(a[2]) : -1));
        functions.row(
                "ARRAY_SORT",
                (a, x) -> sort(
                        list(a[0]),
                        a.length < 2 || (Boolean) a[1],
                        a.length > 2 ? (Boolean) a[2] : a.length < 2 || (Boolean) a[1]));
        functions.row("MAP_KEYS", (a, x) -> new ArrayList<>(((Map<?, ?>) a[0]).keySet()));
        functions.row("MAP_VALUES", (a, x) -> new ArrayList<>(((Map<?, ?>) a[0]).values()));
        functions.row("MAP_ENTRIES", (a, x) -> entries((Map<?, ?>) a[0]));
        functions.row("MAP_FROM_ARRAYS", (a, x) -> zip(list(a[0]), list(a[1])));
        functions.declare("MAP_UNION", (call, c) -> {
            DataType type = RexTypes.of(call.getType());
            List<Node> operands = cast(call, c, List.of(), type);
            return operands == null ? null : Functions.row(call, c, operands, (a, x) -> union(a));
        });
    }

    private static List<@Nullable Object> list(Object argument) {
        return new ArrayList<>((List<?>) argument);
    }

    private static String text(Object argument) {
        return TextFunctions.text(argument);
    }

    private static int number(Object argument) {
        return ((Number) argument).intValue();
    }

    /** The operands in these types, the last one for the rest; null when one cannot be cast. */
    private static @Nullable List<Node> cast(RexCall call, Compilation c, List<DataType> types, DataType rest) {
        List<Node> result = new ArrayList<>();
        List<Node> operands = c.compileOperands(call);
        for (int i = 0; i < operands.size(); i++) {
            DataType type = i < types.size() ? types.get(i) : rest;
            Node casted = CastRules.cast(operands.get(i), type, c, c.origin(call), false);
            if (casted == null) {
                return null;
            }
            result.add(casted);
        }
        return result;
    }

    private static @Nullable Node construct(RexCall call, Compilation c) {
        if (!(RexTypes.of(call.getType()) instanceof ArrayType type)) {
            return null;
        }
        List<Node> operands = cast(call, c, List.of(), type.element());
        return operands == null
                ? null
                : Functions.nullableRow(call, c, operands, (a, x) -> {
                    List<@Nullable Object> elements = new ArrayList<>(a.length);
                    Collections.addAll(elements, a);
                    return elements;
                });
    }

    private static @Nullable Node constructMap(RexCall call, Compilation c) {
        if (!(RexTypes.of(call.getType()) instanceof MapType type)) {
            return null;
        }
        List<DataType> types = new ArrayList<>();
        for (int i = 0; i < call.getOperands().size(); i++) {
            types.add(i % 2 == 0 ? type.key() : type.value());
        }
        List<Node> operands = cast(call, c, types, type.value());
        return operands == null
                ? null
                : Functions.nullableRow(call, c, operands, (a, x) -> {
                    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
                    for (int i = 0; i < a.length; i += 2) {
                        map.put(a[i], a[i + 1]);
                    }
                    return map;
                });
    }

    private static @Nullable Object only(List<@Nullable Object> list) {
        if (list.size() > 1) {
            throw new IllegalArgumentException("the array has " + list.size() + " elements, ELEMENT takes one");
        }
        return list.isEmpty() ? null : list.get(0);
    }

    private static void append(Functions functions, String name, boolean first) {
        functions.declare(name, (call, c) -> {
            if (!(RexTypes.of(call.getType()) instanceof ArrayType type)) {
                return null;
            }
            List<Node> operands = cast(call, c, List.of(type), type.element());
            return operands == null
                    ? null
                    : Functions.nullableRow(call, c, operands, (a, x) -> {
                        if (a[0] == null) {
                            return null;
                        }
                        List<@Nullable Object> elements = list(a[0]);
                        elements.add(first ? 0 : elements.size(), a[1]);
                        return elements;
                    });
        });
    }

    @FunctionalInterface
    private interface ListFunction {
        Collection<?> of(List<List<@Nullable Object>> lists);
    }

    /** A function of arrays that all have the result's type. */
    private static void alike(Functions functions, String name, ListFunction function) {
        functions.declare(name, (call, c) -> {
            List<Node> operands = cast(call, c, List.of(), RexTypes.of(call.getType()));
            return operands == null
                    ? null
                    : Functions.row(call, c, operands, (a, x) -> {
                        List<List<@Nullable Object>> lists = new ArrayList<>();
                        for (Object list : a) {
                            lists.add(keyed(list(list)));
                        }
                        return new ArrayList<>(function.of(lists));
                    });
        });
    }

    /** Rows as lists, which know when they are equal. */
    private static List<@Nullable Object> keyed(List<@Nullable Object> elements) {
        elements.replaceAll(element -> element instanceof Object[] row ? Arrays.asList(row) : element);
        return elements;
    }

    private static Set<@Nullable Object> distinct(List<@Nullable Object> elements) {
        return new LinkedHashSet<>(elements);
    }

    private static Set<@Nullable Object> both(List<@Nullable Object> elements, List<@Nullable Object> others) {
        Set<@Nullable Object> result = new LinkedHashSet<>(elements);
        result.retainAll(new LinkedHashSet<>(others));
        return result;
    }

    private static Set<@Nullable Object> without(List<@Nullable Object> elements, List<@Nullable Object> others) {
        Set<@Nullable Object> result = new LinkedHashSet<>(elements);
        others.forEach(result::remove);
        return result;
    }

    @FunctionalInterface
    private interface Search {
        @Nullable
        Object of(List<@Nullable Object> list, @Nullable Object element);
    }

    private static void searched(Functions functions, String name, Search search) {
        functions.declare(name, (call, c) -> search(call, c, search));
    }

    /** Looks for an element, NULL too, in an array that is not NULL. */
    private static @Nullable Node search(RexCall call, Compilation c, Search search) {
        List<Node> operands = searchOperands(call, c);
        return operands == null
                ? null
                : Functions.nullableRow(
                        call, c, operands, (a, x) -> a[0] == null ? null : search.of(keyed(list(a[0])), key(a[1])));
    }

    private static @Nullable Object key(@Nullable Object element) {
        return element instanceof Object[] row ? Arrays.asList(row) : element;
    }

    private static @Nullable List<Node> searchOperands(RexCall call, Compilation c) {
        DataType array = RexTypes.of(call.getOperands().get(0).getType());
        DataType element = RexTypes.of(call.getOperands().get(1).getType());
        if (!(array instanceof ArrayType type)) {
            return null;
        }
        DataType common = ComparisonRules.commonElement(type.element(), element);
        return cast(call, c, List.of(new ArrayType(common, true)), common);
    }

    private static @Nullable Node position(RexCall call, Compilation c) {
        List<Node> operands = searchOperands(call, c);
        return operands == null
                ? null
                : Functions.row(call, c, operands, (a, x) -> keyed(list(a[0])).indexOf(key(a[1])) + 1);
    }

    /** Compares in the common type, but keeps the elements as they are. */
    private static @Nullable Node remove(RexCall call, Compilation c) {
        List<Node> searched = searchOperands(call, c);
        if (searched == null) {
            return null;
        }
        Node array = c.compile(call.getOperands().get(0));
        List<Node> operands = List.of(array, searched.get(0), searched.get(1));
        return Functions.nullableRow(call, c, operands, (a, x) -> {
            if (a[0] == null || a[1] == null) {
                return null;
            }
            List<@Nullable Object> compared = keyed(list(a[1]));
            List<@Nullable Object> kept = new ArrayList<>();
            for (int i = 0; i < compared.size(); i++) {
                if (!Objects.equals(compared.get(i), key(a[2]))) {
                    kept.add(((List<?>) a[0]).get(i));
                }
            }
            return kept;
        });
    }

    private static @Nullable Object extreme(List<@Nullable Object> elements, int sign) {
        Object best = null;
        for (Object element : elements) {
            if (element != null && (best == null || compare(element, best) * sign > 0)) {
                best = element;
            }
        }
        return best;
    }

    private static int compare(Object a, Object b) {
        return BoxOrder.compare(a, b);
    }

    private static String join(List<@Nullable Object> elements, String separator, @Nullable String nothing) {
        StringBuilder joined = new StringBuilder();
        String before = "";
        for (Object element : elements) {
            if (element != null || nothing != null) {
                joined.append(before).append(element == null ? nothing : element);
                before = separator;
            }
        }
        return joined.toString();
    }

    private static List<@Nullable Object> slice(List<@Nullable Object> elements, int from, int to) {
        int size = elements.size();
        int start = from < 0 ? from + size : Math.max(from, 1) - 1;
        int end = to < 0 ? to + size : Math.max(to, 1) - 1;
        start = Math.max(0, start);
        end = Math.min(size - 1, end);
        return start > end ? List.of() : elements.subList(start, end + 1);
    }

    private static List<@Nullable Object> sort(List<@Nullable Object> elements, boolean ascending, boolean nullsFirst) {
        Comparator<Object> order = ascending ? ArrayFunctions::compare : (a, b) -> compare(b, a);
        elements.sort(nullsFirst ? Comparator.nullsFirst(order) : Comparator.nullsLast(order));
        return elements;
    }

    private static List<Object> entries(Map<?, ?> map) {
        List<Object> entries = new ArrayList<>();
        map.forEach((key, value) -> entries.add(new @Nullable Object[] {key, value}));
        return entries;
    }

    private static Map<@Nullable Object, @Nullable Object> zip(
            List<@Nullable Object> keys, List<@Nullable Object> values) {
        if (keys.size() != values.size()) {
            throw new IllegalArgumentException(
                    "MAP_FROM_ARRAYS got " + keys.size() + " keys and " + values.size() + " values");
        }
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            map.put(keys.get(i), values.get(i));
        }
        return map;
    }

    private static Map<@Nullable Object, @Nullable Object> union(Object[] maps) {
        Map<@Nullable Object, @Nullable Object> all = new LinkedHashMap<>();
        for (Object map : maps) {
            all.putAll((Map<?, ?>) map);
        }
        return all;
    }
}
