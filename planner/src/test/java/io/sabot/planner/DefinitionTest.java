package io.sabot.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.catalog.ObjectName;
import io.sabot.catalog.View;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.parser.SqlParser;
import io.sabot.parser.statement.Insert;
import io.sabot.parser.statement.Query;
import io.sabot.planner.plan.CalciteTypes;
import io.sabot.planner.type.SabotTypeFactory;
import io.sabot.planner.validate.SqlFrontend;
import java.time.LocalDateTime;
import java.util.List;
import org.apache.calcite.sql.type.SqlTypeName;
import org.junit.jupiter.api.Test;

class DefinitionTest {
    private static String createSql(Fixture fixture, String name) {
        return fixture.catalog
                .find(new ObjectName("default_catalog", "default_database", name))
                .orElseThrow()
                .createSql();
    }

    @Test
    void aTableKeepsItsDefinitionInNormalForm() {
        Fixture fixture = new Fixture().with("""
                        create table t (id bigint, ts timestamp_ltz(3), name string comment 'who',
                          pos bigint metadata from 'offset' virtual, day_of as cast(ts as date),
                          payload row<a int, b array<string>>,
                          watermark for ts as ts - interval '1' second)
                        comment 'things'
                        with ('connector' = 'kafka', 'topic' = 'a', 'properties.bootstrap.servers' = 'b:1', 'format' = 'json')
                        """);
        assertThat(createSql(fixture, "t")).isEqualTo("""
                        CREATE TABLE `default_catalog`.`default_database`.`t` (
                          `id` BIGINT,
                          `ts` TIMESTAMP_LTZ(3),
                          `name` STRING COMMENT 'who',
                          `pos` BIGINT METADATA FROM 'offset' VIRTUAL,
                          `day_of` AS CAST(`ts` AS DATE),
                          `payload` ROW<`a` INT, `b` ARRAY<STRING>>,
                          WATERMARK FOR `ts` AS `ts` - INTERVAL '1' SECOND
                        )
                        COMMENT 'things'
                        WITH (
                          'connector' = 'kafka',
                          'topic' = 'a',
                          'properties.bootstrap.servers' = 'b:1',
                          'format' = 'json'
                        )""");
    }

    @Test
    void aDefinitionGivesItselfAgain() {
        for (String name : List.of("events", "bid", "person")) {
            String sql = createSql(Fixture.nexmark(), name);
            Fixture second = name.equals("events") ? new Fixture() : Fixture.nexmark();
            assertThat(createSql(second.with(sql), name)).isEqualTo(sql);
        }
    }

    @Test
    void likeTakesColumnsWatermarkAndOptions() {
        Fixture fixture = Fixture.orders()
                .with("CREATE TABLE copy (extra INT) WITH ('path' = '/copy') LIKE orders (EXCLUDING WATERMARKS)");
        assertThat(createSql(fixture, "copy")).isEqualTo("""
                        CREATE TABLE `default_catalog`.`default_database`.`copy` (
                          `id` BIGINT NOT NULL,
                          `customer` STRING,
                          `amount` DECIMAL(10, 2),
                          `quantity` INT,
                          `placed` TIMESTAMP(3),
                          `extra` INT
                        )
                        WITH (
                          'connector' = 'filesystem',
                          'path' = '/copy',
                          'format' = 'json'
                        )""");
    }

    @Test
    void aTableOfAQueryHasItsColumns() {
        Fixture fixture = Fixture.orders().with("CREATE TABLE c AS SELECT customer, amount * 2 AS twice FROM orders");
        assertThat(createSql(fixture, "c"))
                .contains("`customer` STRING,\n  `twice` DECIMAL(21, 2)")
                .doesNotContain("WITH");
    }

    @Test
    void aViewNamesItsTablesInFull() {
        Fixture fixture =
                Fixture.orders().with("CREATE VIEW v (a) AS WITH x AS (SELECT o.id FROM orders AS o) SELECT id FROM x");
        View view = (View) fixture.catalog
                .find(new ObjectName("default_catalog", "default_database", "v"))
                .orElseThrow();
        assertThat(view.querySql())
                .contains("`default_catalog`.`default_database`.`orders` AS `o`")
                .contains("FROM `x`");
        assertThat(view.schema().name(0)).isEqualTo("a");
        assertThat(Planner.explain(fixture.plan("SELECT a FROM v"))).contains("orders [id]");
    }

    @Test
    void parametersAreTypedBeforeAndBoundLater() {
        Fixture fixture = Fixture.orders();
        Query query = (Query) SqlParser.parse("SELECT customer FROM orders WHERE id = ? AND placed > ?");
        Planner.Prepared prepared = fixture.planner().prepare(query);
        assertThat(prepared.parameters().stream().map(DataType::name)).containsExactly("BIGINT", "TIMESTAMP(3)");
        assertThat(prepared.row().toString()).isEqualTo("(customer STRING)");
        String plan = Planner.explain(fixture.planner()
                .planQuery(query, QueryMode.SNAPSHOT, List.of(7L, LocalDateTime.parse("2026-01-02T03:04:05"))));
        assertThat(plan).contains("where (id = 7) AND (placed > TIMESTAMP '2026-01-02 03:04:05')");
        Insert insert = (Insert) SqlParser.parse("INSERT INTO totals VALUES (?, ?)");
        assertThat(Planner.explain(Fixture.sinks().planner().planInsert(insert, List.of(1, 2L))))
                .contains("values-1 rows=1");
    }

    @Test
    void aViewOverAChangedTableSaysSo() {
        Fixture fixture = Fixture.orders().with("CREATE VIEW v AS SELECT quantity FROM orders");
        fixture.with("CREATE TABLE orders (id BIGINT) WITH ('connector' = 'datagen', 'number-of-rows' = '1')");
        fixture.assertError("SELECT * FROM v", """
                ERROR 42703: view 'v' can no longer be read: column 'quantity' does not exist
                  line 1, column 1:  SELECT * FROM v
                                     ^^^^^^^^^^^^^^^
                  table 'orders' has id BIGINT
                  Hint: drop the view and create it again
                """);
    }

    @Test
    void functionsAreListed() {
        assertThat(Planner.functionNames())
                .isSorted()
                .contains("DATE_FORMAT", "COUNT", "TUMBLE", "UPPER")
                .doesNotContain("$TUMBLE", "AND");
    }

    @Test
    void aLimitEndsWhatHasNoEnd() {
        assertThat(Planner.explain(Fixture.sinks().plan("SELECT id FROM endless LIMIT 3")))
                .contains("limit-1 first 3");
    }

    @Test
    void typesGoToCalciteAndBack() {
        SabotTypeFactory factory = new SabotTypeFactory();
        for (String sql : List.of(
                "BOOLEAN",
                "TINYINT",
                "INT NOT NULL",
                "FLOAT",
                "DOUBLE",
                "DECIMAL(38, 9)",
                "CHAR(3)",
                "STRING",
                "BYTES",
                "DATE",
                "TIME(3)",
                "TIMESTAMP(9)",
                "TIMESTAMP_LTZ(3)",
                "ARRAY<INT NOT NULL>",
                "MAP<STRING, ROW<`a` INT, `b` MULTISET<DATE>>>")) {
            DataType type =
                    CalciteTypes.toCatalog(new SqlFrontend(new MemoryCatalog()).type(SqlParser.parseDataType(sql)));
            assertThat(type.sql()).isEqualTo(sql);
            assertThat(CalciteTypes.toCatalog(CalciteTypes.toCalcite(type, factory)))
                    .isEqualTo(type);
        }
        assertThat(CalciteTypes.toCatalog(factory.createSqlType(SqlTypeName.DECIMAL)))
                .isEqualTo(AtomicType.decimal(10, 0).withNullable(false));
    }
}
