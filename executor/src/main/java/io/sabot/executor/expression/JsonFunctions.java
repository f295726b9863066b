package io.sabot.executor.expression;

import com.fasterxml.jackson.databind.util.RawValue;
import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.TypeKind;
import io.sabot.executor.expression.JsonPaths.Found;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlJsonConstructorNullClause;
import org.apache.calcite.sql.SqlJsonEmptyOrError;
import org.apache.calcite.sql.SqlJsonExistsErrorBehavior;
import org.apache.calcite.sql.SqlJsonQueryEmptyOrErrorBehavior;
import org.apache.calcite.sql.SqlJsonQueryWrapperBehavior;
import org.apache.calcite.sql.SqlJsonValueEmptyOrErrorBehavior;
import org.jspecify.annotations.Nullable;

/** Functions that look into JSON texts and that make them. What is empty and what is an error: SQL:2016, 9.39 ff. */
final class JsonFunctions {
    private JsonFunctions() {}

    static void declare(Functions functions) {
        test(functions, "VALUE", Object.class);
        test(functions, "OBJECT", Map.class);
        test(functions, "ARRAY", Collection.class);
        test(functions, "SCALAR", String.class);
        functions.declare("JSON_EXISTS", JsonFunctions::exists);
        functions.declare("JSON_VALUE", JsonFunctions::value);
        functions.declare("JSON_QUERY", JsonFunctions::query);
        functions.declare("JSON_OBJECT", JsonFunctions::object);
        functions.declare("JSON_ARRAY", JsonFunctions::array);
        functions.declare("JSON_STRING", JsonFunctions::string);
        functions.row("JSON", (a, x) -> {
            if (!JsonPaths.is(text(a[0]), Object.class)) {
                throw new IllegalArgumentException("the text is not JSON");
            }
            return text(a[0]);
        });
        functions.row("JSON_QUOTE", (a, x) -> JsonText.quote(text(a[0])));
        functions.row("JSON_UNQUOTE", (a, x) -> JsonText.unquote(text(a[0])));
    }

    private static String text(Object argument) {
        return TextFunctions.text(argument);
    }

    /** IS JSON …: NULL is none. */
    private static void test(Functions functions, String form, Class<?> type) {
        functions.nullableRow("IS JSON " + form, (a, x) -> a[0] != null && JsonPaths.is(text(a[0]), type));
        functions.nullableRow("IS NOT JSON " + form, (a, x) -> a[0] == null || !JsonPaths.is(text(a[0]), type));
    }

    private static <E extends Enum<E>> E symbol(RexCall call, int index, Class<E> type, E absent) {
        List<RexNode> operands = call.getOperands();
        if (index < operands.size() && operands.get(index) instanceof RexLiteral literal) {
            E value = type.isInstance(literal.getValue()) ? literal.getValueAs(type) : null;
            return value == null ? absent : value;
        }
        return absent;
    }

    private static List<Node> documentAndPath(RexCall call, Compilation c) {
        return List.of(
                c.compile(call.getOperands().get(0)),
                c.compile(call.getOperands().get(1)));
    }

    private static Node exists(RexCall call, Compilation c) {
        SqlJsonExistsErrorBehavior onError =
                symbol(call, 2, SqlJsonExistsErrorBehavior.class, SqlJsonExistsErrorBehavior.FALSE);
        JsonPaths paths = new JsonPaths();
        return Functions.row(call, c, documentAndPath(call, c), (a, x) -> {
            Found found = paths.read(text(a[0]), text(a[1]));
            if (found.error() == null) {
                return found.value() != null;
            }
            return switch (onError) {
                case TRUE -> true;
                case FALSE -> false;
                case UNKNOWN -> null;
                case ERROR -> throw new IllegalArgumentException(found.error());
            };
        });
    }

    /** What stands for an empty result or an error of JSON_VALUE; the default is the last argument but so many. */
    private record Stand(SqlJsonValueEmptyOrErrorBehavior behavior, int argument) {
        @Nullable
        Object of(@Nullable Object[] arguments, String problem) {
            return switch (behavior) {
                case NULL -> null;
                case DEFAULT -> arguments[argument];
                case ERROR -> throw new IllegalArgumentException(problem);
            };
        }
    }

    private static @Nullable Node value(RexCall call, Compilation c) {
        DataType type = RexTypes.of(call.getType());
        if (!(type instanceof AtomicType atomic)) {
            return null;
        }
        List<Node> operands = new ArrayList<>(documentAndPath(call, c));
        Stand onEmpty = new Stand(SqlJsonValueEmptyOrErrorBehavior.NULL, 0);
        Stand onError = onEmpty;
        int i = 2;
        while (i < call.getOperands().size()) {
            SqlJsonValueEmptyOrErrorBehavior behavior =
                    symbol(call, i++, SqlJsonValueEmptyOrErrorBehavior.class, SqlJsonValueEmptyOrErrorBehavior.NULL);
            if (behavior == SqlJsonValueEmptyOrErrorBehavior.DEFAULT) {
                Node byDefault = CastRules.cast(c.compile(call.getOperands().get(i++)), type, c, c.origin(call), false);
                if (byDefault == null) {
                    return null;
                }
                operands.add(byDefault);
            }
            Stand stand = new Stand(behavior, operands.size() - 1);
            if (symbol(call, i++, SqlJsonEmptyOrError.class, SqlJsonEmptyOrError.ERROR) == SqlJsonEmptyOrError.EMPTY) {
                onEmpty = stand;
            } else {
                onError = stand;
            }
        }
        Stand empty = onEmpty;
        Stand failed = onError;
        JsonPaths paths = new JsonPaths();
        return Functions.nullableRow(call, c, operands, (a, x) -> {
            if (a[0] == null || a[1] == null) {
                return null;
            }
            Found found = paths.read(text(a[0]), text(a[1]));
            if (found.error() != null) {
                return failed.of(a, found.error());
            }
            Object value = found.value();
            if (value == null && !found.lax()) {
                return failed.of(a, "the path leads to null");
            }
            if (value == null || (found.lax() && !found.isScalar())) {
                return empty.of(a, "the path leads to nothing");
            }
            Object result = found.isScalar() ? scalar(value, atomic) : null;
            return result == null
                    ? failed.of(a, "the path leads to " + JsonPaths.write(value) + ", which is no " + atomic.name())
                    : result;
        });
    }

    /** The value in the type that RETURNING says; null when it is not of that type. */
    private static @Nullable Object scalar(Object value, AtomicType type) {
        if (type.kind().isText()) {
            return value.toString();
        }
        if (type.kind() == TypeKind.BOOLEAN) {
            return value instanceof Boolean ? value : null;
        }
        if (!(value instanceof Number number)) {
            return null;
        }
        BigDecimal exact = new BigDecimal(number.toString());
        try {
            return switch (type.kind()) {
                case INT -> exact.intValueExact();
                case BIGINT -> exact.longValueExact();
                case DOUBLE -> exact.doubleValue();
                default -> null;
            };
        } catch (ArithmeticException e) {
            return null;
        }
    }

    private static @Nullable Node query(RexCall call, Compilation c) {
        SqlJsonQueryWrapperBehavior wrapper =
                symbol(call, 2, SqlJsonQueryWrapperBehavior.class, SqlJsonQueryWrapperBehavior.WITHOUT_ARRAY);
        SqlJsonQueryEmptyOrErrorBehavior onEmpty =
                symbol(call, 3, SqlJsonQueryEmptyOrErrorBehavior.class, SqlJsonQueryEmptyOrErrorBehavior.NULL);
        SqlJsonQueryEmptyOrErrorBehavior onError =
                symbol(call, 4, SqlJsonQueryEmptyOrErrorBehavior.class, SqlJsonQueryEmptyOrErrorBehavior.NULL);
        boolean asArray = RexTypes.of(call.getType()) instanceof ArrayType;
        JsonPaths paths = new JsonPaths();
        return Functions.row(call, c, documentAndPath(call, c), (a, x) -> {
            Found found = paths.read(text(a[0]), text(a[1]));
            Found wrapped = new Found(wrap(found.value(), wrapper), found.lax(), found.error());
            if (wrapped.error() != null) {
                return stand(onError, wrapped.error(), asArray);
            }
            Object value = wrapped.value();
            if (value == null && !wrapped.lax()) {
                return stand(onError, "the path leads to null", asArray);
            }
            if (value == null || (wrapped.lax() && wrapped.isScalar())) {
                return stand(onEmpty, "the path leads to nothing", asArray);
            }
            if (asArray ? !(value instanceof Collection) : wrapped.isScalar()) {
                String form = asArray ? "array" : "object or array";
                return stand(onError, "the path leads to " + JsonPaths.write(value) + ", no " + form, asArray);
            }
            return asArray ? texts((Collection<?>) value) : JsonPaths.write(value);
        });
    }

    private static @Nullable Object wrap(@Nullable Object value, SqlJsonQueryWrapperBehavior wrapper) {
        if (value == null) {
            return null;
        }
        return switch (wrapper) {
            case WITHOUT_ARRAY -> value;
            case WITH_UNCONDITIONAL_ARRAY -> List.of(value);
            case WITH_CONDITIONAL_ARRAY -> value instanceof Collection ? value : List.of(value);
        };
    }

    private static @Nullable Object stand(SqlJsonQueryEmptyOrErrorBehavior behavior, String problem, boolean asArray) {
        return switch (behavior) {
            case NULL -> null;
            case EMPTY_ARRAY -> asArray ? List.of() : "[]";
            case EMPTY_OBJECT -> asArray ? null : "{}";
            case ERROR -> throw new IllegalArgumentException(problem);
        };
    }

    private static List<@Nullable String> texts(Collection<?> elements) {
        List<@Nullable String> texts = new ArrayList<>();
        for (Object element : elements) {
            boolean nested = element instanceof Map || element instanceof Collection;
            texts.add(element == null ? null : nested ? JsonPaths.write(element) : element.toString());
        }
        return texts;
    }

    /** Writes one operand: the result of a JSON function as it is, any other value as JSON. */
    private record Part(DataType type, boolean raw) {
        @Nullable
        Object of(@Nullable Object value, EvaluationContext context) {
            return raw && value != null ? new RawValue(text(value)) : JsonText.of(value, type, context);
        }
    }

    private static List<Part> parts(RexCall call, List<Node> nodes) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            RexNode operand = call.getOperands().get(i + 1);
            boolean raw = operand instanceof RexCall made
                    && switch (made.getOperator().getName()) {
                        case "JSON_OBJECT", "JSON_ARRAY", "JSON" -> true;
                        default -> isMarked(made);
                    };
            parts.add(new Part(nodes.get(i).type(), raw));
        }
        return parts;
    }

    /** The operands behind the null clause. */
    private static List<Node> valuesOf(RexCall call, Compilation c) {
        return call.getOperands().stream()
                .skip(1)
                .map(operand -> operand instanceof RexCall made && isMarked(made)
                        ? c.compile(made.getOperands().get(0))
                        : c.compile(operand))
                .toList();
    }

    /** Whether the planner has marked a value as JSON, as it does with what JSON functions make. */
    private static boolean isMarked(RexCall call) {
        String name = call.getOperator().getName();
        return name.equals("JSON_VALUE_EXPRESSION") || name.equals("JSON_TYPE") || name.equals("FORMAT JSON");
    }

    private static boolean keepsNulls(RexCall call, SqlJsonConstructorNullClause absent) {
        return symbol(call, 0, SqlJsonConstructorNullClause.class, absent) == SqlJsonConstructorNullClause.NULL_ON_NULL;
    }

    private static Node object(RexCall call, Compilation c) {
        List<Node> operands = valuesOf(call, c);
        List<Part> parts = parts(call, operands);
        boolean keepsNulls = keepsNulls(call, SqlJsonConstructorNullClause.NULL_ON_NULL);
        return Functions.nullableRow(call, c, operands, (a, x) -> {
            Map<String, @Nullable Object> object = new TreeMap<>();
            for (int i = 0; i < a.length; i += 2) {
                if (a[i] == null) {
                    throw new IllegalArgumentException("a key of JSON_OBJECT is NULL");
                }
                if (a[i + 1] != null || keepsNulls) {
                    object.put(String.valueOf(a[i]), parts.get(i + 1).of(a[i + 1], x));
                }
            }
            return JsonPaths.write(object);
        });
    }

    private static Node array(RexCall call, Compilation c) {
        List<Node> operands = valuesOf(call, c);
        List<Part> parts = parts(call, operands);
        boolean keepsNulls = keepsNulls(call, SqlJsonConstructorNullClause.ABSENT_ON_NULL);
        return Functions.nullableRow(call, c, operands, (a, x) -> {
            List<@Nullable Object> array = new ArrayList<>();
            for (int i = 0; i < a.length; i++) {
                if (a[i] != null || keepsNulls) {
                    array.add(parts.get(i).of(a[i], x));
                }
            }
            return JsonPaths.write(array);
        });
    }

    private static Node string(RexCall call, Compilation c) {
        List<Node> operands = c.compileOperands(call);
        DataType type = operands.get(0).type();
        return Functions.row(call, c, operands, (a, x) -> JsonPaths.write(JsonText.of(a[0], type, x)));
    }
}
