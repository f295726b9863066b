package io.sabot.planner;

import org.junit.jupiter.api.Test;

class ScanTest {
    @Test
    void aColumnIsReadOnceForAllWhoNeedIt() {
        Fixture.nexmark().assertPlan("SELECT price * 2 AS p, auction FROM bid WHERE price > 10", """
                client-1 [p, auction] | +I
                  calc-1 [p=bid.price * 2, auction=bid.auction] where (event_type = 2) AND (bid.price > 10) | +I
                    source-1 default_catalog.default_database.events [event_type, bid.auction, bid.price] filter event_type = 2 AND bid.price > 10 to its end | +I
                """);
    }

    @Test
    void onlyFieldsThatAreReadAreDecoded() {
        Fixture.nexmark().assertPlan("SELECT person.name FROM events", """
                client-1 [name] | +I
                  calc-1 [name=person.name] | +I
                    source-1 default_catalog.default_database.events [person.name] to its end | +I
                """);
    }

    @Test
    void aWholeColumnTakesItsFieldsAlong() {
        Fixture.nexmark().assertPlan("SELECT bid.price, bid FROM events", """
                client-1 [price, bid] | +I
                  calc-1 [price=bid.price, bid] | +I
                    source-1 default_catalog.default_database.events [bid] to its end | +I
                """);
    }

    @Test
    void aTableReadTwiceIsScannedOnce() {
        Fixture.nexmark().assertPlan("SELECT id FROM person UNION ALL SELECT auction FROM bid", """
                client-1 [id] | +I
                  union-1 [id] | +I
                    calc-1 [id=person.id] where event_type = 0 | +I
                      source-1 default_catalog.default_database.events [event_type, person.id, bid.auction] to its end | +I
                    calc-3 [id=bid.auction] where event_type = 2 | +I
                      source-1 (as above)
                """);
    }

    @Test
    void countingNeedsNoTime() {
        Fixture.nexmark().assertPlan("SELECT COUNT(*) FROM bid", """
                client-1 [EXPR$0] | +I | key ()
                  group-aggregate-1 by () [EXPR$0=COUNT(*)] (global) | +I | key () | state: one row | emit: AT_END
                    exchange-1 to one task | +I
                      local-aggregate-1 by () [EXPR$0=COUNT(*)] (local) | +I
                        calc-1 [event_type] where event_type = 2 | +I
                          source-1 default_catalog.default_database.events [event_type] filter event_type = 2 to its end | +I
                """);
    }

    @Test
    void theWatermarkFunctionNeedsTime() {
        Fixture.orders().assertPlan("SELECT id, CURRENT_WATERMARK(placed) AS w FROM orders", """
                client-1 [id, w] | +I
                  calc-1 [id, w=CURRENT_WATERMARK(placed)] | +I
                    source-1 default_catalog.default_database.orders [id, placed] rowtime placed watermark placed - 5 s to its end | +I | time placed
                """);
    }

    @Test
    void optionsOfAHintHold() {
        Fixture.orders()
                .assertPlan(
                        "SELECT id FROM orders /*+ OPTIONS('source.monitor-interval' = '1 s') */ EMIT CHANGES", """
                client-1 [id] | +I
                  source-1 default_catalog.default_database.orders [id] | +I
                """);
    }

    @Test
    void aPlainSelectStopsAtThePresentEnd() {
        Fixture.orders().assertPlan("SELECT order_id FROM payments", """
                client-1 [order_id] | +I
                  source-1 default_catalog.default_database.payments [order_id] to its present end | +I
                """);
    }

    @Test
    void aValueThatDiffersEachTimeIsComputedOnce() {
        Fixture.orders()
                .assertPlan("SELECT r FROM (SELECT RAND() AS r, id FROM orders) AS x WHERE r > 0.5 AND r < 0.7", """
                client-1 [r] | +I
                  calc-2 [r] where (r > (CAST(0.5 AS DOUBLE))) AND (r < (CAST(0.7 AS DOUBLE))) | +I
                    calc-1 [r=RAND()] | +I
                      source-1 default_catalog.default_database.orders [] to its end | +I
                """);
    }

    @Test
    void severalReadersPushOnlyWhatAllFilter() {
        Fixture.orders()
                .assertPlan(
                        "SELECT id FROM orders WHERE quantity > 3 AND customer = 'a' UNION ALL SELECT id FROM orders WHERE quantity > 3",
                        """
                client-1 [id] | +I
                  union-1 [id] | +I
                    calc-1 [id] where (quantity > 3) AND (customer = 'a') | +I
                      source-1 default_catalog.default_database.orders [id, customer, quantity] filter quantity > 3 to its end | +I
                    calc-2 [id] where quantity > 3 | +I
                      source-1 (as above)
                """);
    }

    @Test
    void changesGoOn() {
        Fixture.orders().assertPlan("SELECT order_id FROM payments EMIT CHANGES", """
                client-1 [order_id] | +I
                  source-1 default_catalog.default_database.payments [order_id] | +I
                """);
    }

    @Test
    void notGoesToTheComparisons() {
        Fixture.orders()
                .assertPlan("SELECT id FROM orders WHERE NOT (quantity > 3 OR customer IS NULL OR amount < 0.5)", """
                client-1 [id] | +I
                  calc-1 [id] where (quantity <= 3) AND (customer IS NOT NULL) AND (amount >= 0.50) | +I
                    source-1 default_catalog.default_database.orders [id, customer, amount, quantity] filter quantity <= 3 to its end | +I
                """);
    }

    @Test
    void constantsAreComputed() {
        Fixture.orders().assertPlan("SELECT id FROM orders WHERE quantity > 2 * 3 - 1 AND 1 = 1", """
                client-1 [id] | +I
                  calc-1 [id] where quantity > 5 | +I
                    source-1 default_catalog.default_database.orders [id, quantity] filter quantity > 5 to its end | +I
                """);
    }

    @Test
    void whatBranchesHaveInCommonGoesDown() {
        Fixture.orders()
                .assertPlan(
                        "SELECT id FROM orders WHERE (quantity = 1 AND customer = 'a') OR (id > 5 AND quantity = 1 AND 10 / id > 1)",
                        """
                client-1 [id] | +I
                  calc-1 [id] where (quantity = 1) AND ((customer = 'a') OR ((id > 5) AND ((10 / id) > 1))) | +I
                    source-1 default_catalog.default_database.orders [id, customer, quantity] filter quantity = 1 to its end | +I
                """);
    }

    @Test
    void whatCanFailStaysBehind() {
        Fixture.orders()
                .assertPlan(
                        "SELECT id FROM orders WHERE (id <> 0 AND 10 / id > 1) OR (quantity = 1 AND 10 / id > 1)", """
                client-1 [id] | +I
                  calc-1 [id] where ((id <> 0) AND ((10 / id) > 1)) OR ((quantity = 1) AND ((10 / id) > 1)) | +I
                    source-1 default_catalog.default_database.orders [id, quantity] to its end | +I
                """);
    }

    @Test
    void fieldsOfFieldsAreDecodedAlone() {
        new Fixture().with("""
                CREATE TABLE t (id INT, r ROW<a ROW<x INT, y STRING>, z BIGINT>)
                WITH ('connector' = 'filesystem', 'path' = '/t', 'format' = 'json');
                """).assertPlan("SELECT r.a.x FROM t WHERE r.a.y = 'q' AND r.z > 5", """
                client-1 [x] | +I
                  calc-1 [x=r.a.x] where (r.a.y = 'q') AND (r.z > 5) | +I
                    source-1 default_catalog.default_database.t [r.a.x, r.a.y, r.z] filter r.a.y = 'q' AND r.z > 5 to its end | +I
                """);
    }
}
