package io.sabot.planner;

import org.junit.jupiter.api.Test;

class InsertTest {
    @Test
    void boundedInputEnds() {
        Fixture.nexmark().assertPlan("INSERT INTO print SELECT auction, COUNT(*) FROM bid GROUP BY auction", """
                sink-1 default_catalog.default_database.print [id, n] | +I | key (id)
                  group-aggregate-1 by (auction) [EXPR$1=COUNT(*)] (global) | +I | key (auction) | state: number of keys | emit: AT_END
                    exchange-1 by hash (auction) | +I
                      local-aggregate-1 by (auction) [EXPR$1=COUNT(*)] (local) | +I
                        calc-1 [auction=bid.auction] where event_type = 2 | +I
                          source-1 default_catalog.default_database.events [event_type, bid.auction] filter event_type = 2 to its end | +I
                """);
    }

    @Test
    void unboundedInputGoesOn() {
        Fixture.sinks().assertPlan("INSERT INTO totals SELECT order_id, COUNT(*) FROM payments GROUP BY order_id", """
                sink-1 default_catalog.default_database.totals [id, n] | +I -U +U -D | key (id)
                  group-aggregate-1 by (order_id) [EXPR$1=COUNT(*)] (global) | +I -U +U -D | key (order_id) | state: number of keys
                    exchange-1 by hash (order_id) | +I
                      local-aggregate-1 by (order_id) [EXPR$1=COUNT(*)] (local) | +I
                        source-1 default_catalog.default_database.payments [order_id] | +I
                """);
    }

    @Test
    void emitChangesGoesOn() {
        Fixture.nexmark()
                .assertPlan("INSERT INTO print SELECT auction, COUNT(*) FROM bid GROUP BY auction EMIT CHANGES", """
                sink-1 default_catalog.default_database.print [id, n] | +I -U +U -D | key (id)
                  group-aggregate-1 by (auction) [EXPR$1=COUNT(*)] (global) | +I -U +U -D | key (auction) | state: number of keys
                    exchange-1 by hash (auction) | +I
                      local-aggregate-1 by (auction) [EXPR$1=COUNT(*)] (local) | +I
                        calc-1 [auction=bid.auction] where event_type = 2 | +I
                          source-1 default_catalog.default_database.events [event_type, bid.auction] filter event_type = 2 to its end | +I
                """);
    }

    @Test
    void columnsAreFilledWithNull() {
        Fixture.nexmark().assertPlan("INSERT INTO print (n) VALUES (1), (2)", """
                sink-1 default_catalog.default_database.print [id, n] | +I
                  calc-1 [id=NULL, n=CAST(EXPR$0 AS BIGINT)] | +I
                    values-1 rows=2 [EXPR$0] | +I
                """);
    }

    @Test
    void aStatementSetReadsOnce() {
        Fixture.nexmark().assertPlan("""
                EXECUTE STATEMENT SET BEGIN
                INSERT INTO print SELECT auction, price FROM bid;
                INSERT INTO print SELECT id, 0 FROM person;
                END
                """, """
                sink-1 default_catalog.default_database.print [id, n] | +I
                  calc-1 [auction=bid.auction, price=bid.price] where event_type = 2 | +I
                    source-1 default_catalog.default_database.events [event_type, person.id, bid.auction, bid.price] to its end | +I
                sink-2 default_catalog.default_database.print [id, n] | +I
                  calc-2 [id=person.id, n=CAST(0 AS BIGINT)] where event_type = 0 | +I
                    source-1 (as above)
                """);
    }

    @Test
    void aStatementSetAggregatesOnce() {
        Fixture.sinks().with("""
                CREATE VIEW sums AS SELECT id, COUNT(*) AS n, MAX(quantity) AS m FROM orders GROUP BY id;
                """).assertPlan("""
                EXECUTE STATEMENT SET BEGIN
                INSERT INTO totals SELECT id, n FROM sums WHERE n > 1;
                INSERT INTO files SELECT id, m FROM sums;
                END
                """, """
                sink-1 default_catalog.default_database.totals [id, n] | +I | key (id)
                  calc-1 [id, n] where n > 1 | +I | key (id)
                    group-aggregate-1 by (id) [n=COUNT(*), m=MAX(…)] (global) | +I | key (id) | state: number of keys | emit: AT_END
                      exchange-1 by hash (id) | +I
                        local-aggregate-1 by (id) [n=COUNT(*), m=MAX(quantity)] (local) | +I
                          source-1 default_catalog.default_database.orders [id, quantity] to its end | +I
                sink-2 default_catalog.default_database.files [id, n] | +I | key (id)
                  calc-2 [id, n=CAST(m AS BIGINT)] | +I | key (id)
                    group-aggregate-1 (as above)
                """);
    }

    @Test
    void aStatementSetJoinsOnce() {
        Fixture.sinks().with("""
                CREATE VIEW paid AS SELECT o.id, o.quantity, p.amount FROM orders o JOIN payments p ON o.id = p.order_id;
                """).assertPlan("""
                EXECUTE STATEMENT SET BEGIN
                INSERT INTO files SELECT id, quantity FROM paid;
                INSERT INTO files SELECT id, CAST(amount AS BIGINT) FROM paid;
                END
                """, """
                sink-1 default_catalog.default_database.files [id, n] | +I
                  calc-1 [id, n=CAST(quantity AS BIGINT)] | +I
                    join-1 INNER on (id = order_id) | +I | state: nothing
                      exchange-1 by hash (id) | +I
                        source-1 default_catalog.default_database.orders [id, quantity] to its end | +I
                      exchange-2 by hash (order_id) | +I
                        source-2 default_catalog.default_database.payments [order_id, amount] | +I
                sink-2 default_catalog.default_database.files [id, n] | +I
                  calc-2 [id, EXPR$1=CAST(amount AS BIGINT)] | +I
                    join-1 (as above)
                WARN join-1: nothing bounds its state. Join on time too (a.ts BETWEEN b.ts - INTERVAL … AND b.ts), or on equal windows.
                """);
    }

    @Test
    void keysAloneAreGroupedApart() {
        Fixture.sinks().with("""
                CREATE VIEW sums AS SELECT id, COUNT(*) AS n FROM endless GROUP BY id;
                """).assertPlan("""
                EXECUTE STATEMENT SET BEGIN
                INSERT INTO totals SELECT id, n FROM sums;
                INSERT INTO files SELECT id, 0 FROM sums;
                END
                """, """
                sink-1 default_catalog.default_database.totals [id, n] | +I -U +U -D | key (id)
                  group-aggregate-1 by (id) [n=COUNT(*)] (global) | +I -U +U -D | key (id) | state: number of keys
                    exchange-1 by hash (id) | +I
                      local-aggregate-1 by (id) [n=COUNT(*)] (local) | +I
                        source-1 default_catalog.default_database.endless [id] | +I
                sink-2 default_catalog.default_database.files [id, n] | +I | key (id)
                  calc-1 [id, n=CAST(0 AS BIGINT)] | +I | key (id)
                    group-aggregate-2 by (id) [] | +I | key (id) | state: number of keys
                      exchange-2 by hash (id) | +I
                        source-1 (as above)
                """);
    }
}
