package io.sabot.planner;

import org.junit.jupiter.api.Test;

class JoinTest {
    @Test
    void regularJoinWarnsOfItsState() {
        Fixture.orders().assertPlan(
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
    void aLeftJoinTakesRowsBack() {
        Fixture.orders().assertPlan(
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
        Fixture.orders().assertPlan(
                """
                SELECT o.id, p.paid FROM orders o JOIN payments p
                ON o.id = p.order_id AND p.paid BETWEEN o.placed AND o.placed + INTERVAL '1' HOUR EMIT CHANGES
                """,
                """
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
        Fixture.orders().assertPlan(
                """
                SELECT o.id, o.placed FROM orders o, payments p
                WHERE o.id = p.order_id AND o.placed < p.paid AND o.placed + INTERVAL '2' HOUR >= p.paid EMIT CHANGES
                """,
                """
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
        Fixture.orders().assertPlan(
                """
                SELECT o.id, p.paid FROM orders o LEFT JOIN payments p
                ON o.id = p.order_id AND p.paid BETWEEN o.placed - INTERVAL '1' MINUTE AND o.placed + INTERVAL '1' HOUR
                  AND p.amount = o.amount EMIT CHANGES
                """,
                """
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
        Fixture.orders().assertPlan(
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
        Fixture.orders().assertPlan(
                "SELECT o.id FROM orders o JOIN payments p ON o.quantity = p.order_id + 1",
                """
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
        Fixture.orders().assertPlan(
                "SELECT id FROM orders WHERE id IN (SELECT order_id FROM payments) EMIT CHANGES",
                """
                client-1 [id] | +I
                  join-1 SEMI on (id = order_id) | +I | state: nothing
                    exchange-1 by hash (id) | +I
                      source-1 default_catalog.default_database.orders [id] to its end | +I
                    exchange-2 by hash (order_id) | +I
                      source-2 default_catalog.default_database.payments [order_id] | +I
                WARN join-1: nothing bounds its state. Join on time too (a.ts BETWEEN b.ts - INTERVAL … AND b.ts), or on equal windows.
                """);
    }

    @Test
    void anti() {
        Fixture.orders().assertPlan(
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
}
