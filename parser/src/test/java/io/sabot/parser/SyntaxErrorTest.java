package io.sabot.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.error.SqlSpan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Errors as a user sees them. {@code -Dsabot.golden.rewrite=DIRECTORY} writes the golden file anew. */
class SyntaxErrorTest {
    private static final String GOLDEN = "syntax-errors.golden";
    private static final String RULE = "\n----\n";

    @Test
    void matchesTheGoldenFile() throws IOException {
        String golden = Resources.read(GOLDEN);
        String actual = Stream.of(golden.split("\n====\n", -1))
                .map(block -> block.substring(0, block.indexOf(RULE)))
                .map(sql -> sql + RULE + outcome(sql))
                .collect(Collectors.joining("\n====\n", "", "\n"));
        String directory = System.getProperty("sabot.golden.rewrite");
        if (directory != null) {
            Files.writeString(Path.of(directory, GOLDEN), actual);
        }
        assertThat(actual).isEqualTo(golden);
    }

    private static String outcome(String sql) {
        try {
            return "no error: " + SqlParser.parseScript(sql);
        } catch (SabotException e) {
            return e.render(sql);
        }
    }

    @Test
    void pointsIntoTheWholeScript() {
        assertThatThrownBy(() -> SqlParser.parseScript("SELECT 1;\n\tSELECT a\n\t  FROM WHERE b;"))
                .isInstanceOfSatisfying(SabotException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.SYNTAX_ERROR);
                    assertThat(e.span()).isEqualTo(new SqlSpan(3, 9, 3, 13));
                });
    }

    @Test
    void survivesDeepNesting() {
        String sql = "SELECT " + "(".repeat(100_000) + "1" + ")".repeat(100_000);
        assertThatThrownBy(() -> SqlParser.parse(sql))
                .isInstanceOfSatisfying(
                        SabotException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_MANY));
    }

    @Test
    void parsesTheSameStatementTwice() {
        List<ScriptStatement> statements = SqlScripts.split("SELECT a FROM t; SELECT b, FROM u");
        assertThat(SqlParser.parse(statements.get(0)).toSql())
                .isEqualTo(SqlParser.parse(statements.get(0)).toSql());
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> SqlParser.parse(statements.get(1))).hasMessage("syntax error at 'FROM'");
        }
    }

    @Test
    void refusesAnythingButOneStatement() {
        assertThatThrownBy(() -> SqlParser.parse(" -- nothing\n ")).hasMessage("the statement is empty");
        assertThatThrownBy(() -> SqlParser.parse("SELECT 1; SELECT 2")).hasMessage("one statement was expected, not 2");
    }
}
