package io.sabot.planner.function;

import static io.sabot.planner.function.Signatures.BOOLEAN;
import static io.sabot.planner.function.Signatures.INT_OR_NULL;
import static io.sabot.planner.function.Signatures.STRING;
import static io.sabot.planner.function.Signatures.STRING_OR_NULL;
import static io.sabot.planner.function.Signatures.TEXT;
import static io.sabot.planner.function.Signatures.WHOLE;
import static io.sabot.planner.function.Signatures.family;
import static io.sabot.planner.function.Signatures.scalar;
import static io.sabot.planner.function.Signatures.upTo;

import java.util.List;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;

/** Functions of texts by regular expressions (Java's), and the ones that encode, digest or take texts apart. */
final class CodeFunctions {
    static final List<FunctionDefinition> ALL = List.of(
            of(
                            scalar("REGEXP", BOOLEAN, family(TEXT, TEXT)),
                            "REGEXP(text, regex)",
                            "Whether any part of the text matches; an empty or wrong expression does not")
                    .example("REGEXP('abc', 'b.')", "TRUE"),
            of(
                            scalar("REGEXP_EXTRACT", STRING_OR_NULL, upTo(2, TEXT, TEXT, WHOLE)),
                            "REGEXP_EXTRACT(text, regex [, group])",
                            "The first match, or a group of it")
                    .nulls(NullRule.STRICT_OR_BAD)
                    .example("REGEXP_EXTRACT('foothebar', 'foo(.*?)(bar)', 2)", "bar"),
            of(
                            scalar("REGEXP_EXTRACT_ALL", CollectionTypes.ofStringsOrNull(), upTo(2, TEXT, TEXT, WHOLE)),
                            "REGEXP_EXTRACT_ALL(text, regex [, group])",
                            "Group 1, or another one, of all matches")
                    .nulls(NullRule.STRICT_OR_BAD)
                    .example("REGEXP_EXTRACT_ALL('1-2, 3-4', '(\\d)-(\\d)', 2)", "[2, 4]"),
            of(
                            scalar("REGEXP_REPLACE", STRING_OR_NULL, family(TEXT, TEXT, TEXT)),
                            "REGEXP_REPLACE(text, regex, replacement)",
                            "All matches replaced, the replacement taken as it is")
                    .nulls(NullRule.STRICT_OR_BAD)
                    .example("REGEXP_REPLACE('foobar', 'oo|ar', '')", "fb"),
            of(
                            scalar("REGEXP_COUNT", INT_OR_NULL, family(TEXT, TEXT)),
                            "REGEXP_COUNT(text, regex)",
                            "The number of matches")
                    .nulls(NullRule.STRICT_OR_BAD)
                    .example("REGEXP_COUNT('abcabc', 'b')", "2"),
            of(
                            scalar("REGEXP_INSTR", INT_OR_NULL, family(TEXT, TEXT)),
                            "REGEXP_INSTR(text, regex)",
                            "Where the first match starts, counted from 1; 0 if there is none")
                    .nulls(NullRule.STRICT_OR_BAD)
                    .example("REGEXP_INSTR('abcabc', 'c')", "3"),
            of(
                            scalar("REGEXP_SUBSTR", STRING_OR_NULL, family(TEXT, TEXT)),
                            "REGEXP_SUBSTR(text, regex)",
                            "The first match")
                    .nulls(NullRule.STRICT_OR_BAD)
                    .example("REGEXP_SUBSTR('abcabc', 'b.')", "bc"),
            of(scalar("TO_BASE64", STRING, family(TEXT)), "TO_BASE64(text)", "In Base64")
                    .example("TO_BASE64('hello')", "aGVsbG8="),
            of(
                            scalar("FROM_BASE64", STRING_OR_NULL, family(TEXT)),
                            "FROM_BASE64(text)",
                            "The text that a Base64 stands for")
                    .differing("NULL for what is no Base64, where Flink fails")
                    .nulls(NullRule.STRICT_OR_BAD)
                    .example("FROM_BASE64('aGVsbG8=')", "hello"),
            of(scalar("MD5", digits(32), family(TEXT)), "MD5(text)", "The MD5 digest in base 16")
                    .example("MD5('hello')", "5d41402abc4b2a76b9719d911017c592"),
            of(scalar("SHA1", digits(40), family(TEXT)), "SHA1(text)", "The SHA-1 digest in base 16")
                    .example("SHA1('hello')", "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d"),
            of(scalar("SHA224", digits(56), family(TEXT)), "SHA224(text)", "The SHA-224 digest in base 16")
                    .example("SHA224('hello')", "ea09ae9cc6768c50fcee903ed054556e5bfc8347907f12598aa24193"),
            of(scalar("SHA256", digits(64), family(TEXT)), "SHA256(text)", "The SHA-256 digest in base 16")
                    .example("SHA256('hello')", "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"),
            of(scalar("SHA384", digits(96), family(TEXT)), "SHA384(text)", "The SHA-384 digest in base 16")
                    .example("CHAR_LENGTH(SHA384('hello'))", "96"),
            of(scalar("SHA512", digits(128), family(TEXT)), "SHA512(text)", "The SHA-512 digest in base 16")
                    .example("CHAR_LENGTH(SHA512('hello'))", "128"),
            of(
                            scalar(
                                    "SHA2",
                                    Signatures.ifArguments(ReturnTypes.explicit(SqlTypeName.VARCHAR, 128)),
                                    family(TEXT, WHOLE)),
                            "SHA2(text, bits)",
                            "The SHA-2 digest of 224, 256, 384 or 512 bits in base 16")
                    .example("SHA2('hello', 256)", "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"),
            of(
                            scalar("PARSE_URL", STRING_OR_NULL, upTo(2, TEXT, TEXT, TEXT)),
                            "PARSE_URL(url, part [, key])",
                            "HOST, PATH, QUERY, REF, PROTOCOL, FILE, AUTHORITY or USERINFO of a URL, or the value of a key in its QUERY")
                    .nulls(NullRule.STRICT_OR_BAD)
                    .example("PARSE_URL('http://host.com/p?a=1', 'HOST')", "host.com")
                    .example("PARSE_URL('http://host.com/p?a=1', 'QUERY', 'a')", "1"),
            of(scalar("URL_ENCODE", STRING_OR_NULL, family(TEXT)), "URL_ENCODE(text)", "Encoded as part of a URL")
                    .example("URL_ENCODE('a b&c')", "a+b%26c"),
            of(scalar("URL_DECODE", STRING_OR_NULL, family(TEXT)), "URL_DECODE(text)", "Decoded from a part of a URL")
                    .nulls(NullRule.STRICT_OR_BAD)
                    .example("URL_DECODE('a+b%26c')", "a b&c"));

    private CodeFunctions() {}

    private static SqlReturnTypeInference digits(int count) {
        return Signatures.ifArguments(ReturnTypes.explicit(SqlTypeName.CHAR, count));
    }

    private static FunctionDefinition of(SqlOperator operator, String syntax, String description) {
        return FunctionDefinition.of(FunctionCategory.TEXT, operator, syntax, description);
    }
}
