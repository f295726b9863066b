package io.sabot.executor.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.parser.error.SabotException;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class TextTest {
    private static final Schema SCHEMA = Schema.of(
            new Field("s", AtomicType.STRING), new Field("t", AtomicType.STRING), new Field("n", AtomicType.INT));

    private static final String TABLE = """
            hello world | o | 2
            日本語テキスト | 本語 | -3
            '' | '' | 0
            NULL | x | 1
            Straße | NULL | NULL
            """;

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    @BeforeAll
    static void declare() {
        SqlReturnTypeInference string =
                ReturnTypes.explicit(SqlTypeName.VARCHAR, Integer.MAX_VALUE).andThen(SqlTypeTransforms.FORCE_NULLABLE);
        for (String name : new String[] {
            "CONCAT",
            "CONCAT_WS",
            "SUBSTR",
            "BTRIM",
            "LTRIM",
            "SPLIT_INDEX",
            "REGEXP_EXTRACT",
            "REGEXP_REPLACE",
            "LEFT",
            "RIGHT",
            "URL_ENCODE",
            "PARSE_URL",
            "MD5",
            "HEX",
            "FROM_BASE64"
        }) {
            SqlExpressions.declare(name, string);
        }
        SqlExpressions.declare(
                "LOCATE", ReturnTypes.explicit(SqlTypeName.INTEGER).andThen(SqlTypeTransforms.FORCE_NULLABLE));
        SqlExpressions.declare(
                "INSTR", ReturnTypes.explicit(SqlTypeName.INTEGER).andThen(SqlTypeTransforms.FORCE_NULLABLE));
        SqlExpressions.declare(
                "IS_DIGIT", ReturnTypes.explicit(SqlTypeName.BOOLEAN).andThen(SqlTypeTransforms.FORCE_NULLABLE));
    }

    private String project(String select) {
        return new ExpressionHarness(memory.allocator(), SCHEMA).project(select, TABLE);
    }

    @Test
    void countsCharactersAndChangesCase() {
        assertThat(project("CHAR_LENGTH(s), UPPER(s), LOWER(UPPER(s))")).isEqualTo("""
                        11 | HELLO WORLD | hello world
                        7 | 日本語テキスト | 日本語テキスト
                        0 | '' | ''
                        NULL | NULL | NULL
                        6 | STRASSE | strasse""");
    }

    @Test
    void takesParts() {
        assertThat(
                        project(
                                "SUBSTRING(s FROM 2 FOR 3), SUBSTRING(s FROM n), SUBSTR(s, -2), SUBSTR(s, 0, 4), `LEFT`(s, n), `RIGHT`(s, 2)"))
                .isEqualTo("""
                        ell | ello world | ld | hell | he | ld
                        本語テ | キスト | スト | 日本語テ | '' | スト
                        '' | '' | '' | '' | '' | ''
                        NULL | NULL | NULL | NULL | NULL | NULL
                        tra | NULL | ße | Stra | NULL | ße""");
    }

    @Test
    void joinsAndSplits() {
        assertThat(
                        project(
                                "s || '-' || t, CONCAT(t, s), CONCAT_WS(',', s, t, 'z'), SPLIT_INDEX(s, ' ', 1), SPLIT_INDEX(s, 'l', n)"))
                .isEqualTo("""
                        hello world-o | ohello world | 'hello world,o,z' | world | o wor
                        日本語テキスト-本語 | 本語日本語テキスト | '日本語テキスト,本語,z' | NULL | NULL
                        - | '' | ',,z' | NULL | NULL
                        NULL | NULL | 'x,z' | NULL | NULL
                        NULL | NULL | 'Straße,z' | NULL | NULL""");
    }

    @Test
    void trimsAnyOfTheCharacters() {
        assertThat(
                        project(
                                "TRIM('  a b '), TRIM(LEADING 'hol' FROM s), BTRIM(s, 'hd'), LTRIM(s, '日本'), TRIM(BOTH t FROM s)"))
                .isEqualTo("""
                        a b | e'lo world | ello worl | hello world | hello world
                        a b | 日本語テキスト | 日本語テキスト | 語テキスト | 日本語テキスト
                        a b | '' | '' | '' | ''
                        a b | NULL | NULL | NULL | NULL
                        a b | Straße | Straße | Straße | NULL""".replace("e'lo", "ello"));
    }

    @Test
    void findsAndReplaces() {
        assertThat(project(
                        "POSITION(t IN s), LOCATE('o', s, 6), INSTR(s, t), REPLACE(s, t, '<>'), REPLACE(s, 'l', '')"))
                .isEqualTo("""
                        5 | 8 | 5 | hell<> w<>rld | heo word
                        2 | 0 | 2 | 日<>テキスト | 日本語テキスト
                        1 | 0 | 1 | <> | ''
                        NULL | NULL | NULL | NULL | NULL
                        NULL | 0 | NULL | NULL | Straße""");
    }

    @Test
    void matchesPatterns() {
        assertThat(
                        project(
                                "s LIKE 'hel%', s LIKE '%rld', s LIKE '%l%w%', s LIKE '日_語%', s LIKE '', s LIKE '%', s LIKE t || '%'"))
                .isEqualTo("""
                        true | true | true | false | false | true | false
                        false | false | false | true | false | true | false
                        false | false | false | false | true | true | true
                        NULL | NULL | NULL | NULL | NULL | NULL | NULL
                        false | false | false | false | false | true | NULL""");
        assertThat(project(
                                "'a%b' LIKE 'a!%b' ESCAPE '!', 'axb' LIKE 'a!%b' ESCAPE '!', 'aab' LIKE '%a_', 'abab' LIKE '%ab', s NOT LIKE '%o'")
                        .lines()
                        .findFirst())
                .contains("true | false | true | true | true");
        assertThatThrownBy(() -> project("s LIKE 'a!b' ESCAPE '!'"))
                .isInstanceOf(SabotException.class)
                .hasMessageContaining("invalid escape");
    }

    @Test
    void comparesByBytes() {
        assertThat(
                        project(
                                "s = 'hello world', s < t, s >= 'Straße', t = 'o', t <> '', s IN ('', 'hello world'), s IS DISTINCT FROM t"))
                .isEqualTo("""
                        true | true | true | true | true | true | true
                        false | true | true | false | true | false | true
                        false | false | false | false | false | true | false
                        NULL | NULL | NULL | false | true | NULL | true
                        false | NULL | true | NULL | NULL | false | true""");
    }

    @Test
    void extractsByRegularExpressions() {
        assertThat(
                        project(
                                "REGEXP_EXTRACT(s, '(\\w+) (w.)', 2), REGEXP_EXTRACT(s, 'l+'), REGEXP_EXTRACT(s, '(', 1), REGEXP_REPLACE(s, 'l+', '$1')"))
                .isEqualTo("""
                        wo | ll | NULL | he$1o wor$1d
                        NULL | NULL | NULL | 日本語テキスト
                        NULL | NULL | NULL | ''
                        NULL | NULL | NULL | NULL
                        NULL | NULL | NULL | Straße""");
    }

    @Test
    void hasTheSmallOnes() {
        assertThat(project(
                                "IS_DIGIT('12'), URL_ENCODE('a b&'), PARSE_URL('http://h/p?k=v#r', 'QUERY', 'k'), MD5('a'), HEX(255), FROM_BASE64('YQ==')")
                        .lines()
                        .findFirst())
                .contains("true | a+b%26 | v | 0cc175b9c0f1b6a831c399e269772661 | FF | a");
    }
}
