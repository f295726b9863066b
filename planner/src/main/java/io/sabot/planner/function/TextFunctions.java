package io.sabot.planner.function;

import static io.sabot.planner.function.Signatures.BINARY;
import static io.sabot.planner.function.Signatures.BYTES;
import static io.sabot.planner.function.Signatures.INT;
import static io.sabot.planner.function.Signatures.STRING;
import static io.sabot.planner.function.Signatures.STRING_OR_NULL;
import static io.sabot.planner.function.Signatures.TEXT;
import static io.sabot.planner.function.Signatures.WHOLE;
import static io.sabot.planner.function.Signatures.atLeast;
import static io.sabot.planner.function.Signatures.either;
import static io.sabot.planner.function.Signatures.family;
import static io.sabot.planner.function.Signatures.scalar;
import static io.sabot.planner.function.Signatures.upTo;

import java.util.List;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/** Functions of texts and bytes; those with regular expressions and codes are in {@link CodeFunctions}. */
final class TextFunctions {
    private static final SqlReturnTypeInference VARYING_OR_NULL = Signatures.always(ReturnTypes.ARG0_NULLABLE_VARYING);

    static final List<FunctionDefinition> ALL = List.of(
            of(SqlStdOperatorTable.CHAR_LENGTH, "CHAR_LENGTH(text)", "The number of characters")
                    .example("CHAR_LENGTH('Zürich')", "6"),
            of(SqlStdOperatorTable.CHARACTER_LENGTH, "CHARACTER_LENGTH(text)", "The number of characters")
                    .example("CHARACTER_LENGTH('abc')", "3"),
            of(SqlStdOperatorTable.UPPER, "UPPER(text)", "In capitals").example("UPPER('abc')", "ABC"),
            of(SqlStdOperatorTable.LOWER, "LOWER(text)", "In small letters").example("LOWER('ABC')", "abc"),
            of(SqlStdOperatorTable.INITCAP, "INITCAP(text)", "Each word with a capital, the rest in small letters")
                    .example("INITCAP('hello wORLD')", "Hello World"),
            of(
                            SqlStdOperatorTable.TRIM,
                            "TRIM(text)\nTRIM([BOTH | LEADING | TRAILING] [characters] FROM text)",
                            "Without blanks, or these characters, at the ends")
                    .example("TRIM('  a ')", "a")
                    .example("TRIM(LEADING 'x' FROM 'xxaxx')", "axx"),
            of(
                            scalar("LTRIM", ReturnTypes.ARG0_NULLABLE_VARYING, upTo(1, TEXT, TEXT)),
                            "LTRIM(text [, characters])",
                            "Without blanks, or these characters, at the start")
                    .example("LTRIM('  a')", "a")
                    .example("LTRIM('xyza', 'xyz')", "a"),
            of(
                            scalar("RTRIM", ReturnTypes.ARG0_NULLABLE_VARYING, upTo(1, TEXT, TEXT)),
                            "RTRIM(text [, characters])",
                            "Without blanks, or these characters, at the end")
                    .example("RTRIM('a  ')", "a")
                    .example("RTRIM('axyz', 'xyz')", "a"),
            of(
                            scalar("BTRIM", STRING, upTo(1, TEXT, TEXT)),
                            "BTRIM(text [, characters])",
                            "Without blanks, or these characters, at both ends")
                    .example("BTRIM('  a ')", "a")
                    .example("BTRIM('xyaxy', 'xy')", "a"),
            of(
                            scalar("SUBSTRING", VARYING_OR_NULL, upTo(2, TEXT, WHOLE, WHOLE)),
                            "SUBSTRING(text, start [, length])\nSUBSTRING(text FROM start [FOR length])",
                            "Part of a text; the first character is 1, a negative start counts from the end, 0 means 1")
                    .example("SUBSTRING('hello', 2, 3)", "ell")
                    .example("SUBSTRING('hello' FROM -3)", "llo"),
            of(
                            scalar("SUBSTR", VARYING_OR_NULL, upTo(2, TEXT, WHOLE, WHOLE)),
                            "SUBSTR(text, start [, length])",
                            "The same as SUBSTRING")
                    .example("SUBSTR('hello', 2, 3)", "ell"),
            of(scalar("LEFT", VARYING_OR_NULL, family(TEXT, WHOLE)), "LEFT(text, count)", "The first characters")
                    .example("LEFT('hello', 2)", "he"),
            of(scalar("RIGHT", VARYING_OR_NULL, family(TEXT, WHOLE)), "RIGHT(text, count)", "The last characters")
                    .example("RIGHT('hello', 2)", "lo"),
            of(
                            scalar("LPAD", STRING_OR_NULL, family(TEXT, WHOLE, TEXT)),
                            "LPAD(text, length, padding)",
                            "Filled up at the start, or cut, to the length")
                    .nulls(NullRule.STRICT_OR_BAD)
                    .example("LPAD('hi', 5, 'xy')", "xyxhi")
                    .example("LPAD('hello', 2, 'x')", "he"),
            of(
                            scalar("RPAD", STRING_OR_NULL, family(TEXT, WHOLE, TEXT)),
                            "RPAD(text, length, padding)",
                            "Filled up at the end, or cut, to the length")
                    .nulls(NullRule.STRICT_OR_BAD)
                    .example("RPAD('hi', 5, 'xy')", "hixyx"),
            of(
                            SqlStdOperatorTable.POSITION,
                            "POSITION(part IN text)",
                            "Where the part occurs first, counted from 1; 0 if nowhere")
                    .example("POSITION('l' IN 'hello')", "3"),
            of(
                            scalar("LOCATE", INT, upTo(2, TEXT, TEXT, WHOLE)),
                            "LOCATE(part, text [, start])",
                            "Where the part occurs first at or after the start, counted from 1; 0 if nowhere")
                    .example("LOCATE('l', 'hello')", "3")
                    .example("LOCATE('l', 'hello', 4)", "4"),
            of(
                            scalar("INSTR", INT, upTo(2, TEXT, TEXT, WHOLE, WHOLE)),
                            "INSTR(text, part [, start [, occurrence]])",
                            "Where the part occurs, the first or so many-th time from the start on, counted from 1; a negative start searches backwards; 0 if nowhere")
                    .example("INSTR('hello', 'l')", "3")
                    .example("INSTR('hello', 'l', 1, 2)", "4"),
            of(SqlStdOperatorTable.REPLACE, "REPLACE(text, part, replacement)", "All occurrences of the part replaced")
                    .example("REPLACE('hello', 'l', 'L')", "heLLo"),
            of(
                            scalar(
                                    "TRANSLATE3",
                                    Signatures.NEVER_NULL_STRING.andThen(SqlTypeTransforms.ARG0_NULLABLE),
                                    family(TEXT, TEXT, TEXT)),
                            "TRANSLATE(text, from, to)",
                            "Each character of from replaced by the one at its place in to, or dropped when there is none")
                    .named("TRANSLATE")
                    .nulls(NullRule.AWARE)
                    .example("TRANSLATE('hello', 'el', 'ip')", "hippo"),
            of(
                            SqlStdOperatorTable.OVERLAY,
                            "OVERLAY(text PLACING part FROM start [FOR length])",
                            "Characters from the start on replaced by the part")
                    .example("OVERLAY('hello' PLACING 'XX' FROM 2)", "hXXlo"),
            of(scalar("REPEAT", STRING, family(TEXT, WHOLE)), "REPEAT(text, count)", "The text so many times")
                    .example("REPEAT('ab', 3)", "ababab"),
            of(scalar("REVERSE", STRING_OR_NULL, family(TEXT)), "REVERSE(text)", "From the last character to the first")
                    .example("REVERSE('hello')", "olleh"),
            of(
                            scalar("CONCAT", STRING, OperandTypes.repeat(atLeast(1), OperandTypes.CHARACTER)),
                            "CONCAT(text, …)",
                            "The texts one behind the other")
                    .example("CONCAT('a', 'b', 'c')", "abc")
                    .example("CONCAT('a', CAST(NULL AS STRING))", "NULL"),
            of(
                            scalar(
                                    "CONCAT_WS",
                                    Signatures.NEVER_NULL_STRING.andThen(SqlTypeTransforms.ARG0_NULLABLE),
                                    OperandTypes.repeat(atLeast(1), OperandTypes.CHARACTER)),
                            "CONCAT_WS(separator, text, …)",
                            "The texts that are not NULL, with the separator between them; NULL if the separator is")
                    .nulls(NullRule.AWARE)
                    .example("CONCAT_WS(',', 'a', CAST(NULL AS STRING), 'b')", "a,b"),
            of(
                            scalar(
                                    "SPLIT_INDEX",
                                    STRING_OR_NULL,
                                    either(family(TEXT, TEXT, WHOLE), family(TEXT, WHOLE, WHOLE))),
                            "SPLIT_INDEX(text, separator, index)",
                            "The part between separators with this index, counted from 0")
                    .nulls(NullRule.STRICT_OR_BAD)
                    .example("SPLIT_INDEX('a,b,c', ',', 1)", "b")
                    .example("SPLIT_INDEX('a,b,c', ',', 5)", "NULL"),
            of(
                            scalar("SPLIT", CollectionTypes.ofStrings(), family(TEXT, TEXT)),
                            "SPLIT(text, separator)",
                            "The parts between separators, or the characters if the separator is empty")
                    .example("SPLIT('a,b,,c', ',')", "[a, b, , c]"),
            of(
                            scalar("STR_TO_MAP", CollectionTypes.mapOfStrings(), upTo(1, TEXT, TEXT, TEXT)),
                            "STR_TO_MAP(text [, separator, key_separator])",
                            "The map of a text of pairs; the separators are regular expressions, ',' and '='")
                    .example("STR_TO_MAP('a=1,b=2')['b']", "2")
                    .example("STR_TO_MAP('a:1;b:2', ';', ':')['a']", "1"),
            of(SqlLibraryOperators.STARTSWITH, "STARTSWITH(text, start)", "Whether the text, or the bytes, start so")
                    .example("STARTSWITH('hello', 'he')", "TRUE"),
            of(SqlLibraryOperators.ENDSWITH, "ENDSWITH(text, end)", "Whether the text, or the bytes, end so")
                    .example("ENDSWITH('hello', 'lo')", "TRUE"),
            of(
                            scalar("ELT", CollectionTypes::chosen, Operands.INDEX_AND_VALUES),
                            "ELT(index, a, b, …)",
                            "The value at the index, counted from 1; NULL if there is none")
                    .nulls(NullRule.AWARE)
                    .example("ELT(2, 'a', 'b')", "b")
                    .example("ELT(3, 'a', 'b')", "NULL"),
            of(SqlStdOperatorTable.ASCII, "ASCII(text)", "The code of the first character, 0 for the empty text")
                    .example("ASCII('abc')", "97"),
            of(
                            scalar("CHR", STRING_OR_NULL, family(WHOLE)),
                            "CHR(code)",
                            "The character of a code; of the code modulo 256 if it is larger than 255")
                    .example("CHR(65)", "A"),
            of(
                            scalar("PRINTF", STRING_OR_NULL, Operands.FORMAT),
                            "PRINTF(format, value, …)",
                            "The values in a format of printf; NULL if they do not fit it")
                    .nulls(NullRule.STRICT_OR_BAD)
                    .example("PRINTF('%d is %s', 1, 'one')", "1 is one"),
            of(SqlLibraryOperators.SOUNDEX, "SOUNDEX(text)", "A code of how an English word sounds")
                    .differing("Flink has no such function")
                    .example("SOUNDEX('Robert')", "R163"),
            of(
                            scalar("ENCODE", BINARY, family(TEXT, TEXT)),
                            "ENCODE(text, charset)",
                            "The bytes of a text in US-ASCII, ISO-8859-1, UTF-8, UTF-16BE, UTF-16LE or UTF-16")
                    .example("ENCODE('abc', 'UTF-8')", "x'616263'"),
            of(
                            scalar("DECODE", STRING, family(BYTES, TEXT)),
                            "DECODE(bytes, charset)",
                            "The text of bytes in US-ASCII, ISO-8859-1, UTF-8, UTF-16BE, UTF-16LE or UTF-16")
                    .example("DECODE(X'616263', 'UTF-8')", "abc"));

    private TextFunctions() {}

    private static FunctionDefinition of(SqlOperator operator, String syntax, String description) {
        return FunctionDefinition.of(FunctionCategory.TEXT, operator, syntax, description);
    }
}
