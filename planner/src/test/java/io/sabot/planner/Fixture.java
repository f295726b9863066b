package io.sabot.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.catalog.connector.ConnectorDescriptor;
import io.sabot.catalog.connector.ConnectorDescriptor.FormatUse;
import io.sabot.catalog.connector.Descriptors;
import io.sabot.catalog.connector.FormatDescriptor;
import io.sabot.catalog.connector.MetadataSpec;
import io.sabot.catalog.connector.OptionSpec;
import io.sabot.catalog.connector.OptionType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.parser.SqlParser;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.statement.CreateMaterializedView;
import io.sabot.parser.statement.CreateTable;
import io.sabot.parser.statement.CreateView;
import io.sabot.parser.statement.Insert;
import io.sabot.parser.statement.Query;
import io.sabot.parser.statement.Statement;
import io.sabot.parser.statement.StatementSet;
import io.sabot.planner.plan.Plan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** SQL in, EXPLAIN text or errors out, over a catalog in memory and a few made-up connectors. */
final class Fixture {
    final MemoryCatalog catalog = new MemoryCatalog();
    final Map<String, String> settings = new HashMap<>(Map.of("table.local-time-zone", "UTC"));

    /** Rows by name of a table; of others the size is not known. */
    final Map<String, Long> sizes = new HashMap<>();

    static final Descriptors DESCRIPTORS = new Descriptors(
            List.of(
                    new ConnectorDescriptor(
                            "filesystem",
                            "",
                            true,
                            true,
                            FormatUse.VALUE,
                            false,
                            List.of(
                                    OptionSpec.required("path", OptionType.STRING, "a file or folder"),
                                    OptionSpec.optional("source.monitor-interval", OptionType.DURATION, "")),
                            List.of(new MetadataSpec("file.path", AtomicType.STRING, false, ""))),
                    new ConnectorDescriptor(
                            "kafka",
                            "",
                            true,
                            true,
                            FormatUse.KEY_AND_VALUE,
                            false,
                            List.of(
                                    OptionSpec.required("topic", OptionType.LIST, "the topic"),
                                    OptionSpec.required("properties.bootstrap.servers", OptionType.STRING, "brokers"),
                                    OptionSpec.optional("properties.*", OptionType.STRING, ""),
                                    OptionSpec.choice(
                                            "scan.startup.mode",
                                            "",
                                            "group-offsets",
                                            "earliest-offset",
                                            "latest-offset"),
                                    OptionSpec.choice("scan.bounded.mode", "", "unbounded", "latest-offset")),
                            List.of(new MetadataSpec("offset", AtomicType.BIGINT, false, ""))),
                    new ConnectorDescriptor(
                            "datagen",
                            "",
                            true,
                            false,
                            FormatUse.NONE,
                            false,
                            List.of(
                                    OptionSpec.optional("number-of-rows", OptionType.LONG, ""),
                                    OptionSpec.defaulted("rows-per-second", OptionType.LONG, "10000", "")),
                            List.of()),
                    new ConnectorDescriptor("print", "", false, true, FormatUse.NONE, false, List.of(), List.of())),
            List.of(
                    new FormatDescriptor(
                            "json",
                            "",
                            true,
                            true,
                            false,
                            List.of(OptionSpec.defaulted("ignore-parse-errors", OptionType.BOOLEAN, "false", "")),
                            List.of()),
                    new FormatDescriptor("csv", "", true, true, false, List.of(), List.of()),
                    new FormatDescriptor("debezium-json", "", true, true, true, List.of(), List.of())));

    Planner planner() {
        return new Planner(
                catalog,
                DESCRIPTORS,
                settings,
                table -> Optional.ofNullable(sizes.get(table.name().name())).stream()
                        .mapToLong(Long::longValue)
                        .findFirst());
    }

    /** Creates tables and views. */
    Fixture with(String script) {
        for (Statement statement : SqlParser.parseScript(script)) {
            if (statement instanceof CreateTable table) {
                catalog.add(planner().resolveTable(table));
            } else if (statement instanceof CreateMaterializedView view) {
                catalog.add(planner().resolveMaterializedView(view));
            } else {
                catalog.add(planner().resolveView((CreateView) statement));
            }
        }
        return this;
    }

    Plan plan(String sql) {
        Statement statement = SqlParser.parse(sql);
        if (statement instanceof Insert insert) {
            return planner().planInsert(insert);
        }
        if (statement instanceof StatementSet set) {
            return planner().planStatementSet(set);
        }
        Query query = (Query) statement;
        return planner().planQuery(query, planner().mode(query));
    }

    void assertPlan(String sql, String expected) {
        assertThat(Planner.explain(plan(sql))).isEqualTo(expected);
    }

    /** The whole error as a user sees it. */
    void assertError(String sql, String expected) {
        assertThat(error(sql)).isEqualTo(expected.stripTrailing());
    }

    String error(String sql) {
        try {
            Statement statement = SqlParser.parse(sql);
            if (statement instanceof CreateTable || statement instanceof CreateView) {
                with(sql);
            } else {
                plan(sql);
            }
        } catch (SabotException e) {
            return e.render(sql);
        }
        throw new AssertionError("no error: " + sql);
    }

    /** Nexmark's tables: one stream of events with nested persons, auctions and bids, and a view of each. */
    static Fixture nexmark() {
        return new Fixture().with("""
                        CREATE TABLE events (
                          event_type INT,
                          person ROW<id BIGINT, name STRING, city STRING, state STRING, `dateTime` TIMESTAMP(3)>,
                          auction ROW<id BIGINT, `itemName` STRING, seller BIGINT, category BIGINT,
                            `dateTime` TIMESTAMP(3), expires TIMESTAMP(3)>,
                          bid ROW<auction BIGINT, bidder BIGINT, price BIGINT, `dateTime` TIMESTAMP(3), extra STRING>,
                          `dateTime` AS CASE WHEN event_type = 0 THEN person.`dateTime`
                            WHEN event_type = 1 THEN auction.`dateTime` ELSE bid.`dateTime` END,
                          WATERMARK FOR `dateTime` AS `dateTime` - INTERVAL '4' SECOND
                        ) WITH ('connector' = 'filesystem', 'path' = '/data', 'format' = 'json');
                        CREATE VIEW person AS
                          SELECT person.id, person.name, person.city, person.state, `dateTime`
                          FROM events WHERE event_type = 0;
                        CREATE VIEW auction AS
                          SELECT auction.id, auction.`itemName`, auction.seller, auction.category, `dateTime`,
                            auction.expires
                          FROM events WHERE event_type = 1;
                        CREATE VIEW bid AS
                          SELECT bid.auction, bid.bidder, bid.price, `dateTime`, bid.extra
                          FROM events WHERE event_type = 2;
                        CREATE TABLE print (id BIGINT, n BIGINT) WITH ('connector' = 'print');
                        """);
    }

    /** Two plain tables of files with event time. */
    static Fixture orders() {
        return new Fixture().with("""
                        CREATE TABLE orders (
                          id BIGINT NOT NULL, customer STRING, amount DECIMAL(10, 2), quantity INT, placed TIMESTAMP(3),
                          WATERMARK FOR placed AS placed - INTERVAL '5' SECOND
                        ) WITH ('connector' = 'filesystem', 'path' = '/orders', 'format' = 'json');
                        CREATE TABLE payments (
                          order_id BIGINT, paid TIMESTAMP(3), amount DECIMAL(10, 2),
                          WATERMARK FOR paid AS paid
                        ) WITH ('connector' = 'kafka', 'topic' = 'payments', 'properties.bootstrap.servers' = 'x:1',
                          'format' = 'json');
                        """);
    }

    /** {@link #orders} and things to write to or that never end. */
    static Fixture sinks() {
        return orders().with("""
                        CREATE TABLE totals (id BIGINT, n BIGINT, PRIMARY KEY (id) NOT ENFORCED);
                        CREATE TABLE files (id BIGINT, n BIGINT)
                          WITH ('connector' = 'filesystem', 'path' = '/out', 'format' = 'csv');
                        CREATE TABLE endless (id BIGINT) WITH ('connector' = 'datagen');
                        """);
    }
}
