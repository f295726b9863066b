package io.sabot.planner;

import org.junit.jupiter.api.Test;

class TemporalJoinTest {
    private static Fixture tables() {
        return Fixture.orders().with("""
                CREATE TABLE rates (currency STRING, rate DOUBLE, valid TIMESTAMP(3),
                  WATERMARK FOR valid AS valid - INTERVAL '1' SECOND, PRIMARY KEY (currency) NOT ENFORCED);
                CREATE TABLE names (id BIGINT, name STRING, least INT) WITH ('connector' = 'filesystem', 'path' = 'n', 'format' = 'csv');
                """);
    }

    @Test
    void aVersionedTable() {
        tables().assertPlan("""
                SELECT o.id, r.rate FROM orders o JOIN rates FOR SYSTEM_TIME AS OF o.placed AS r ON o.customer = r.currency
                WHERE o.quantity > 3 AND r.rate > 1 EMIT CHANGES
                """, """
                client-1 [id, rate] | +I
                  calc-2 [id, rate] | +I
                    temporal-join-1 INNER on (customer = currency) where valid is the nearest at or before placed and rate > (CAST(1 AS DOUBLE)) | +I | time placed | state: left until the watermark, right the versions of each key since then
                      exchange-1 by hash (customer) | +I | time placed
                        calc-1 [id, customer, placed] where quantity > 3 | +I | time placed
                          source-1 default_catalog.default_database.orders [id, customer, quantity, placed] filter quantity > 3 rowtime placed watermark placed - 5 s to its end | +I | time placed
                      exchange-2 by hash (currency) | +I -U +U -D | key (currency) | time valid
                        source-2 default_catalog.default_database.rates [currency, rate, valid] rowtime valid watermark valid - 1 s | +I -U +U -D | key (currency) | time valid
                """);
    }

    @Test
    void theNearestRow() {
        tables().assertPlan("""
                SELECT o.id, p.amount FROM orders o LEFT ASOF JOIN payments p MATCH_CONDITION o.placed > p.paid
                ON o.id = p.order_id EMIT CHANGES
                """, """
                client-1 [id, amount] | +I
                  calc-1 [id, amount] | +I
                    asof-join-1 LEFT on (id = order_id) where paid is the nearest before placed | +I | time placed | state: left until the watermark, right the versions of each key since then
                      exchange-1 by hash (id) | +I | time placed
                        source-1 default_catalog.default_database.orders [id, placed] rowtime placed watermark placed - 5 s to its end | +I | time placed
                      exchange-2 by hash (order_id) | +I | time paid
                        source-2 default_catalog.default_database.payments [order_id, paid, amount] rowtime paid watermark paid | +I | time paid
                """);
    }

    @Test
    void theNearestRowOfInputThatEnds() {
        tables().assertPlan("""
                SELECT o.id, p.amount FROM orders o ASOF JOIN payments p MATCH_CONDITION o.placed <= p.paid
                ON o.id = p.order_id
                """, """
                client-1 [id, amount] | +I
                  calc-1 [id, amount] | +I
                    asof-join-1 INNER on (id = order_id) where paid is the nearest at or after placed | +I | state: left until the watermark, right the versions of each key since then | emit: AT_END
                      exchange-1 by hash (id) | +I
                        source-1 default_catalog.default_database.orders [id, placed] to its end | +I
                      exchange-2 by hash (order_id) | +I
                        source-2 default_catalog.default_database.payments [order_id, paid, amount] to its present end | +I
                """);
    }

    @Test
    void aLookup() {
        tables().assertPlan("""
                SELECT o.id, p.name FROM (SELECT id, quantity, PROCTIME() AS p FROM orders) AS o
                LEFT JOIN names FOR SYSTEM_TIME AS OF o.p AS p ON o.id = p.id AND p.least < o.quantity EMIT CHANGES
                """, """
                client-1 [id, name] | +I
                  calc-1 [id, name] | +I
                    lookup-join-1 LEFT on (id = id0) and least < quantity table default_catalog.default_database.names [id, name, least] to its present end, read once | +I
                      source-1 default_catalog.default_database.orders [id, quantity] to its end | +I
                """);
    }

    @Test
    void aLookupOverChangesRemembers() {
        tables().assertPlan("""
                SELECT o.n, p.name FROM (SELECT customer, COUNT(*) AS n, PROCTIME() AS p FROM orders GROUP BY customer) AS o
                JOIN names FOR SYSTEM_TIME AS OF o.p AS p ON o.n = p.id EMIT CHANGES
                """, """
                client-1 [n, name] | +I -U +U -D
                  calc-2 [n, name] | +I -U +U -D
                    lookup-join-1 INNER on (n = id) table default_catalog.default_database.names [id, name] to its present end, read once | +I -U +U -D | state: number of different left rows
                      exchange-2 by hash (n) | +I -U +U -D
                        calc-1 [n] | +I -U +U -D
                          group-aggregate-1 by (customer) [n=COUNT(*)] (global) | +I -U +U -D | key (customer) | state: number of keys
                            exchange-1 by hash (customer) | +I
                              local-aggregate-1 by (customer) [n=COUNT(*)] (local) | +I
                                source-1 default_catalog.default_database.orders [customer] to its end | +I
                """);
    }

    /** What only asks for the rows that are there takes the last of each; a join with versions observes history. */
    @Test
    void changesAreFoldedWhereNobodyObservesHistory() {
        changes().assertPlan("SELECT currency, rate FROM changes", """
                client-1 [currency, rate] | +I | key (currency)
                  changelog-collect-1 [currency, rate] | +I | key (currency) | state: all rows of the input | emit: AT_END
                    exchange-1 by hash (currency, rate) | +I -U +U -D | key (currency)
                      source-1 default_catalog.default_database.changes [currency, rate] to its end | +I -U +U -D | key (currency)
                """);
    }

    @Test
    void changesAreNotFoldedBelowVersions() {
        changes().assertPlan("""
                SELECT o.id, r.rate FROM orders o JOIN changes FOR SYSTEM_TIME AS OF o.placed AS r ON o.customer = r.currency
                """, """
                client-1 [id, rate] | +I
                  calc-1 [id, rate] | +I
                    temporal-join-1 INNER on (customer = currency) where valid is the nearest at or before placed | +I | time placed | state: left until the watermark, right the versions of each key since then
                      exchange-1 by hash (customer) | +I | time placed
                        source-1 default_catalog.default_database.orders [id, customer, placed] rowtime placed watermark placed - 5 s to its end | +I | time placed
                      exchange-2 by hash (currency) | +I -U +U -D | key (currency) | time valid
                        source-2 default_catalog.default_database.changes [currency, rate, valid] rowtime valid watermark valid - 1 s to its end | +I -U +U -D | key (currency) | time valid
                """);
    }

    private static Fixture changes() {
        return tables().with("""
                CREATE TABLE changes (currency STRING, rate DECIMAL(10, 2), valid TIMESTAMP(3),
                  WATERMARK FOR valid AS valid - INTERVAL '1' SECOND, PRIMARY KEY (currency) NOT ENFORCED)
                WITH ('connector' = 'filesystem', 'path' = '/changes', 'format' = 'debezium-json')
                """);
    }
}
