package io.sabot.parser;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.parser.error.SqlSpan;
import io.sabot.parser.statement.ComputedColumn;
import io.sabot.parser.statement.CreateMaterializedView;
import io.sabot.parser.statement.CreateTable;
import io.sabot.parser.statement.EmitMode;
import io.sabot.parser.statement.Explain;
import io.sabot.parser.statement.Insert;
import io.sabot.parser.statement.MetadataColumn;
import io.sabot.parser.statement.OnConflict;
import io.sabot.parser.statement.PhysicalColumn;
import io.sabot.parser.statement.Query;
import io.sabot.parser.statement.SetOption;
import io.sabot.parser.statement.StatementSet;
import io.sabot.parser.statement.WatermarkDefinition;
import io.sabot.parser.text.SqlSpans;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementTest {
    @Test
    void tablesKeepPartsAndPlaces() {
        CreateTable create = (CreateTable) SqlParser.parse("""
                        CREATE TABLE IF NOT EXISTS db.t (
                          id BIGINT NOT NULL COMMENT 'key',
                          off BIGINT METADATA FROM 'offset' VIRTUAL,
                          total AS price * 2,
                          WATERMARK FOR ts AS ts - INTERVAL '5' SECOND,
                          PRIMARY KEY (id) NOT ENFORCED
                        ) PARTITIONED BY (id) WITH ('connector' = 'kafka', 'k' = 'it''s')""");
        assertThat(create.ifNotExists()).isTrue();
        assertThat(create.name().values()).containsExactly("db", "t");
        assertThat(create.name().span()).isEqualTo(new SqlSpan(1, 28, 1, 31));
        assertThat(create.name().identifier().toString()).isEqualTo("db.t");

        PhysicalColumn id = (PhysicalColumn) create.schema().columns().get(0);
        assertThat(id.type().getNullable()).isFalse();
        assertThat(id.comment()).isEqualTo("key");
        assertThat(SqlSpans.of(id.type())).isEqualTo(new SqlSpan(2, 6, 2, 11));
        MetadataColumn off = (MetadataColumn) create.schema().columns().get(1);
        assertThat(off.key().value()).isEqualTo("offset");
        assertThat(off.virtual()).isTrue();
        assertThat(off.type().getNullable()).isTrue();
        ComputedColumn total = (ComputedColumn) create.schema().columns().get(2);
        assertThat(SqlSpans.of(total.expression())).isEqualTo(new SqlSpan(4, 12, 4, 20));

        WatermarkDefinition watermark = requireNonNull(create.schema().watermark());
        assertThat(watermark.column().last()).isEqualTo("ts");
        assertThat(watermark.span()).isEqualTo(new SqlSpan(5, 3, 5, 46));
        assertThat(requireNonNull(create.schema().primaryKey()).notEnforced()).isTrue();
        assertThat(create.options().toMap()).containsExactly(Map.entry("connector", "kafka"), Map.entry("k", "it's"));
        assertThat(create.options().find("k").orElseThrow().keySpan()).isEqualTo(new SqlSpan(7, 52, 7, 54));
    }

    @Test
    void queriesKeepTheirEmitClause() {
        assertThat(((Query) SqlParser.parse("SELECT 1")).emitMode()).isEqualTo(EmitMode.NONE);
        assertThat(((Query) SqlParser.parse("SELECT 1 FROM t emit\n changes")).emitMode())
                .isEqualTo(EmitMode.CHANGES);
        assertThat(((Query) SqlParser.parse("SELECT 1 FROM t LIMIT 3 EMIT ON WINDOW CLOSE")).emitMode())
                .isEqualTo(EmitMode.ON_WINDOW_CLOSE);
    }

    @Test
    void innerStatementsHaveTextsOfTheirOwn() {
        CreateMaterializedView view =
                (CreateMaterializedView) SqlParser.parse("CREATE MATERIALIZED VIEW v AS\n  SELECT  a -- x\n  FROM t ;");
        assertThat(view.query().text()).isEqualTo("SELECT  a -- x\n  FROM t");
        assertThat(view.query().span()).isEqualTo(new SqlSpan(2, 3, 3, 8));
        StatementSet set = (StatementSet)
                SqlParser.parse("EXECUTE STATEMENT SET BEGIN INSERT INTO a SELECT 1; INSERT INTO b SELECT 2; END");
        assertThat(set.inserts())
                .extracting(Insert::text)
                .containsExactly("INSERT INTO a SELECT 1", "INSERT INTO b SELECT 2");
        Explain explain = (Explain) SqlParser.parse("EXPLAIN ANALYZE, CHANGELOG_MODE SELECT 1");
        assertThat(explain.statement().text()).isEqualTo("SELECT 1");
    }

    @Test
    void insertsKeepTheirClauses() {
        Insert insert = (Insert)
                SqlParser.parse(
                        "INSERT OVERWRITE t /*+ OPTIONS('a' = 'b') */ PARTITION (d = '1') (x, y) SELECT 1, 2 EMIT CHANGES ON CONFLICT DO NOTHING");
        assertThat(insert.overwrite()).isTrue();
        assertThat(insert.targetOptions().toMap()).containsEntry("a", "b");
        assertThat(insert.partition()).hasSize(1);
        assertThat(insert.columns()).extracting(Object::toString).isEqualTo(List.of("x", "y"));
        assertThat(insert.query().emitMode()).isEqualTo(EmitMode.CHANGES);
        assertThat(insert.onConflict()).isEqualTo(OnConflict.NOTHING);
    }

    @Test
    void settingsPointAtKeyAndValue() {
        SetOption set = (SetOption)
                SqlParser.parseScript("SELECT 1;\nSET 'a.b' = 'c''d'").get(1);
        assertThat(set.option().key()).isEqualTo("a.b");
        assertThat(set.option().value()).isEqualTo("c'd");
        assertThat(set.option().keySpan()).isEqualTo(new SqlSpan(2, 5, 2, 9));
        assertThat(set.option().valueSpan()).isEqualTo(new SqlSpan(2, 13, 2, 18));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    set                                  | SHOW SETTINGS
                    show jars                            | SHOW JARS
                    add jar '/a/b.jar'                   | ADD JAR '/a/b.jar'
                    remove jar '/a/b.jar'                | REMOVE JAR '/a/b.jar'
                    reset                                | RESET
                    reset a.b                            | RESET 'a.b'
                    RESET 'a''b'                         | RESET 'a''b'
                    SET a.interval = 10s                 | SET 'a.interval' = '10s'
                    SET k=v                              | SET 'k' = 'v'
                    SET 'k' = ''                         | SET 'k' = ''
                    SET x  =  two  words                 | SET 'x' = 'two  words'
                    SET path = C:\\dir\\x                | SET 'path' = 'C:\\dir\\x'
                    SET a = b=c                          | SET 'a' = 'b=c'
                    SET table.local-time-zone = UTC      | SET 'table.local-time-zone' = 'UTC'
                    show tables in db not like 'x%'      | SHOW TABLES FROM `db` NOT LIKE 'x%'
                    desc extended t                      | DESCRIBE EXTENDED `t`
                    drop table if exists t restrict      | DROP TABLE IF EXISTS `t`
                    explain select 1                     | ~EXPLAIN PLAN FOR\nSELECT 1~
                    create table t (a int primary key)   | ~CREATE TABLE `t` (\n  `a` INTEGER,\n  PRIMARY KEY (`a`)\n)~
                    stop job 'x y' with drain            | STOP JOB `x y` WITH DRAIN
                    insert into t table u                | ~INSERT INTO `t`\nTABLE `u`~
                    select (a.b).c, f(1) from t          | ~SELECT (`a`.`b`).`c`, `f`(1)\nFROM `t`~
                    """)
    void isWrittenInNormalForm(String sql, String normal) {
        assertThat(SqlParser.parse(sql).toSql()).isEqualTo(normal);
    }
}
