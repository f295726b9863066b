package io.sabot.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.parser.text.SqlText;
import java.lang.reflect.Proxy;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeSpecTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    STRING                            | STRING                                     | VARCHAR
                    bytes NOT NULL                    | BYTES NOT NULL                             | VARBINARY NOT NULL
                    TIMESTAMP_LTZ(3)                  | TIMESTAMP(3) WITH LOCAL TIME ZONE          | TIMESTAMP_WITH_LOCAL_TIME_ZONE(3)
                    ARRAY<INT NOT NULL>               | ARRAY<INTEGER NOT NULL>                    | INTEGER NOT NULL ARRAY
                    ARRAY<ARRAY<INT>>                 | ARRAY<ARRAY<INTEGER>>                      | INTEGER ARRAY ARRAY
                    INT ARRAY                         | ARRAY<INTEGER>                             | INTEGER ARRAY
                    MULTISET<STRING>                  | MULTISET<STRING>                           | VARCHAR MULTISET
                    MAP<INT NOT NULL, DATE>           | MAP<INTEGER NOT NULL, DATE>                | (INTEGER NOT NULL, DATE) MAP
                    ROW<a INT, `b c` DATE>            | ROW<`a` INTEGER, `b c` DATE>               | RecordType:peek_no_expand(INTEGER a, DATE b c)
                    ROW(a INT NOT NULL, b INT) NOT NULL | ROW<`a` INTEGER NOT NULL, `b` INTEGER> NOT NULL | RecordType:peek_no_expand(INTEGER NOT NULL a, INTEGER b) NOT NULL
                    ROW<a INT 'it''s', b DATE 'x'>    | ROW<`a` INTEGER 'it''s', `b` DATE 'x'>     | RecordType:peek_no_expand(INTEGER a, DATE b)
                    """)
    void derivesTypesThatKeepNullability(String sql, String normal, String derived) {
        SqlDataTypeSpec spec = SqlParser.parseDataType(sql);
        assertThat(SqlText.of(spec)).isEqualTo(normal);
        RelDataType type = spec.deriveType(validator());
        assertThat(describe(type)).isEqualTo(derived);
        assertThat(SqlText.of(SqlParser.parseDataType(normal))).isEqualTo(normal);
    }

    private static String describe(RelDataType type) {
        return type.getFullTypeString().replaceAll("\\(65536\\)| CHARACTER SET \"[^\"]*\"| COLLATE \"[^\"]*\"", "");
    }

    @Test
    void rowsLetFieldsBeReachedWithoutSpreading() {
        RelDataType row =
                SqlParser.parseDataType("ROW<a INT, b ARRAY<ROW<c INT>>>").deriveType(validator());
        assertThat(row.getStructKind()).isEqualTo(StructKind.PEEK_FIELDS_NO_EXPAND);
        RelDataType inner = row.getFieldList().get(1).getType().getComponentType();
        assertThat(inner).isNotNull();
        assertThat(inner.getStructKind()).isEqualTo(StructKind.PEEK_FIELDS_NO_EXPAND);
        assertThat(inner.getSqlTypeName()).isEqualTo(SqlTypeName.ROW);
    }

    /** Type specs ask it for nothing but the type factory. */
    private static SqlValidator validator() {
        var factory = new SqlTypeFactoryImpl(RelDataTypeSystem.DEFAULT);
        return (SqlValidator) Proxy.newProxyInstance(
                SqlValidator.class.getClassLoader(),
                new Class<?>[] {SqlValidator.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("getTypeFactory")) {
                        return factory;
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
