package io.sabot.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Types;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jline.reader.LineReader;
import org.jline.utils.WCWidth;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

@Timeout(60)
class InterruptHookTest {
    private static final int TERMINATED = 143;

    /** A process that follows a never-ending query. */
    static final class EndlessQuery {
        public static void main(String[] arguments) {
            var driver = new FakeDriver()
                    .answerWithoutEnd(
                            "SELECT n FROM t EMIT CHANGES",
                            FakeDriver.rows(List.of("n"), List.of(Types.INTEGER), List.of(List.of(1), List.of(2))));
            var out = new OutputStreamWriter(System.out, StandardCharsets.UTF_8);
            var err = new OutputStreamWriter(System.err, StandardCharsets.UTF_8);
            System.exit(SabotSql.run(
                    new String[] {"--json", "-c", "SELECT n FROM t EMIT CHANGES; SELECT never"},
                    new Surroundings(new StringReader(""), out, err, 0, false, false, driver::open)));
        }
    }

    @Test
    void aSignalCancelsTheQueryAndTheOutputStaysWellFormed() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath(SabotSql.class, FakeDriver.class, CommandLine.class, WCWidth.class, LineReader.class),
                        EndlessQuery.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var out = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
            var shown = new StringBuilder();
            readUntil(out, shown, "{\"n\":2}");
            process.toHandle().destroy(); // Process.destroy would also close the stream
            readUntil(out, shown, null);
            assertThat(shown).hasToString("[\n{\"n\":1},\n{\"n\":2}\n]\n");
            assertThat(process.waitFor()).isEqualTo(TERMINATED);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Where these classes come from; the property java.class.path says it only when no test runner is between. */
    private static String classPath(Class<?>... classes) {
        return Stream.of(classes)
                .map(type ->
                        type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Reads until the text has been read, or to the end when there is none. */
    private static void readUntil(InputStreamReader in, StringBuilder read, @Nullable String text) throws IOException {
        int c;
        while ((text == null || read.indexOf(text) < 0) && (c = in.read()) >= 0) {
            read.append((char) c);
        }
    }
}
