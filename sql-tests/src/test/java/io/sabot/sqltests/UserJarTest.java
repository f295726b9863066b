package io.sabot.sqltests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar whose classes were compiled for Flink serves Sabot as it is; Flink's own classes are not there when it runs. */
class UserJarTest {
    private static final Map<String, String> FLINK = Map.of(
            "org/apache/flink/table/functions/ScalarFunction", """
            package org.apache.flink.table.functions;
            public abstract class ScalarFunction {}
            """,
            "org/apache/flink/table/functions/TableFunction", """
            package org.apache.flink.table.functions;
            public abstract class TableFunction<T> { protected final void collect(T row) {} }
            """,
            "org/apache/flink/table/functions/AggregateFunction", """
            package org.apache.flink.table.functions;
            public abstract class AggregateFunction<T, ACC> {
                public abstract ACC createAccumulator();
                public abstract T getValue(ACC accumulator);
            }
            """,
            "org/apache/flink/types/Row", """
            package org.apache.flink.types;
            public final class Row { public static Row of(Object... values) { return null; } }
            """,
            "org/apache/flink/table/annotation/DataTypeHint", """
            package org.apache.flink.table.annotation;
            @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
            public @interface DataTypeHint { String value() default ""; }
            """,
            "org/apache/flink/table/annotation/FunctionHint", """
            package org.apache.flink.table.annotation;
            @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
            public @interface FunctionHint { DataTypeHint output() default @DataTypeHint; }
            """);

    private static final Map<String, String> USER = Map.of(
            "com/acme/Twice", """
            package com.acme;
            public class Twice extends org.apache.flink.table.functions.ScalarFunction {
                public String eval(String text) { return Words.twice(text); }
            }
            """,
            "com/acme/Words", """
            package com.acme;
            final class Words { static String twice(String text) { return text + text; } }
            """,
            "com/acme/Span", """
            package com.acme;
            public class Span extends org.apache.flink.table.functions.AggregateFunction<Integer, Span.Bounds> {
                public static class Bounds { public Integer low; public Integer high; }
                public Bounds createAccumulator() { return new Bounds(); }
                public Integer getValue(Bounds bounds) { return bounds.low == null ? null : bounds.high - bounds.low; }
                public void accumulate(Bounds bounds, Integer value) {
                    bounds.low = bounds.low == null ? value : Math.min(bounds.low, value);
                    bounds.high = bounds.high == null ? value : Math.max(bounds.high, value);
                }
            }
            """,
            "com/acme/Split", """
            package com.acme;
            import org.apache.flink.table.annotation.*;
            import org.apache.flink.types.Row;
            @FunctionHint(output = @DataTypeHint("ROW<word STRING, size INT>"))
            public class Split extends org.apache.flink.table.functions.TableFunction<Row> {
                public void eval(String text) { for (String word : text.split(" ")) collect(Row.of(word, word.length())); }
            }
            """);

    @TempDir
    Path directory;

    private Path jar() throws IOException {
        List<String> files = new ArrayList<>();
        for (Map<String, String> sources : List.of(FLINK, USER)) {
            for (Map.Entry<String, String> source : sources.entrySet()) {
                Path file = directory.resolve("src").resolve(source.getKey() + ".java");
                Files.createDirectories(file.getParent());
                Files.writeString(file, source.getValue());
                files.add(file.toString());
            }
        }
        Path classes = directory.resolve("classes");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", classes.toString()));
        arguments.addAll(files);
        assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        Path jar = directory.resolve("functions.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> compiled = Files.list(classes.resolve("com/acme"))) {
            for (Path file : compiled.toList()) {
                entries.putNextEntry(new JarEntry("com/acme/" + file.getFileName()));
                entries.write(Files.readAllBytes(file));
            }
        }
        return jar;
    }

    private static List<String> query(Connection connection, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int c = 1; c <= result.getMetaData().getColumnCount(); c++) {
                    values.add(result.getString(c));
                }
                rows.add(String.join(" ", values));
            }
        }
        return rows;
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void functionsOfAJarForFlinkAreFoundAgainWhenTheEngineOpens() throws Exception {
        Path jar = jar();
        String url = "jdbc:sabot:" + directory.resolve("data");
        try (Connection connection = DriverManager.getConnection(url)) {
            run(connection, "CREATE FUNCTION twice AS 'com.acme.Twice' LANGUAGE JAVA USING JAR '" + jar + "'");
            run(connection, "ADD JAR '" + jar.toUri() + "'");
            run(connection, "CREATE FUNCTION split_words AS 'com.acme.Split'");
            run(connection, "CREATE FUNCTION span AS 'com.acme.Span'");
            run(connection, "CREATE VIEW v AS SELECT twice('ab') AS x");
            assertThat(query(connection, "SELECT x FROM v")).containsExactly("abab");
        }
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(query(connection, "SHOW USER FUNCTIONS")).containsExactly("span", "split_words", "twice");
            assertThat(query(connection, "SELECT twice(x) FROM v")).containsExactly("abababab");
            assertThat(query(
                            connection,
                            "SELECT word, size FROM (VALUES ('to be')) AS t (s), LATERAL TABLE(split_words(s))"))
                    .containsExactly("to 2", "be 2");
            assertThat(query(connection, "SELECT span(x) FROM (VALUES (3), (9), (5)) AS t (x)"))
                    .containsExactly("6");
            run(connection, "CREATE STREAM t (x INT)");
            run(connection, "INSERT INTO t VALUES (3), (9)");
            run(connection, "CREATE MATERIALIZED VIEW m AS SELECT span(x) AS s FROM t");
            run(connection, "CREATE MATERIALIZED VIEW sums AS SELECT SUM(x) AS s FROM t");
            assertThat(query(connection, "SELECT s FROM m")).containsExactly("6");
        }
        Path elsewhere = directory.resolve("elsewhere");
        Files.move(jar, elsewhere);
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(query(connection, "SHOW USER FUNCTIONS")).hasSize(3);
            assertThat(query(connection, "DESCRIBE FUNCTION twice"))
                    .anyMatch(row -> row.startsWith("problem") && row.contains("there is no file " + jar));
            assertThat(query(connection, "SELECT x FROM t")).hasSize(2);
            assertThat(query(connection, "SELECT s FROM sums")).containsExactly("12");
            assertThatThrownBy(() -> query(connection, "SELECT x FROM v")).hasMessageContaining("could not be read");
            assertThatThrownBy(() -> query(connection, "SELECT s FROM m")).hasMessageContaining(jar.toString());
            run(connection, "CREATE TABLE u (x INT)");
        }
        Files.move(elsewhere, jar);
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(query(connection, "SELECT x FROM v")).containsExactly("abab");
            assertThat(query(connection, "SELECT s FROM m")).containsExactly("6");
            run(connection, "DROP TABLE u");
        }
    }

    @Test
    void aMaterializedViewWithoutItsJarIsKeptAndGoesOnWhenTheJarIsBack() throws Exception {
        Path jar = jar();
        String url = "jdbc:sabot:" + directory.resolve("data");
        try (Connection connection = DriverManager.getConnection(url)) {
            run(connection, "CREATE FUNCTION span AS 'com.acme.Span' USING JAR '" + jar + "'");
            run(connection, "CREATE STREAM t (x INT)");
            run(connection, "INSERT INTO t VALUES (3), (9)");
            run(connection, "CREATE MATERIALIZED VIEW m AS SELECT span(x) AS s FROM t");
            run(connection, "CREATE MATERIALIZED VIEW n AS SELECT s + 1 AS s FROM m");
            assertThat(query(connection, "SELECT s FROM n")).containsExactly("7");
        }
        Path elsewhere = directory.resolve("elsewhere");
        Files.move(jar, elsewhere);
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(query(connection, "DESCRIBE JOB `view-m`"))
                    .anyMatch(row -> row.startsWith("failure") && row.contains("there is no file " + jar))
                    .noneMatch(row -> row.contains("internal error"));
            assertThat(query(connection, "SHOW MATERIALIZED VIEWS")).containsExactly("m", "n");
            assertThat(query(
                            connection,
                            "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_TYPE = 'MATERIALIZED VIEW'"))
                    .containsExactlyInAnyOrder("m", "n");
            assertThat(query(connection, "SHOW CREATE MATERIALIZED VIEW m").get(0))
                    .contains("span");
            assertThatThrownBy(() -> run(connection, "RESUME JOB `view-m`")).hasMessageContaining("could not be read");
            assertThatThrownBy(() -> run(connection, "CANCEL JOB `view-m`"))
                    .hasMessageContaining("keeps materialized view");
            assertThatThrownBy(() -> run(connection, "DROP STREAM t")).hasMessageContaining("it is read by m");
            run(connection, "INSERT INTO t VALUES (20)");
        }
        Files.move(elsewhere, jar);
        try (Connection connection = DriverManager.getConnection(url)) {
            run(connection, "INSERT INTO t VALUES (10)");
            assertThat(query(connection, "SELECT s FROM m")).containsExactly("17");
            assertThat(query(connection, "SELECT s FROM n")).containsExactly("18");
        }
    }

    @Test
    void viewsAreMadeWhenTheirJarIsThereAgain() throws Exception {
        Path jar = jar();
        Path elsewhere = directory.resolve("elsewhere");
        String url = "jdbc:sabot:" + directory.resolve("data");
        try (Connection connection = DriverManager.getConnection(url)) {
            run(connection, "CREATE FUNCTION span AS 'com.acme.Span' USING JAR '" + jar + "'");
            run(connection, "CREATE STREAM t (x INT)");
            run(connection, "INSERT INTO t VALUES (3), (10)");
            run(connection, "CREATE VIEW p AS SELECT span(x) AS s FROM t");
            run(connection, "CREATE MATERIALIZED VIEW m AS SELECT span(x) AS s FROM t");
            run(connection, "CREATE MATERIALIZED VIEW n AS SELECT s + 1 AS s FROM m");
        }
        Files.move(jar, elsewhere);
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThatThrownBy(() -> query(connection, "SELECT s FROM n")).hasMessageContaining("write ADD JAR");
            Files.move(elsewhere, jar);
            run(connection, "INSERT INTO t VALUES (20)");
            run(connection, "ADD JAR '" + jar + "'");
            assertThat(query(connection, "SELECT s FROM p")).containsExactly("17");
            assertThat(query(connection, "SELECT s FROM m")).containsExactly("17");
            assertThat(query(connection, "SELECT s FROM n")).containsExactly("18");
        }
        Files.move(jar, elsewhere);
        try (Connection connection = DriverManager.getConnection(url)) {
            Files.move(elsewhere, jar);
            run(connection, "RESUME JOB `view-n`");
            run(connection, "INSERT INTO t VALUES (40)");
            assertThat(query(connection, "SELECT s FROM n")).containsExactly("38");
        }
    }

    @Test
    void whatAClientHasForItselfDoesNotCountWhenViewsAreMadeAgain() throws Exception {
        Path jar = jar();
        Path elsewhere = directory.resolve("elsewhere");
        String url = "jdbc:sabot:" + directory.resolve("data");
        try (Connection connection = DriverManager.getConnection(url)) {
            run(connection, "CREATE FUNCTION span AS 'com.acme.Span' USING JAR '" + jar + "'");
            run(connection, "CREATE STREAM t (x INT, y INT)");
            run(connection, "INSERT INTO t VALUES (3, 1), (10, 2)");
            run(connection, "CREATE MATERIALIZED VIEW m AS SELECT span(x) AS s, y FROM t GROUP BY y");
        }
        Files.move(jar, elsewhere);
        try (Connection connection = DriverManager.getConnection(url)) {
            Files.move(elsewhere, jar);
            run(connection, "CREATE TEMPORARY TABLE t (x INT, y STRING)");
            run(connection, "ADD JAR '" + jar + "'");
            assertThat(query(connection, "SELECT TYPEOF(y) FROM m LIMIT 1")).containsExactly("INT");
            assertThat(query(connection, "SELECT y FROM m ORDER BY y")).containsExactly("1", "2");
        }
    }

    @Test
    void aMaterializedViewWithoutItsJarIsReplacedAndDropped() throws Exception {
        Path jar = jar();
        String url = "jdbc:sabot:" + directory.resolve("data");
        try (Connection connection = DriverManager.getConnection(url)) {
            run(connection, "CREATE FUNCTION span AS 'com.acme.Span' USING JAR '" + jar + "'");
            run(connection, "CREATE STREAM t (x INT)");
            run(connection, "INSERT INTO t VALUES (3), (9)");
            run(connection, "CREATE MATERIALIZED VIEW m AS SELECT span(x) AS s FROM t");
            run(connection, "CREATE MATERIALIZED VIEW n AS SELECT span(x) AS s FROM t");
        }
        Files.delete(jar);
        try (Connection connection = DriverManager.getConnection(url)) {
            run(connection, "CREATE OR REPLACE MATERIALIZED VIEW m AS SELECT MAX(x) - MIN(x) AS s FROM t");
            assertThat(query(connection, "SELECT s FROM m")).containsExactly("6");
            run(connection, "DROP MATERIALIZED VIEW n");
        }
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(query(connection, "SELECT s FROM m")).containsExactly("6");
            assertThat(query(connection, "SHOW JOBS")).hasSize(1);
        }
    }
}
