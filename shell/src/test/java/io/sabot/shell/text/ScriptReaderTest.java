package io.sabot.shell.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptReaderTest {

    private static List<String> texts(String script) {
        return ScriptReader.items(script).stream().map(ScriptItem::text).toList();
    }

    @Test
    void semicolonsEndStatementsAndTheLastMayLackIts() {
        assertThat(texts("SELECT 1; SELECT 2 ;;\n;SELECT 3")).containsExactly("SELECT 1", "SELECT 2", "SELECT 3");
    }

    @Test
    void semicolonsInStringsNamesAndCommentsEndNothing() {
        assertThat(texts("SELECT 'a;''b;', `c;d` -- e;\n/* f; */ FROM t /*+ OPTIONS('k'=';') */; SELECT 2"))
                .containsExactly("SELECT 'a;''b;', `c;d` -- e;\n/* f; */ FROM t /*+ OPTIONS('k'=';') */", "SELECT 2");
    }

    @Test
    void aCommentBetweenTheStatementAndItsSemicolonMayHoldOne() {
        assertThat(texts("SELECT 1 -- a;b\n; SELECT 2;")).containsExactly("SELECT 1", "SELECT 2");
    }

    @Test
    void commentsAloneAreNoStatement() {
        assertThat(texts("-- nothing\n/* at ; all */ // here\n")).isEmpty();
    }

    @Test
    void aStatementSetIsOneStatement() {
        String set = """
                EXECUTE STATEMENT SET
                BEGIN
                  INSERT INTO a SELECT CASE WHEN x THEN CASE y WHEN 1 THEN 2 END ELSE 0 END FROM t;
                  INSERT INTO b SELECT 'END;' FROM t;
                END""";
        assertThat(texts(set + "; SELECT 1;")).containsExactly(set, "SELECT 1");
    }

    @Test
    void positionsCountFromTheScriptsBeginning() {
        var items = ScriptReader.items("\uFEFF  SELECT 1;  SELECT\n2;\n-- c\n SELECT 3;");
        assertThat(items)
                .extracting(ScriptItem::line, ScriptItem::column)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, 3),
                        org.assertj.core.groups.Tuple.tuple(1, 14),
                        org.assertj.core.groups.Tuple.tuple(4, 2));
        assertThat(items.get(2).textInPlace()).isEqualTo("\n\n\n SELECT 3");
    }

    @Test
    void commandsStandWhereAStatementCouldBegin() {
        var items = ScriptReader.items("-- c\n.mode csv\n \\dt\nSELECT\n.5 + a\n.b;\n.quit\n.75");
        assertThat(items)
                .extracting(ScriptItem::text)
                .containsExactly(".mode csv", "\\dt", "SELECT\n.5 + a\n.b", ".quit", ".75");
        assertThat(items).extracting(ScriptItem::isCommand).containsExactly(true, true, false, true, false);
    }

    @Test
    void lineBreaksStayAsWritten() {
        assertThat(texts("SELECT 'a\r\nb';\r\nSELECT 2;\r\n")).containsExactly("SELECT 'a\r\nb'", "SELECT 2");
    }

    @Test
    void aStatementIsThereBeforeTheNextIsWritten() throws IOException {
        try (var writer = new PipedWriter();
                var pipe = new PipedReader(writer)) {
            var reader = new ScriptReader(pipe);
            writer.write("SELECT 1;\n");
            assertThat(reader.next()).map(ScriptItem::text).contains("SELECT 1");
            writer.write("SELECT 2;\n");
            assertThat(reader.next()).map(ScriptItem::text).contains("SELECT 2");
        }
    }

    @Test
    void incompleteTextWaitsForMore() {
        assertThat(StatementSplitter.isComplete("SELECT 1;")).isTrue();
        assertThat(StatementSplitter.isComplete("SELECT 1; -- done")).isTrue();
        assertThat(StatementSplitter.isComplete("")).isTrue();
        assertThat(StatementSplitter.isComplete("SELECT 1")).isFalse();
        assertThat(StatementSplitter.isComplete("SELECT ';")).isFalse();
        assertThat(StatementSplitter.isComplete("SELECT 1; /* and")).isFalse();
        assertThat(StatementSplitter.isComplete("EXECUTE STATEMENT SET BEGIN INSERT INTO a SELECT 1;"))
                .isFalse();
    }
}
