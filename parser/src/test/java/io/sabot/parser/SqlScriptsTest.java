package io.sabot.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.parser.SqlScripts.Completeness;
import io.sabot.parser.error.SqlSpan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlScriptsTest {
    @Test
    void cutsAtSemicolonsOutsideStringsNamesAndComments() {
        assertThat(texts("""
                        ;; SELECT 'a;b', `c;d` -- e;f
                        /* g;h */ FROM t; SELECT 'it''s;';
                        SELECT CASE WHEN a THEN 1 END; // j;k
                        SELECT /*+ OPTIONS('x' = ';') */ 1"""))
                .containsExactly(
                        "SELECT 'a;b', `c;d` -- e;f\n/* g;h */ FROM t",
                        "SELECT 'it''s;'",
                        "SELECT CASE WHEN a THEN 1 END",
                        "SELECT /*+ OPTIONS('x' = ';') */ 1");
    }

    @Test
    void keepsStatementSetsWhole() {
        assertThat(texts("""
                        EXECUTE STATEMENT SET BEGIN INSERT INTO a SELECT CASE WHEN x THEN 1 END FROM t; INSERT INTO b SELECT 2; END;
                        BEGIN STATEMENT SET; INSERT INTO a SELECT 1; END; SELECT 3;
                        EXPLAIN statement set begin INSERT INTO a SELECT 1; end; SELECT 4"""))
                .containsExactly(
                        "EXECUTE STATEMENT SET BEGIN INSERT INTO a SELECT CASE WHEN x THEN 1 END FROM t; INSERT INTO b SELECT 2; END",
                        "BEGIN STATEMENT SET; INSERT INTO a SELECT 1; END",
                        "SELECT 3",
                        "EXPLAIN statement set begin INSERT INTO a SELECT 1; end",
                        "SELECT 4");
    }

    @Test
    void givesPlacesInTheWholeScript() {
        List<ScriptStatement> statements = SqlScripts.split("SELECT 1; -- x\r\n\tSELECT\r\n  2 ;\rSELECT '\n'");
        assertThat(statements)
                .extracting(ScriptStatement::span)
                .containsExactly(new SqlSpan(1, 1, 1, 8), new SqlSpan(2, 2, 3, 3), new SqlSpan(4, 1, 5, 1));
        assertThat(statements.get(1).text()).isEqualTo("SELECT\r\n  2");
    }

    @Test
    void goesOnBehindWhatIsNoToken() {
        assertThat(texts("SELECT @ 1; SELECT \"a;b\"; SELECT `c; SELECT 2\n; SELECT 3; SELECT 'open; SELECT 4;"))
                .containsExactly(
                        "SELECT @ 1", "SELECT \"a;b\"", "SELECT `c; SELECT 2", "SELECT 3", "SELECT 'open; SELECT 4;");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', delimiter = '|', textBlock = """
                    ~~                                                  | EMPTY
                    ~ -- only; a comment~                               | EMPTY
                    ~/* a */ // b~                                      | EMPTY
                    SELECT 1;                                           | COMPLETE
                    ~SELECT 1; -- done~                                 | COMPLETE
                    SELECT 1                                            | OPEN_STATEMENT
                    SELECT 1; SELECT 2                                  | OPEN_STATEMENT
                    SELECT 'a;                                          | OPEN_STRING
                    SELECT 'it''s;                                      | OPEN_STRING
                    SELECT 1; /* and;                                   | OPEN_COMMENT
                    SELECT `a;                                          | OPEN_STATEMENT
                    EXECUTE STATEMENT SET BEGIN INSERT INTO a SELECT 1; | OPEN_STATEMENT_SET
                    BEGIN STATEMENT SET;                                | OPEN_STATEMENT_SET
                    BEGIN STATEMENT SET; INSERT INTO a SELECT 1; END    | OPEN_STATEMENT
                    BEGIN STATEMENT SET; INSERT INTO a SELECT 1; END;   | COMPLETE
                    """)
    void knowsWhetherATextCanRun(String text, Completeness expected) {
        assertThat(SqlScripts.completeness(text)).isEqualTo(expected);
    }

    private static List<String> texts(String script) {
        return SqlScripts.split(script).stream().map(ScriptStatement::text).toList();
    }
}
