package io.sabot.shell.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.shell.FakeDriver;
import io.sabot.shell.run.EngineConnection;
import io.sabot.shell.run.ShellSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Properties;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PromptTest {
    private static final String CONTROL_C = "\003";
    private static final String CONTROL_D = "\004";

    @TempDir
    private Path directory;

    private final FakeDriver driver = new FakeDriver()
            .answer("SELECT 1", FakeDriver.rows(List.of("n"), List.of(Types.INTEGER), List.of(List.of(1))))
            .answerWithoutEnd(
                    "SELECT 2 EMIT CHANGES", FakeDriver.rows(List.of("n"), List.of(Types.INTEGER), List.of(List.of(2))))
            .fail("BAD", new SQLException("ERROR 42601: 'BAD' is no statement", "42601"));
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private String type(String input) throws IOException, InterruptedException {
        return type(input + CONTROL_D, () -> {}, "");
    }

    /** What the terminal shows when the input is typed and, once the condition is met, more. */
    private String type(String input, Condition condition, String more) throws IOException, InterruptedException {
        try (var terminal = new LineDisciplineTerminal("test", "dumb", out, StandardCharsets.UTF_8)) {
            var engine = new EngineConnection(driver::open, "jdbc:sabot:", new Properties());
            var keyboard = new Thread(() -> press(terminal, input, condition, more));
            keyboard.start();
            int exitCode = Prompt.run(
                    terminal, directory.resolve("home/history"), engine, new ShellSettings(), "Sabot", session -> true);
            assertThat(exitCode).isZero();
            keyboard.join();
        }
        return out.toString(StandardCharsets.UTF_8).replace("\r", "");
    }

    private static void press(LineDisciplineTerminal terminal, String input, Condition condition, String more) {
        try {
            terminal.processInputBytes(input.getBytes(StandardCharsets.UTF_8));
            condition.await();
            terminal.processInputBytes(more.getBytes(StandardCharsets.UTF_8));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private interface Condition {
        void await() throws InterruptedException;
    }

    @Test
    void aStatementMaySpanLinesAndEndsAtItsSemicolon() throws Exception {
        driver.answer("SELECT\n1", FakeDriver.rows(List.of("n"), List.of(Types.INTEGER), List.of(List.of(1))));
        assertThat(type("SELECT\n1;\n")).contains("│ n │", "│ 1 │", "(1 row)");
        assertThat(driver.executed()).containsExactly("connect jdbc:sabot:", "SELECT\n1", "close");
    }

    @Test
    void anErrorDoesNotEndTheShell() throws Exception {
        assertThat(type("BAD;\nSELECT 1;\n")).contains("ERROR 42601: 'BAD' is no statement", "(1 row)");
    }

    @Test
    void aStatementWithoutRowsSaysOk() throws Exception {
        driver.answerCount("INSERT INTO t VALUES (1), (2)", 2, null);
        assertThat(type("CREATE TABLE t (a INT);\nINSERT INTO t VALUES (1), (2);\n"))
                .contains("OK\n", "OK, 2 rows\n");
    }

    @Test
    void controlCCancelsTheQueryAndNotTheShell() throws Exception {
        String shown = type("SELECT 2 EMIT CHANGES;\n", driver::awaitWaiting, CONTROL_C + "SELECT 1;\n" + CONTROL_D);
        assertThat(shown).contains("(1 row, cancelled)", "Cancelled.", "│ 1 │");
        assertThat(shown).doesNotContain("57014");
    }

    @Test
    void commandsWorkInBothSpellings() throws Exception {
        assertThat(type("\\dt\n.mode csv\n.timing off\nSELECT 1;\n.nonsense\n\\q\nSELECT 3;\n"))
                .contains("│ main   │ orders │ TABLE │", "\nn\n1\n", "there is no command 'nonsense'");
        assertThat(driver.executed()).doesNotContain("SELECT 3");
    }

    @Test
    void helpListsEveryCommand() throws Exception {
        assertThat(type(".help\n")).contains(".tables, .dt [PATTERN]", ".quit, .q, .exit", "Ctrl-C");
    }

    @Test
    void outputGoesToAFileUntilTheScreenIsAskedFor() throws Exception {
        Path file = directory.resolve("result.txt");
        type(".o " + file + "\nSELECT 1;\n.o\nSELECT 1;\n");
        assertThat(file).content().isEqualTo("+---+\n| n |\n+---+\n| 1 |\n+---+\n(1 row)\n");
        assertThat(out.toString(StandardCharsets.UTF_8)).containsOnlyOnce("(1 row)");
    }

    @Test
    void historyIsKeptWithoutSecrets() throws Exception {
        type("SELECT 1;\nCREATE TABLE t (a INT) WITH ('password' = 'geheim');\n");
        assertThat(directory.resolve("home/history"))
                .content()
                .contains("SELECT 1;")
                .doesNotContain("geheim");
        assertThat(type(".history\n")).contains("SELECT 1;");
    }

    @Test
    void aScriptReadFromThePromptStopsAtItsFirstError() throws Exception {
        Path script = Files.writeString(directory.resolve("s.sql"), "SELECT 1;\nBAD;\nSELECT 4;\n");
        assertThat(type(".read " + script + "\nSELECT 1;\n")).contains("ERROR 42601");
        assertThat(driver.executed()).doesNotContain("SELECT 4", "\n\nSELECT 4").endsWith("SELECT 1", "close");
    }

    @Test
    void scriptsThatReadThemselvesAreStopped() throws Exception {
        Path script = directory.resolve("loop.sql");
        Files.writeString(script, ".read " + script + "\n");
        assertThat(type(".read " + script + "\n")).contains("scripts read each other more than 16 deep");
    }
}
