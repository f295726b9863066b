package io.sabot.shell.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutputFormatTest {
    private static final Style TERMINAL = new Style(true, Optional.empty(), 60, true, false, false);
    private static final List<Column> COLUMNS = List.of(
            new Column("id", ValueKind.LONG, "BIGINT"),
            new Column("text", ValueKind.TEXT, "STRING"),
            new Column("price", ValueKind.DECIMAL, "DECIMAL(10, 2)"));
    private static final Object[][] ROWS = {
        {1L, "plain", new BigDecimal("1.50")},
        {-20L, "a, \"b\"\n|c|", null},
        {300L, "", new BigDecimal("1E+3")},
        {null, null, new BigDecimal("-0.01")}
    };

    private static String written(OutputFormat format, Style style, List<Column> columns, @Nullable Object[]... rows)
            throws IOException {
        var out = new StringWriter();
        ResultWriter writer = format.writer(out, style);
        writer.begin(columns);
        for (Object[] row : rows) {
            writer.row(row);
        }
        writer.end(new Summary(rows.length, Optional.of(Duration.ofMillis(120)), false));
        return out.toString();
    }

    @Test
    void aTableOnATerminalIsDrawn() throws IOException {
        assertThat(written(OutputFormat.TABLE, TERMINAL, COLUMNS, ROWS)).isEqualTo("""
                        ┌──────┬────────┬───────┐
                        │   id │ text   │ price │
                        ├──────┼────────┼───────┤
                        │    1 │ plain  │  1.50 │
                        │  -20 │ a, "b" │  NULL │
                        │      │ |c|    │       │
                        │  300 │        │  1000 │
                        │ NULL │ NULL   │ -0.01 │
                        └──────┴────────┴───────┘
                        (4 rows, 0.12 s)
                        """);
    }

    @Test
    void wideCharactersKeepTheFrameStraight() throws IOException {
        var column = List.of(new Column("名", ValueKind.TEXT, "STRING"));
        assertThat(written(OutputFormat.TABLE, TERMINAL, column, new Object[][] {{"東京"}, {"e\u0301a"}}))
                .isEqualTo("""
                        ┌──────┐
                        │ 名   │
                        ├──────┤
                        │ 東京 │
                        │ e\u0301a   │
                        └──────┘
                        (2 rows, 0.12 s)
                        """);
    }

    @Test
    void longTextIsCutToTheTerminalAndNumbersAreNot() throws IOException {
        var narrow = new Style(true, Optional.empty(), 30, false, false, false);
        String text = "abcdefghijklmnopqrstuvwxyz";
        assertThat(written(
                        OutputFormat.TABLE, narrow, COLUMNS, new Object[][] {{123456789L, text, new BigDecimal("1")}}))
                .contains("| 123456789 | abcdefg… |     1 |");
        assertThat(written(OutputFormat.TABLE, Style.plain(), COLUMNS, new Object[][] {{1L, text, null}}))
                .contains(text);
    }

    @Test
    void controlCharactersNeverReachTheTerminal() throws IOException {
        assertThat(written(OutputFormat.TABLE, TERMINAL, COLUMNS, new Object[][] {{1L, "\033[2Jgone", null}}))
                .contains("\\u001b[2Jgone")
                .doesNotContain("\033");
    }

    @Test
    void aNeverEndingTableShowsEachRowAtOnce() throws IOException {
        var out = new StringWriter();
        var writer = OutputFormat.TABLE.writer(out, new Style(true, Optional.empty(), 0, false, false, true));
        writer.begin(List.of(new Column("op", ValueKind.TEXT, "STRING"), new Column("n", ValueKind.INTEGER, "INT")));
        writer.row(new Object[] {"+I", 1L});
        assertThat(out).hasToString("""
                        +----+-------------+
                        | op |           n |
                        +----+-------------+
                        | +I |           1 |
                        """);
        writer.end(new Summary(1, Optional.empty(), true));
        assertThat(out.toString()).endsWith("+----+-------------+\n(1 row, cancelled)\n");
    }

    @Test
    void aLongNumberWidensItsColumnFromThereOn() throws IOException {
        var out = new StringWriter();
        var writer = OutputFormat.TABLE.writer(out, new Style(true, Optional.empty(), 0, false, false, true));
        writer.begin(List.of(new Column("n", ValueKind.INTEGER, "INT"), new Column("b", ValueKind.BOOLEAN, "BOOLEAN")));
        writer.row(new Object[] {123456789012L, true});
        writer.row(new Object[] {1L, false});
        assertThat(out.toString()).endsWith("""
                        | 123456789012 | TRUE  |
                        |            1 | FALSE |
                        """);
    }

    @Test
    void anEmptyTableStillShowsItsColumns() throws IOException {
        assertThat(written(OutputFormat.TABLE, Style.plain(), COLUMNS)).isEqualTo("""
                        +----+------+-------+
                        | id | text | price |
                        +----+------+-------+
                        +----+------+-------+
                        (0 rows, 0.12 s)
                        """);
    }

    @Test
    void csvQuotesWhatNeedsIt() throws IOException {
        assertThat(written(OutputFormat.CSV, Style.plain(), COLUMNS, ROWS))
                .isEqualTo("id,text,price\n1,plain,1.50\n-20,\"a, \"\"b\"\"\n|c|\",\n300,\"\",1000\n,,-0.01\n");
        assertThat(written(
                        OutputFormat.CSV,
                        new Style(false, Optional.of("\\N"), 0, false, false, false),
                        COLUMNS,
                        new Object[][] {{null, " x", null}}))
                .isEqualTo("\\N,\" x\",\\N\n");
    }

    @Test
    void jsonHasNativeValues() throws IOException {
        assertThat(written(OutputFormat.JSON, Style.plain(), COLUMNS, ROWS)).isEqualTo("""
                        [
                        {"id":1,"text":"plain","price":1.50},
                        {"id":-20,"text":"a, \\"b\\"\\n|c|","price":null},
                        {"id":300,"text":"","price":1000},
                        {"id":null,"text":null,"price":-0.01}
                        ]
                        """);
        assertThat(written(OutputFormat.JSON, Style.plain(), COLUMNS)).isEqualTo("[]\n");
    }

    @Test
    void jsonNestsArraysRowsAndMaps() throws IOException {
        var columns = List.of(
                new Column("a", ValueKind.ARRAY, "ARRAY<DOUBLE>"),
                new Column("b", ValueKind.BINARY, "BYTES"),
                new Column("m", ValueKind.TEXT, "MAP<STRING, INT>"),
                new Column("t", ValueKind.BOOLEAN, "BOOLEAN"));
        Object[] row = {Arrays.asList(1.5, null, Double.NaN, List.of("x\u0001")), new byte[] {1, 2}, "{\"k\":1}", true};
        assertThat(written(OutputFormat.JSONL, Style.plain(), columns, new Object[][] {row}))
                .isEqualTo("{\"a\":[1.5,null,\"NaN\",[\"x\\u0001\"]],\"b\":\"AQI=\",\"m\":{\"k\":1},\"t\":true}\n");
        assertThat(written(OutputFormat.CSV, Style.plain(), columns, new Object[][] {row}))
                .endsWith("\"[1.5, NULL, NaN, [x\u0001]]\",AQI=,\"{\"\"k\"\":1}\",true\n");
    }

    @Test
    void markdownEscapesPipesAndLineBreaks() throws IOException {
        assertThat(written(OutputFormat.MARKDOWN, Style.plain(), COLUMNS, ROWS[1]))
                .isEqualTo("""
                        | id | text | price |
                        | ---: | --- | ---: |
                        | -20 | a, "b"<br>\\|c\\| | NULL |
                        """);
    }

    @Test
    void verticalHasALinePerValue() throws IOException {
        assertThat(written(OutputFormat.VERTICAL, Style.plain(), COLUMNS, ROWS[0], ROWS[3]))
                .isEqualTo("""
                        -[ row 1 ]-----
                        id    | 1
                        text  | plain
                        price | 1.50
                        -[ row 2 ]-----
                        id    | NULL
                        text  | NULL
                        price | -0.01
                        (2 rows, 0.12 s)
                        """);
    }
}
