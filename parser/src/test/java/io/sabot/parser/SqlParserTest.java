package io.sabot.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.parser.error.SqlSpan;
import io.sabot.parser.statement.CreateTable;
import io.sabot.parser.statement.Query;
import io.sabot.parser.statement.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqlParserTest {
    @Test
    void countsPlacesInTheWholeScript() {
        List<Statement> statements = SqlParser.parseScript("""
                -- first; comment
                SELECT 1;

                  CREATE TABLE t (
                    id BIGINT,
                    label STRING
                  ) WITH ('connector' = 'filesystem',
                    'path' = 'a;b');""");
        assertThat(statements.get(0).text()).isEqualTo("SELECT 1");
        assertThat(statements.get(0).span()).isEqualTo(new SqlSpan(2, 1, 2, 8));
        CreateTable create = (CreateTable) statements.get(1);
        assertThat(create.span()).isEqualTo(new SqlSpan(4, 3, 8, 19));
        assertThat(create.schema().columns().get(1).span()).isEqualTo(new SqlSpan(6, 5, 6, 16));
        assertThat(create.options().find("path").orElseThrow().valueSpan()).isEqualTo(new SqlSpan(8, 14, 8, 18));
        assertThat(create.text()).startsWith("CREATE TABLE").endsWith("'a;b')");
    }

    @Test
    void parsesAQuery() {
        Query query = (Query) SqlParser.parse("SELECT a, COUNT(*) FROM t GROUP BY a EMIT  CHANGES;");
        assertThat(query.toSql()).isEqualTo("SELECT `a`, COUNT(*)\nFROM `t`\nGROUP BY `a`\nEMIT CHANGES");
    }
}
