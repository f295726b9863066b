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
}
