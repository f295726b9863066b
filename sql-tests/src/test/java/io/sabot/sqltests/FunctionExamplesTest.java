package io.sabot.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.planner.function.FunctionDefinition;
import io.sabot.planner.function.FunctionTable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the documentation of functions shows is what the engine answers. */
final class FunctionExamplesTest {
    @Test
    void examplesGiveWhatTheySay() throws SQLException {
        List<String> wrong = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sabot:mem:examples");
                Statement statement = connection.createStatement()) {
            statement.execute("SET 'table.local-time-zone' = 'UTC'");
            for (FunctionDefinition function : FunctionTable.INSTANCE.definitions()) {
                for (FunctionDefinition.Example example : function.examples()) {
                    String answer = answer(statement, example);
                    if (!answer.equals(example.result())) {
                        wrong.add(example.sql() + " -> " + answer + ", not " + example.result());
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static String answer(Statement statement, FunctionDefinition.Example example) {
        try (ResultSet rows = statement.executeQuery(example.query())) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(text(rows.getObject(1), rows.getString(1)));
            }
            return String.join("; ", values);
        } catch (SQLException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** As the shell prints it. */
    private static String text(@Nullable Object value, @Nullable String text) {
        if (value instanceof Boolean truth) {
            return truth ? "TRUE" : "FALSE";
        }
        if (value instanceof byte[] bytes) {
            return "x'" + HexFormat.of().formatHex(bytes) + "'";
        }
        return text == null ? "NULL" : text;
    }

    @Test
    void scalarFunctionsHaveExamples() {
        assertThat(FunctionTable.INSTANCE.definitions())
                .filteredOn(FunctionDefinition::isScalar)
                .filteredOn(function -> function.examples().isEmpty())
                .extracting(FunctionDefinition::name)
                .containsExactly("CURRENT_WATERMARK");
    }

    @Test
    void descriptionsAreOneSentenceWithoutAPeriod() {
        assertThat(FunctionTable.INSTANCE.definitions()).allSatisfy(function -> {
            assertThat(function.description()).isNotEmpty().doesNotEndWith(".").doesNotContain("\n");
            assertThat(function.syntax()).isNotEmpty();
        });
    }

    @Test
    void showFunctionsListsThemAll() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sabot:mem:examples");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW FUNCTIONS")) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            assertThat(names)
                    .containsAll(FunctionTable.INSTANCE.functionNames())
                    .noneMatch(name -> name.startsWith("$"));
        }
    }
}
