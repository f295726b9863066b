package io.sabot.sqltests.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.shell.prompt.Prompt;
import io.sabot.shell.run.EngineConnection;
import io.sabot.shell.run.ShellSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The interactive prompt on the real engine. */
@Timeout(60)
class PromptTest {
    private static final String CONTROL_C = "\003";
    private static final String CONTROL_D = "\004";

    @TempDir
    Path folder;

    /** What a terminal shows; a typist waits for it. */
    private static final class Shown extends ByteArrayOutputStream {
        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            notifyAll();
        }

        @Override
        public synchronized void write(int b) {
            super.write(b);
            notifyAll();
        }

        synchronized void await(String text) throws InterruptedException {
            while (!toString(StandardCharsets.UTF_8).contains(text)) {
                wait();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Door.Place.class)
    void rowsComeAsTheyHappenAndControlCEndsTheQueryOnly(Door.Place place)
            throws IOException, SQLException, InterruptedException, ExecutionException {
        Shown shown = new Shown();
        try (Door door = Door.open(place);
                var terminal = new LineDisciplineTerminal("test", "dumb", shown, StandardCharsets.UTF_8)) {
            var engine = new EngineConnection(
                    (url, properties) -> DriverManager.getConnection(url, properties), door.url(), new Properties());
            var typist = new FutureTask<>(() -> {
                type(terminal, "CREATE STREAM clicks (id BIGINT,\n  page STRING);\n");
                shown.await("OK");
                type(terminal, "SELECT id, UPPER(page) AS page\nFROM clicks\nEMIT CHANGES;\n");
                shown.await("page");
                insert(door, "(1, 'home'), (123456789012345678, 'cart')");
                shown.await("CART");
                insert(door, "(3, 'pay')");
                shown.await("PAY");
                type(terminal, CONTROL_C);
                shown.await("Cancelled.");
                type(terminal, "SELECT COUNT(*) AS clicks_seen FROM clicks;\n");
                shown.await("(1 row)");
                type(terminal, "SELECT pge FROM clicks;\n");
                shown.await("did you mean 'page'?");
                type(terminal, CONTROL_D);
                return true;
            });
            new Thread(typist).start();
            int exitCode = Prompt.run(
                    terminal, folder.resolve("history"), engine, new ShellSettings(), "Sabot", session -> true);
            assertThat(typist.get()).isTrue();
            assertThat(exitCode).isZero();
        }
        assertThat(shown.toString(StandardCharsets.UTF_8).replace("\r", ""))
                .contains("│              1 │ HOME", "│ 123456789012345678 │ CART", "│                  3 │ PAY")
                .contains("(3 rows, cancelled)", "│           3 │", "ERROR 42703: column 'pge' does not exist")
                .doesNotContain("Exception");
    }

    private static void type(LineDisciplineTerminal terminal, String text) throws IOException {
        terminal.processInputBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void insert(Door door, String rows) throws SQLException {
        try (var statement = door.keeper().createStatement()) {
            statement.execute("INSERT INTO clicks VALUES " + rows);
        }
    }
}
