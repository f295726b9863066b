package io.sabot.shell.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.shell.FakeDriver;
import io.sabot.shell.run.EngineConnection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jline.reader.Candidate;
import org.junit.jupiter.api.Test;

class SqlCompleterTest {
    private final FakeDriver driver = new FakeDriver();
    private final EngineConnection engine = new EngineConnection(driver::open, "jdbc:sabot:", new Properties());
    private final CatalogNames names = new CatalogNames(engine);
    private final SqlCompleter completer = new SqlCompleter(names, List.of("tables", "quit"));

    /** The candidates at the bar. */
    private List<String> at(String lineWithBar) throws SQLException {
        engine.get();
        return candidates(lineWithBar);
    }

    private List<String> candidates(String lineWithBar) {
        List<Candidate> candidates = new ArrayList<>();
        int cursor = lineWithBar.indexOf('|');
        completer.complete(WordAtCursor.of(lineWithBar.replace("|", ""), cursor), candidates);
        return candidates.stream().map(Candidate::value).toList();
    }

    @Test
    void tablesStandBehindFrom() throws SQLException {
        assertThat(at("SELECT * FROM o|")).containsExactly("`order`", "orders");
        assertThat(at("INSERT INTO |")).containsExactly("`order`", "orders");
    }

    @Test
    void columnsStandBehindATableOrItsAlias() throws SQLException {
        assertThat(at("SELECT orders.| FROM orders")).containsExactly("amount", "id", "`placed at`");
        assertThat(at("SELECT o.a| FROM orders AS o")).containsExactly("amount", "id", "`placed at`");
        assertThat(at("SELECT * FROM orders o JOIN x ON o.|")).containsExactly("amount", "id", "`placed at`");
    }

    @Test
    void elsewhereColumnsOfTheStatementsTablesAndKeywordsInTheCaseOfTheWord() throws SQLException {
        assertThat(at("SELECT a| FROM orders")).contains("amount", "as", "avg").doesNotContain("AS", "orders");
        assertThat(at("SEL|")).contains("SELECT").doesNotContain("amount");
    }

    @Test
    void commandsCompleteWithTheirSign() throws SQLException {
        assertThat(at(".t|")).containsExactly(".tables", ".quit");
        assertThat(at("\\|")).containsExactly("\\tables", "\\quit");
        assertThat(at(".schema o|")).containsExactly("`order`", "orders");
    }

    @Test
    void anEngineThatStillStartsIsNotWaitedFor() {
        assertThat(candidates("SELECT * FROM |")).isEmpty();
        assertThat(driver.executed()).isEmpty();
    }
}
