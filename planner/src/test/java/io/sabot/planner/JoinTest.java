package io.sabot.planner;

import org.junit.jupiter.api.Test;

class JoinTest {
    @Test
    void regularJoinWarnsOfItsState() {
        Fixture.orders()
                .assertPlan(
                        "SELECT o.customer, p.amount FROM orders o JOIN payments p ON o.id = p.order_id EMIT CHANGES",
                        """
                client-1 [customer, amount] | +I
                  calc-1 [customer, amount] | +I
                    join-1 INNER on (id = order_id) | +I | state: nothing
                      exchange-1 by hash (id) | +I
                        source-1 default_catalog.default_database.orders [id, customer] to its end | +I
                      exchange-2 by hash (order_id) | +I
                        source-2 default_catalog.default_database.payments [order_id, amount] | +I
                WARN join-1: nothing bounds its state. Join on time too (a.ts BETWEEN b.ts - INTERVAL … AND b.ts), or on equal windows.
                """);
    }

    @Test
    void rowsOfAnInnerJoinLieByTheKeysOfBothSides() {
        Fixture.orders().assertPlan("""
                SELECT p.order_id, COUNT(*) FROM orders o JOIN payments p ON o.id = p.order_id GROUP BY p.order_id EMIT CHANGES
                """, """
                client-1 [order_id, EXPR$1] | +I -U +U -D | key (order_id)
                  group-aggregate-1 by (order_id) [EXPR$1=COUNT(*)] | +I -U +U -D | key (order_id) | state: number of keys
                    calc-1 [order_id] | +I
                      join-1 INNER on (id = order_id) | +I | state: nothing
                        exchange-1 by hash (id) | +I
                          source-1 default_catalog.default_database.orders [id] to its end | +I
                        exchange-2 by hash (order_id) | +I
                          source-2 default_catalog.default_database.payments [order_id] | +I
                WARN join-1: nothing bounds its state. Join on time too (a.ts BETWEEN b.ts - INTERVAL … AND b.ts), or on equal windows.
                """);
    }

    @Test
    void aLeftJoinTakesRowsBack() {
        Fixture.orders()
                .assertPlan(
                        "SELECT o.id, p.amount FROM orders o LEFT JOIN payments p ON o.id = p.order_id AND p.amount > o.amount EMIT CHANGES",
                        """
                client-1 [id, amount] | +I -U +U -D
                  calc-1 [id, amount=amount0] | +I -U +U -D
                    join-1 LEFT on (id = order_id) and amount0 > amount | +I -U +U -D | state: nothing
                      exchange-1 by hash (id) | +I
                        source-1 default_catalog.default_database.orders [id, amount] to its end | +I
                      exchange-2 by hash (order_id) | +I
                        source-2 default_catalog.default_database.payments [order_id, amount] | +I
                WARN join-1: nothing bounds its state. Join on time too (a.ts BETWEEN b.ts - INTERVAL … AND b.ts), or on equal windows.
                """);
    }

    @Test
    void intervalByBetween() {
        Fixture.orders().assertPlan("""
                SELECT o.id, p.paid FROM orders o JOIN payments p
                ON o.id = p.order_id AND p.paid BETWEEN o.placed AND o.placed + INTERVAL '1' HOUR EMIT CHANGES
                """, """
                client-1 [id, paid] | +I | time paid
                  calc-1 [id, paid] | +I | time paid
                    interval-join-1 INNER on (id = order_id) where placed from paid - 1 h to paid | +I | time placed - 1 h, paid | state: until the watermark passes the interval
                      exchange-1 by hash (id) | +I | time placed
                        source-1 default_catalog.default_database.orders [id, placed] rowtime placed watermark placed - 5 s to its end | +I | time placed
                      exchange-2 by hash (order_id) | +I | time paid
                        source-2 default_catalog.default_database.payments [order_id, paid] rowtime paid watermark paid | +I | time paid
                """);
    }

    @Test
    void intervalByComparisons() {
        Fixture.orders().assertPlan("""
                SELECT o.id, o.placed FROM orders o, payments p
                WHERE o.id = p.order_id AND o.placed < p.paid AND o.placed + INTERVAL '2' HOUR >= p.paid EMIT CHANGES
                """, """
                client-1 [id, placed] | +I | time placed - 2 h
                  calc-1 [id, placed] | +I | time placed - 2 h
                    interval-join-1 INNER on (id = order_id) where placed from paid - 2 h to paid - 1 ms | +I | time placed - 2 h, paid | state: until the watermark passes the interval
                      exchange-1 by hash (id) | +I | time placed
                        source-1 default_catalog.default_database.orders [id, placed] rowtime placed watermark placed - 5 s to its end | +I | time placed
                      exchange-2 by hash (order_id) | +I | time paid
                        source-2 default_catalog.default_database.payments [order_id, paid] rowtime paid watermark paid | +I | time paid
                """);
    }

    @Test
    void anOuterInterval() {
        Fixture.orders().assertPlan("""
                SELECT o.id, p.paid FROM orders o LEFT JOIN payments p
                ON o.id = p.order_id AND p.paid BETWEEN o.placed - INTERVAL '1' MINUTE AND o.placed + INTERVAL '1' HOUR
                  AND p.amount = o.amount EMIT CHANGES
                """, """
                client-1 [id, paid] | +I
                  calc-1 [id, paid] | +I
                    interval-join-1 LEFT on (id = order_id, amount = amount0) where placed from paid - 1 h to paid + 1 min | +I | time placed - 1 h | state: until the watermark passes the interval
                      exchange-1 by hash (id, amount) | +I | time placed
                        source-1 default_catalog.default_database.orders [id, amount, placed] rowtime placed watermark placed - 5 s to its end | +I | time placed
                      exchange-2 by hash (order_id, amount) | +I | time paid
                        source-2 default_catalog.default_database.payments [order_id, paid, amount] rowtime paid watermark paid | +I | time paid
                """);
    }

    @Test
    void oneBoundIsNoInterval() {
        Fixture.orders()
                .assertPlan(
                        "SELECT o.id FROM orders o JOIN payments p ON o.id = p.order_id AND o.placed < p.paid EMIT CHANGES",
                        """
                client-1 [id] | +I
                  calc-1 [id] | +I
                    join-1 INNER on (id = order_id) and placed < paid | +I | state: nothing
                      exchange-1 by hash (id) | +I
                        source-1 default_catalog.default_database.orders [id, placed] to its end | +I
                      exchange-2 by hash (order_id) | +I
                        source-2 default_catalog.default_database.payments [order_id, paid] | +I
                WARN join-1: nothing bounds its state. Join on time too (a.ts BETWEEN b.ts - INTERVAL … AND b.ts), or on equal windows.
                """);
    }

    @Test
    void keysOfSeveralTypes() {
        Fixture.orders().assertPlan("SELECT o.id FROM orders o JOIN payments p ON o.quantity = p.order_id + 1", """
                client-1 [id] | +I
                  calc-4 [id] | +I
                    join-1 INNER on ($key1 = $key10) | +I | state: all rows of the input
                      exchange-1 by hash ($key1) | +I
                        calc-1 [id, quantity, $key1=CAST(quantity AS BIGINT)] | +I
                          source-1 default_catalog.default_database.orders [id, quantity] to its end | +I
                      exchange-2 by hash ($key1) | +I
                        calc-2 [order_id, $key1=order_id + 1] | +I
                          source-2 default_catalog.default_database.payments [order_id] to its present end | +I
                """);
    }

    @Test
    void semi() {
        Fixture.orders()
                .assertPlan("SELECT id FROM orders WHERE id IN (SELECT order_id FROM payments) EMIT CHANGES", """
                client-1 [id] | +I
                  join-1 SEMI on (id = order_id) | +I | state: nothing
                    exchange-1 by hash (id) | +I
                      source-1 default_catalog.default_database.orders [id] to its end | +I
                    exchange-2 by hash (order_id) | +I
                      source-2 default_catalog.default_database.payments [order_id] | +I
                WARN join-1: nothing bounds its state. Look in equal windows only.
                """);
    }

    @Test
    void aScalarSubQueryJoinsByKey() {
        Fixture.orders()
                .assertPlan(
                        "SELECT o.id, (SELECT MAX(amount) FROM payments p WHERE p.order_id = o.id) AS m FROM orders o",
                        """
                client-1 [id, m] | +I
                  calc-2 [id, m=EXPR$0] | +I
                    join-1 LEFT on (id IS NOT DISTINCT FROM order_id) | +I | state: all rows of the input | emit: AT_END
                      exchange-2 by hash (id) | +I
                        source-1 default_catalog.default_database.orders [id] to its end | +I
                      group-aggregate-1 by (order_id) [EXPR$0=MAX(…)] (global) | +I | key (order_id) | state: number of keys | emit: AT_END
                        exchange-1 by hash (order_id) | +I
                          local-aggregate-1 by (order_id) [EXPR$0=MAX(amount)] (local) | +I
                            calc-1 [amount, order_id] where order_id IS NOT NULL | +I
                              source-2 default_catalog.default_database.payments [order_id, amount] to its present end | +I
                """);
    }

    @Test
    void windowedRows() {
        Fixture.orders().assertPlan("""
                SELECT l.customer, r.amount
                FROM (SELECT * FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(placed), INTERVAL '1' MINUTE))) AS l
                JOIN (SELECT * FROM TABLE(TUMBLE(TABLE payments, DESCRIPTOR(paid), INTERVAL '1' MINUTE))) AS r
                  ON l.id = r.order_id AND l.window_start = r.window_start AND l.window_end = r.window_end
                """, """
                client-1 [customer, amount] | +I
                  calc-3 [customer, amount] | +I
                    window-join-1 INNER on (id = order_id) in windows ending at window_end = window_end0 | +I | time window_start - 1 min, window_end, window_start0 - 1 min, window_end0 | state: until the watermark closes its windows
                      exchange-1 by hash (id) | +I | time window_start - 1 min, window_end
                        calc-1 [id, customer, window_start, window_end] | +I | time window_start - 1 min, window_end
                          window-assign-1 TUMBLE 1 min on placed | +I | time placed, window_start - 1 min, window_end, window_time
                            source-1 default_catalog.default_database.orders [id, customer, placed] rowtime placed watermark placed - 5 s cut late rows to its end | +I | time placed
                      exchange-2 by hash (order_id) | +I | time window_start - 1 min, window_end
                        calc-2 [order_id, amount, window_start, window_end] | +I | time window_start - 1 min, window_end
                          window-assign-2 TUMBLE 1 min on paid | +I | time paid, window_start - 1 min, window_end, window_time
                            source-2 default_catalog.default_database.payments [order_id, paid, amount] rowtime paid watermark paid cut late rows to its present end | +I | time paid
                """);
    }

    @Test
    void anti() {
        Fixture.orders()
                .assertPlan(
                        "SELECT id FROM orders o WHERE NOT EXISTS (SELECT 1 FROM payments p WHERE p.order_id = o.id)",
                        """
                client-1 [id] | +I
                  join-1 ANTI on (id IS NOT DISTINCT FROM order_id) | +I | state: all rows of the input | emit: AT_END
                    exchange-1 by hash (id) | +I
                      source-1 default_catalog.default_database.orders [id] to its end | +I
                    exchange-2 by hash (order_id) | +I
                      calc-1 [order_id] where order_id IS NOT NULL | +I
                        source-2 default_catalog.default_database.payments [order_id] to its present end | +I
                """);
    }

    @Test
    void inputsAreTakenSoThatAnEqualityTiesEach() {
        Fixture.orders().assertPlan("""
                SELECT a.id, c.customer, b.amount FROM orders a, payments b, orders c
                WHERE a.id = c.id AND c.amount = b.amount
                """, """
                client-1 [id, customer, amount] | +I
                  calc-2 [id, customer, amount=amount0] | +I
                    join-2 INNER on (amount = amount0) | +I | state: all rows of the input
                      exchange-3 by hash (amount) | +I
                        join-1 INNER on (id = id0) | +I | state: all rows of the input
                          exchange-1 by hash (id) | +I
                            calc-1 [id] | +I
                              source-1 default_catalog.default_database.orders [id, customer, amount] to its end | +I
                          exchange-2 by hash (id) | +I
                            source-1 (as above)
                      exchange-4 by hash (amount) | +I
                        source-2 default_catalog.default_database.payments [amount] to its present end | +I
                """);
    }

    @Test
    void rowsThatAnIntervalMustNotHold() {
        Fixture.orders().assertPlan("""
                SELECT o.id FROM orders o WHERE NOT EXISTS (
                  SELECT 1 FROM payments p WHERE p.order_id = o.id AND p.paid BETWEEN o.placed AND o.placed + INTERVAL '1' HOUR)
                EMIT CHANGES
                """, """
                client-1 [id] | +I -U +U -D
                  calc-1 [id] | +I -U +U -D
                    join-1 ANTI on (id = order_id) and (paid >= placed) AND (paid <= (placed + 1 h)) | +I -U +U -D | state: nothing
                      exchange-1 by hash (id) | +I
                        source-1 default_catalog.default_database.orders [id, placed] to its end | +I
                      exchange-2 by hash (order_id) | +I
                        source-2 default_catalog.default_database.payments [order_id, paid] | +I
                WARN join-1: nothing bounds its state. LEFT JOIN … ON … AND b.ts BETWEEN a.ts AND a.ts + INTERVAL … WHERE b.key IS NULL asks the same but for late rows; or look in equal windows.
                """);
    }

    @Test
    void rowsThatAnIntervalMustNotHoldByNull() {
        Fixture.orders().assertPlan("""
                SELECT o.id FROM orders o LEFT JOIN payments p
                  ON p.order_id = o.id AND p.paid BETWEEN o.placed AND o.placed + INTERVAL '1' HOUR
                WHERE p.order_id IS NULL EMIT CHANGES
                """, """
                client-1 [id] | +I
                  calc-1 [id] where order_id IS NULL | +I
                    interval-join-1 LEFT on (id = order_id) where placed from paid - 1 h to paid | +I | time placed - 1 h | state: until the watermark passes the interval
                      exchange-1 by hash (id) | +I | time placed
                        source-1 default_catalog.default_database.orders [id, placed] rowtime placed watermark placed - 5 s to its end | +I | time placed
                      exchange-2 by hash (order_id) | +I | time paid
                        source-2 default_catalog.default_database.payments [order_id, paid] rowtime paid watermark paid | +I | time paid
                """);
    }

    @Test
    void keysThatAllBranchesOfAConditionHave() {
        Fixture.orders().assertPlan("""
                SELECT o.id, p.amount FROM orders o, payments p
                WHERE (o.id = p.order_id AND o.quantity > 3) OR (o.id = p.order_id AND p.amount > 10)
                """, """
                client-1 [id, amount] | +I
                  calc-1 [id, amount] | +I
                    join-1 INNER on (id = order_id) and (quantity > 3) OR ((CAST(amount AS DECIMAL(12, 2))) > 10.00) | +I | state: all rows of the input
                      exchange-1 by hash (id) | +I
                        source-1 default_catalog.default_database.orders [id, quantity] to its end | +I
                      exchange-2 by hash (order_id) | +I
                        source-2 default_catalog.default_database.payments [order_id, amount] to its present end | +I
                """);
    }
}
