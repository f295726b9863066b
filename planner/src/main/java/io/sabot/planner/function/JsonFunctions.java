package io.sabot.planner.function;

import static io.sabot.planner.function.Signatures.STRING;
import static io.sabot.planner.function.Signatures.TEXT;
import static io.sabot.planner.function.Signatures.family;
import static io.sabot.planner.function.Signatures.scalar;

import java.util.List;
import org.apache.calcite.sql.SqlOperator;

/** Functions of JSON texts. {@code IS JSON} is an operator. */
final class JsonFunctions {
    static final List<FunctionDefinition> ALL = List.of(
            of(
                            JsonOperators.EXISTS,
                            "JSON_EXISTS(json, path [TRUE | FALSE | UNKNOWN | ERROR ON ERROR])",
                            "Whether the path leads to a value other than null")
                    .example("JSON_EXISTS('{\"a\": 1}', '$.a')", "TRUE")
                    .example("JSON_EXISTS('{\"a\": 1}', '$.b')", "FALSE"),
            of(
                            JsonOperators.VALUE,
                            "JSON_VALUE(json, path [RETURNING type] [NULL | ERROR | DEFAULT x ON EMPTY] [NULL | ERROR | DEFAULT x ON ERROR])",
                            "The simple value that the path leads to, as STRING, BOOLEAN, INT or DOUBLE; a path is strict unless it starts with lax")
                    .nulls(NullRule.STRICT_OR_BAD)
                    .example("JSON_VALUE('{\"a\": true}', '$.a')", "true")
                    .example("JSON_VALUE('{\"a\": 7}', '$.a' RETURNING INT)", "7")
                    .example("JSON_VALUE('{\"a\": 7}', 'lax $.b' DEFAULT 'none' ON EMPTY)", "none"),
            of(
                            JsonOperators.QUERY,
                            "JSON_QUERY(json, path [RETURNING type] [WITHOUT | WITH [CONDITIONAL | UNCONDITIONAL] [ARRAY] WRAPPER] [NULL | EMPTY ARRAY | EMPTY OBJECT | ERROR ON EMPTY] [… ON ERROR])",
                            "The object or array that the path leads to, as text or ARRAY<STRING>")
                    .nulls(NullRule.STRICT_OR_BAD)
                    .example("JSON_QUERY('{\"a\": {\"b\": 1}}', '$.a')", "{\"b\":1}")
                    .example("JSON_QUERY('[1, 2]', '$[0]' WITH WRAPPER)", "[1]"),
            of(
                            JsonOperators.OBJECT,
                            "JSON_OBJECT([[KEY] key VALUE value, …] [NULL | ABSENT ON NULL])",
                            "An object; keys come out in order, values of JSON functions as they are")
                    .nulls(NullRule.NEVER)
                    .example("JSON_OBJECT('b' VALUE 1, 'a' VALUE 'x')", "{\"a\":\"x\",\"b\":1}"),
            of(
                            JsonOperators.ARRAY,
                            "JSON_ARRAY([value, …] [NULL | ABSENT ON NULL])",
                            "An array; NULLs are left out unless told otherwise")
                    .nulls(NullRule.NEVER)
                    .example("JSON_ARRAY(1, 'x')", "[1,\"x\"]"),
            of(
                            scalar("JSON", STRING, family(TEXT)),
                            "JSON(text)",
                            "A text that is JSON, for JSON_OBJECT and JSON_ARRAY to take as it is")
                    .differing("Flink takes it as an argument of these two only")
                    .example("JSON_ARRAY(JSON('{\"a\":1}'))", "[{\"a\":1}]"),
            of(SabotFunctions.JSON_STRING, "JSON_STRING(value)", "Any value as JSON")
                    .example("JSON_STRING('a')", "\"a\"")
                    .example("JSON_STRING(ARRAY[1, 2])", "[1,2]"),
            of(scalar("JSON_QUOTE", STRING, family(TEXT)), "JSON_QUOTE(text)", "The text as a string of JSON")
                    .example("JSON_QUOTE('a\"b')", "\"a\\\"b\""),
            of(
                            scalar("JSON_UNQUOTE", STRING, family(TEXT)),
                            "JSON_UNQUOTE(json)",
                            "The text that a string of JSON stands for; anything else as it is")
                    .example("JSON_UNQUOTE('\"abc\"')", "abc"));

    private JsonFunctions() {}

    private static FunctionDefinition of(SqlOperator operator, String syntax, String description) {
        return FunctionDefinition.of(FunctionCategory.JSON, operator, syntax, description);
    }
}
