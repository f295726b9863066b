package io.sabot.planner.function;

import static io.sabot.planner.function.Signatures.INT;
import static io.sabot.planner.function.Signatures.STRING;
import static io.sabot.planner.function.Signatures.scalar;

import java.util.List;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/** Functions of arrays and maps. {@code ARRAY[…]}, {@code MAP[…]}, {@code ROW(…)} and access to parts are operators. */
final class CollectionFunctions {
    static final List<FunctionDefinition> ALL = List.of(
            of(SqlStdOperatorTable.CARDINALITY, "CARDINALITY(collection)", "The number of elements or entries")
                    .example("CARDINALITY(ARRAY[1, 2])", "2"),
            of(
                            SqlStdOperatorTable.ELEMENT,
                            "ELEMENT(array)",
                            "The only element; NULL for an empty array, an error for more")
                    .example("ELEMENT(ARRAY[5])", "5"),
            of(
                            scalar("ARRAY_APPEND", CollectionTypes::withElement, Operands.ARRAY_AND_ELEMENT),
                            "ARRAY_APPEND(array, element)",
                            "With the element behind the others")
                    .nulls(NullRule.AWARE)
                    .example("ARRAY_APPEND(ARRAY[1, 2], 3)", "[1, 2, 3]"),
            of(
                            scalar("ARRAY_PREPEND", CollectionTypes::withElement, Operands.ARRAY_AND_ELEMENT),
                            "ARRAY_PREPEND(array, element)",
                            "With the element in front of the others")
                    .nulls(NullRule.AWARE)
                    .example("ARRAY_PREPEND(ARRAY[1, 2], 3)", "[3, 1, 2]"),
            of(
                            scalar("ARRAY_CONCAT", CollectionTypes::ofAll, Operands.ARRAYS),
                            "ARRAY_CONCAT(array, …)",
                            "The elements of all arrays")
                    .example("ARRAY_CONCAT(ARRAY[1], ARRAY[2, 3])", "[1, 2, 3]"),
            of(
                            scalar(
                                    "ARRAY_CONTAINS",
                                    ReturnTypes.BOOLEAN.andThen(SqlTypeTransforms.ARG0_NULLABLE),
                                    Operands.ARRAY_AND_ELEMENT),
                            "ARRAY_CONTAINS(array, element)",
                            "Whether the element is in the array; NULL is looked for like any other")
                    .nulls(NullRule.AWARE)
                    .example("ARRAY_CONTAINS(ARRAY[1, 2], 2)", "TRUE"),
            of(
                            scalar("ARRAY_DISTINCT", CollectionTypes::first, Operands.ARRAY),
                            "ARRAY_DISTINCT(array)",
                            "Each element once, in the order of the first ones")
                    .example("ARRAY_DISTINCT(ARRAY[1, 2, 1])", "[1, 2]"),
            of(
                            scalar("ARRAY_EXCEPT", CollectionTypes::ofAll, Operands.TWO_ARRAYS),
                            "ARRAY_EXCEPT(a, b)",
                            "Each element of a that is not in b, once")
                    .example("ARRAY_EXCEPT(ARRAY[1, 2, 3], ARRAY[2])", "[1, 3]"),
            of(
                            scalar("ARRAY_INTERSECT", CollectionTypes::ofAll, Operands.TWO_ARRAYS),
                            "ARRAY_INTERSECT(a, b)",
                            "Each element that is in both, once, in the order of a")
                    .example("ARRAY_INTERSECT(ARRAY[1, 2, 3], ARRAY[3, 1])", "[1, 3]"),
            of(
                            scalar("ARRAY_UNION", CollectionTypes::ofAll, Operands.TWO_ARRAYS),
                            "ARRAY_UNION(a, b)",
                            "Each element of one of them, once")
                    .example("ARRAY_UNION(ARRAY[1, 2], ARRAY[2, 3])", "[1, 2, 3]"),
            of(
                            scalar("ARRAY_JOIN", STRING, Operands.JOIN),
                            "ARRAY_JOIN(array, separator [, null_text])",
                            "The texts with the separator between them; NULLs are left out or replaced")
                    .example("ARRAY_JOIN(ARRAY['a', 'b'], '-')", "a-b"),
            of(
                            scalar("ARRAY_MAX", CollectionTypes::elementOrNull, Operands.ARRAY),
                            "ARRAY_MAX(array)",
                            "The largest element, NULLs left out")
                    .nulls(NullRule.AWARE)
                    .example("ARRAY_MAX(ARRAY[1, 3, 2])", "3"),
            of(
                            scalar("ARRAY_MIN", CollectionTypes::elementOrNull, Operands.ARRAY),
                            "ARRAY_MIN(array)",
                            "The smallest element, NULLs left out")
                    .nulls(NullRule.AWARE)
                    .example("ARRAY_MIN(ARRAY[3, 1, 2])", "1"),
            of(
                            scalar("ARRAY_POSITION", INT, Operands.ARRAY_AND_ELEMENT),
                            "ARRAY_POSITION(array, element)",
                            "Where the element occurs first, counted from 1; 0 if nowhere")
                    .example("ARRAY_POSITION(ARRAY['a', 'b'], 'b')", "2"),
            of(
                            scalar("ARRAY_REMOVE", CollectionTypes::firstAsItIs, Operands.ARRAY_AND_ELEMENT),
                            "ARRAY_REMOVE(array, element)",
                            "Without all elements that are equal to this one")
                    .nulls(NullRule.AWARE)
                    .example("ARRAY_REMOVE(ARRAY[1, 2, 1], 1)", "[2]"),
            of(
                            scalar("ARRAY_REVERSE", CollectionTypes::first, Operands.ARRAY),
                            "ARRAY_REVERSE(array)",
                            "From the last element to the first")
                    .example("ARRAY_REVERSE(ARRAY[1, 2, 3])", "[3, 2, 1]"),
            of(
                            scalar("ARRAY_SLICE", CollectionTypes::first, Operands.SLICE),
                            "ARRAY_SLICE(array, start [, end])",
                            "The elements from start to end, both included, counted from 1 or, if negative, from the end")
                    .example("ARRAY_SLICE(ARRAY[1, 2, 3, 4], 2, 3)", "[2, 3]")
                    .example("ARRAY_SLICE(ARRAY[1, 2, 3, 4], -2)", "[3, 4]"),
            of(
                            scalar("ARRAY_SORT", CollectionTypes::first, Operands.SORT),
                            "ARRAY_SORT(array [, ascending [, nulls_first]])",
                            "The elements in order; NULLs come first when ascending, last when not, unless said")
                    .example("ARRAY_SORT(ARRAY[3, 1, 2])", "[1, 2, 3]")
                    .example("ARRAY_SORT(ARRAY[3, 1, 2], FALSE)", "[3, 2, 1]"),
            of(SqlLibraryOperators.MAP_KEYS, "MAP_KEYS(map)", "The keys, in no certain order")
                    .example("MAP_KEYS(MAP['a', 1])", "[a]"),
            of(SqlLibraryOperators.MAP_VALUES, "MAP_VALUES(map)", "The values, in no certain order")
                    .example("MAP_VALUES(MAP['a', 1])", "[1]"),
            of(
                            scalar("MAP_ENTRIES", CollectionTypes::entries, Operands.MAP),
                            "MAP_ENTRIES(map)",
                            "The entries as rows of key and value")
                    .example("CARDINALITY(MAP_ENTRIES(MAP['a', 1]))", "1"),
            of(
                            SqlLibraryOperators.MAP_FROM_ARRAYS,
                            "MAP_FROM_ARRAYS(keys, values)",
                            "The map of keys and values at the same places")
                    .example("MAP_FROM_ARRAYS(ARRAY['a', 'b'], ARRAY[1, 2])['b']", "2"),
            of(
                            scalar("MAP_UNION", CollectionTypes::ofAllMaps, Operands.MAPS),
                            "MAP_UNION(map, …)",
                            "The entries of all maps; of equal keys the last one counts")
                    .example("MAP_UNION(MAP['a', 1], MAP['a', 2])['a']", "2"));

    private CollectionFunctions() {}

    private static FunctionDefinition of(SqlOperator operator, String syntax, String description) {
        return FunctionDefinition.of(FunctionCategory.COLLECTION, operator, syntax, description);
    }
}
