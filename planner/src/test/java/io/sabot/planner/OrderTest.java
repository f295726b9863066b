package io.sabot.planner;

import org.junit.jupiter.api.Test;

class OrderTest {
    private static final String TOP = """
            SELECT customer, amount FROM (
              SELECT *, ROW_NUMBER() OVER (PARTITION BY customer ORDER BY amount DESC) AS rn FROM orders
            ) WHERE rn <= 3""";

    @Test
    void aRankWithABoundKeepsTheFirstRows() {
        Fixture.orders().assertPlan(TOP + " EMIT CHANGES", """
                client-1 [customer, amount] | +I -U +U -D
                  rank-1 ROW_NUMBER up to 3 per (customer) by amount DESC | +I -U +U -D | state: number of keys
                    exchange-1 by hash (customer) | +I
                      source-1 default_catalog.default_database.orders [customer, amount] to its end | +I
                """);
    }

    @Test
    void theFirstRowsOfBoundedInputAreKnownAtItsEnd() {
        Fixture.orders().assertPlan(TOP, """
                client-1 [customer, amount] | +I
                  rank-1 ROW_NUMBER up to 3 per (customer) by amount DESC | +I | state: number of keys | emit: AT_END
                    exchange-1 by hash (customer) | +I
                      source-1 default_catalog.default_database.orders [customer, amount] to its end | +I
                """);
    }

    @Test
    void oneRowPerKey() {
        Fixture.orders().assertPlan(TOP.replace("<= 3", "= 1") + " EMIT CHANGES", """
                client-1 [customer, amount] | +I -U +U -D | key (customer)
                  deduplicate-1 first by amount DESC per (customer) | +I -U +U -D | key (customer) | state: number of keys
                    exchange-1 by hash (customer) | +I
                      source-1 default_catalog.default_database.orders [customer, amount] to its end | +I
                """);
    }

    @Test
    void anOtherFilterStaysAbove() {
        Fixture.orders()
                .assertPlan(
                        TOP.replace("customer, amount FROM", "customer, rn FROM") + " AND amount > 10 EMIT CHANGES",
                        """
                client-1 [customer, rn] | +I -U +U -D | key (customer, rn)
                  calc-1 [customer, rn=$rank] where (CAST(amount AS DECIMAL(12, 2))) > 10.00 | +I -U +U -D | key (customer, rn)
                    rank-1 ROW_NUMBER up to 3 per (customer) by amount DESC | +I -U +U -D | key (customer, $rank) | state: number of keys
                      exchange-1 by hash (customer) | +I
                        source-1 default_catalog.default_database.orders [customer, amount] to its end | +I
                """);
    }

    @Test
    void orderByTime() {
        Fixture.orders().assertPlan("SELECT id FROM orders ORDER BY placed, id EMIT CHANGES", """
                client-1 [id] | +I
                  calc-1 [id] | +I
                    time-sort-1 by placed, id | +I | time placed | state: until the watermark passes its rows
                      exchange-1 to one task | +I | time placed
                        source-1 default_catalog.default_database.orders [id, placed] rowtime placed watermark placed - 5 s cut late rows to its end | +I | time placed
                """);
    }

    @Test
    void orderWithALimit() {
        Fixture.orders().assertPlan("SELECT id FROM orders ORDER BY amount DESC LIMIT 5 OFFSET 2 EMIT CHANGES", """
                client-1 [id] | +I -U +U -D
                  calc-1 [id] | +I -U +U -D
                    rank-1 ROW_NUMBER 3 to 7 by amount DESC | +I -U +U -D | state: rows of the limit
                      exchange-1 to one task | +I
                        source-1 default_catalog.default_database.orders [id, amount] to its end | +I
                NOTE the order in which rows come decides: rank-1 (ties in amount)
                """);
    }
}
