package io.sabot.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SabotSqlTest {
    @TempDir
    private Path directory;

    private final FakeDriver driver = new FakeDriver()
            .answer("SELECT 1", FakeDriver.rows(List.of("n"), List.of(Types.INTEGER), List.of(List.of(1))))
            .answer(
                    "SELECT * FROM t",
                    FakeDriver.rows(
                            List.of("id", "name"),
                            List.of(Types.BIGINT, Types.VARCHAR),
                            List.of(List.of(7, "seven"), Arrays.asList(8, null))))
            .fail("BAD", new SQLException("ERROR 42601: 'BAD' is no statement\n  line 1, column 1:  BAD", "42601"));
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String input = "";

    private int run(String... arguments) {
        return SabotSql.run(
                arguments, new Surroundings(new StringReader(input), out, err, 0, false, false, driver::open));
    }

    @Test
    void aCommandPrintsATableAndEndsWell() {
        assertThat(run("-c", "SELECT * FROM t")).isZero();
        assertThat(out).hasToString("""
                        +----+-------+
                        | id | name  |
                        +----+-------+
                        |  7 | seven |
                        |  8 | NULL  |
                        +----+-------+
                        (2 rows)
                        """);
        assertThat(err.toString()).isEmpty();
        assertThat(driver.executed()).containsExactly("connect jdbc:sabot:", "SELECT * FROM t", "close");
    }

    @Test
    void anEmbeddedEngineIsAskedToWaitForJobsAndAServerIsNot() {
        run("-c", "SELECT 1");
        assertThat(driver.properties()).containsEntry("wait_for_jobs", "true");
        run("--connect", "db:8765", "-c", "SELECT 1");
        assertThat(driver.properties()).doesNotContainKey("wait_for_jobs");
        assertThat(driver.executed()).contains("connect jdbc:sabot://db:8765");
    }

    @Test
    void aDataDirectoryIsPassedAsAnAbsolutePath() {
        assertThat(run("--data-dir", directory + "/./data", "-c", "SELECT 1")).isZero();
        assertThat(driver.executed()).contains("connect jdbc:sabot:" + directory.resolve("data"));
    }

    @Test
    void aFailureEndsTheScriptWithTheDriversWordsAndExitCodeOne() {
        assertThat(run("--csv", "-c", "SELECT 1; BAD; SELECT * FROM t")).isEqualTo(1);
        assertThat(out).hasToString("n\n1\n");
        assertThat(err).hasToString("ERROR 42601: 'BAD' is no statement\n  line 1, column 1:  BAD\n");
        assertThat(driver.executed()).doesNotContain("SELECT * FROM t");
    }

    @Test
    void continueOnErrorRunsTheRestAndStillFails() {
        assertThat(run(
                        "--csv",
                        "--no-header",
                        "--continue-on-error",
                        "-c",
                        "BAD; SELECT 1",
                        "-c",
                        "BAD",
                        "-c",
                        "SELECT 1"))
                .isEqualTo(1);
        assertThat(out).hasToString("1\n1\n");
    }

    @Test
    void positionsOfAScriptCountFromItsBeginning() throws IOException {
        Path script = Files.writeString(directory.resolve("a.sql"), "-- first\nSELECT 1;\n\n  SELECT\n 2; SELECT 3");
        assertThat(run("-f", script.toString())).isZero();
        assertThat(driver.executed())
                .containsExactly(
                        "connect jdbc:sabot:", "\nSELECT 1", "\n\n\n  SELECT\n 2", "\n\n\n\n    SELECT 3", "close");
    }

    @Test
    void standardInputIsAScriptToo() {
        input = "SELECT 1;\n.mode jsonl\nSELECT * FROM t";
        assertThat(run("-o", "markdown")).isZero();
        assertThat(out).hasToString("""
                        | n |
                        | ---: |
                        | 1 |
                        {"id":7,"name":"seven"}
                        {"id":8,"name":null}
                        """);
    }

    @Test
    void initAndOptionsRunFirst() throws IOException {
        Path init = Files.writeString(directory.resolve("init.sql"), "CREATE TABLE x (a INT);");
        assertThat(run("-D", "a.b=it's", "-i", init.toString(), "-c", "SELECT 1", "--csv"))
                .isZero();
        assertThat(driver.executed()).containsSubsequence("SET 'a.b' = 'it''s'", "CREATE TABLE x (a INT)", "SELECT 1");
    }

    @Test
    void aJobThatFailedFailsTheRun() {
        driver.failOnClose(new SQLException("ERROR 22012: division by zero in job 'insert-1'", "22012"));
        assertThat(run("-c", "INSERT INTO t SELECT 1")).isEqualTo(1);
        assertThat(err).hasToString("ERROR 22012: division by zero in job 'insert-1'\n");
    }

    @Test
    void warningsGoToStandardError() {
        driver.answerCount("INSERT INTO t VALUES (1)", 1, "state of 'join' is not bounded");
        assertThat(run("--timing", "-c", "INSERT INTO t VALUES (1)")).isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).startsWith("WARNING: state of 'join' is not bounded\nTime: 0.");
    }

    @Test
    void anErrorOfOursIsOneLineUnlessVerbose() {
        driver.fail("CRASH", new IllegalStateException("page 3 has no parent"));
        assertThat(run("-c", "CRASH")).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly(
                        "ERROR XX000: internal error (IllegalStateException: page 3 has no parent), please report"
                                + " it; --verbose shows where it happened");
        assertThat(run("--verbose", "-c", "CRASH")).isEqualTo(1);
        assertThat(err.toString()).contains("\tat ");
    }

    @Test
    void wrongOptionsAreUsageErrors() {
        assertThat(run("-o", "xml", "-c", "SELECT 1")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no output format 'xml' (the formats are table, csv,");
        assertThat(run("--nonsense")).isEqualTo(2);
        assertThat(run("--connect", "a:1", "--data-dir", "d")).isEqualTo(2);
    }

    @Test
    void aMissingScriptIsToldInOneLine() {
        assertThat(run("-f", "nowhere.sql")).isEqualTo(1);
        assertThat(err).hasToString("ERROR: cannot read 'nowhere.sql': no such file or directory\n");
    }

    @Test
    void echoPrintsStatementsBeforeTheirResults() {
        assertThat(run("--echo", "--csv", "-c", "SELECT 1;")).isZero();
        assertThat(out).hasToString("SELECT 1;\nn\n1\n");
    }

    @Test
    void aReaderThatHasGoneEndsTheRun() {
        var closed = new Writer() {
            @Override
            public void write(char[] text, int offset, int length) throws IOException {
                throw new IOException("Broken pipe");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        int exitCode = SabotSql.run(
                new String[] {"--csv", "-c", "SELECT 1; SELECT * FROM t"},
                new Surroundings(new StringReader(""), closed, err, 0, false, false, driver::open));
        assertThat(exitCode).isEqualTo(141);
        assertThat(driver.executed()).doesNotContain("SELECT * FROM t");
    }

    @Test
    void helpAndVersionNeedNoEngine() {
        assertThat(run("--help")).isZero();
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).contains("--data-dir=DIR").contains("Sabot ").contains("Java ");
        assertThat(driver.executed()).isEmpty();
    }
}
