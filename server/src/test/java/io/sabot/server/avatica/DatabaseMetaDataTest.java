package io.sabot.server.avatica;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatabaseMetaDataTest {
    /** Every method, with null, empty or zero for each argument. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void everyMethodAnswers(Way way) throws SQLException, IllegalAccessException, IOException {
        List<String> failures = new ArrayList<>();
        try (Engines engines = new Engines(way);
                Connection connection = engines.connect()) {
            DatabaseMetaData metaData = connection.getMetaData();
            for (Method method : DatabaseMetaData.class.getMethods()) {
                try {
                    Object answer = method.invoke(metaData, arguments(method));
                    if (answer instanceof ResultSet rows) {
                        try (rows) {
                            while (rows.next()) {
                                rows.getObject(1);
                            }
                        }
                    } else if (answer == null) {
                        failures.add(method.getName() + " gives null");
                    }
                } catch (InvocationTargetException e) {
                    failures.add(method.getName() + ": " + e.getCause());
                }
            }
        }
        assertThat(failures).isEmpty();
    }

    private static @Nullable Object[] arguments(Method method) {
        Class<?>[] types = method.getParameterTypes();
        @Nullable Object[] arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            arguments[i] = types[i] == int.class
                    ? (Object) 0
                    : types[i] == boolean.class
                            ? (Object) true
                            : types[i] == Class.class ? (Object) DatabaseMetaData.class : null;
        }
        return arguments;
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void tellsTheCatalog(Way way) throws SQLException, IOException {
        try (Engines engines = new Engines(way);
                Connection connection = engines.connect()) {
            DatabaseMetaData metaData = connection.getMetaData();
            assertThat(texts(metaData.getCatalogs(), "TABLE_CAT")).containsExactly("default_catalog", "other");
            assertThat(texts(metaData.getSchemas(), "TABLE_SCHEM", "TABLE_CATALOG"))
                    .containsExactly("default_database/default_catalog", "sales/default_catalog");
            assertThat(texts(metaData.getTableTypes(), "TABLE_TYPE"))
                    .containsExactly("MATERIALIZED VIEW", "SYSTEM TABLE", "TABLE", "VIEW");
            assertThat(texts(metaData.getTables(null, null, "%", null), "TABLE_NAME", "TABLE_TYPE", "REMARKS"))
                    .containsExactly("clicks/TABLE/the clicks", "orders/TABLE/the orders", "recent/VIEW/a view");
            assertThat(texts(
                            metaData.getTables("default_catalog", "default%", "o_ders", new String[] {"TABLE"}),
                            "TABLE_NAME"))
                    .containsExactly("orders");
            assertThat(texts(
                            metaData.getColumns(null, null, "orders", null),
                            "COLUMN_NAME",
                            "DATA_TYPE",
                            "TYPE_NAME",
                            "COLUMN_SIZE",
                            "DECIMAL_DIGITS",
                            "IS_NULLABLE",
                            "ORDINAL_POSITION",
                            "REMARKS"))
                    .containsExactly(
                            "region/12/STRING/2147483647/null/NO/1/",
                            "id/-5/BIGINT/19/0/NO/2/number",
                            "price/3/DECIMAL(10, 2)/10/2/YES/3/",
                            "double_price/3/DECIMAL(11, 2)/11/2/YES/4/");
            assertThat(texts(metaData.getPrimaryKeys(null, null, "orders"), "COLUMN_NAME", "KEY_SEQ"))
                    .containsExactly("id/2", "region/1");
            assertThat(texts(metaData.getTypeInfo(), "TYPE_NAME")).contains("STRING", "TIMESTAMP_LTZ", "DECIMAL");
            assertThat(texts(metaData.getFunctions(null, null, "%"), "FUNCTION_NAME"))
                    .containsExactly("abs", "upper");
            assertThat(metaData.getDatabaseProductName()).isEqualTo("Sabot");
            assertThat(metaData.getIdentifierQuoteString()).isEqualTo("`");
            assertThat(metaData.isReadOnly()).isFalse();
            assertThat(metaData.nullsAreSortedLow()).isTrue();
            assertThat(metaData.getURL()).isEqualTo(engines.url());
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void catalogAndSchemaCanBeChanged(Way way) throws SQLException, IOException {
        try (Engines engines = new Engines(way);
                Connection connection = engines.connect()) {
            assertThat(connection.getCatalog()).isEqualTo("default_catalog");
            connection.setCatalog("other");
            connection.setSchema("sales");
            assertThat(connection.getCatalog()).isEqualTo("other");
            assertThat(connection.getSchema()).isEqualTo("sales");
            assertThat(connection.getAutoCommit()).isTrue();
            connection.setAutoCommit(false);
            assertThat(connection.getAutoCommit()).isFalse();
            assertThat(connection.isReadOnly()).isFalse();
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.commit();
            connection.rollback();
            assertThat(engines.engine.executed).containsExactly("USE CATALOG `other`", "USE `sales`");
        }
    }

    private static List<String> texts(ResultSet rows, String... columns) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (rows) {
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (String column : columns) {
                    values.add(String.valueOf(rows.getObject(column)));
                }
                texts.add(String.join("/", values));
            }
        }
        return texts;
    }
}
