package io.sabot.planner;

import org.junit.jupiter.api.Test;

class SinkKeyTest {
    private static Fixture tables() {
        return Fixture.orders().with("CREATE TABLE sums (id BIGINT, n BIGINT, PRIMARY KEY (id) NOT ENFORCED);");
    }

    @Test
    void rowsThatAreUniqueByTheKeyOfTheSinkNeedNothing() {
        tables().assertPlan("INSERT INTO sums SELECT id, COUNT(*) FROM orders GROUP BY id EMIT CHANGES", """
                sink-1 default_catalog.default_database.sums [id, n] | +I -U +U -D | key (id)
                  group-aggregate-1 by (id) [EXPR$1=COUNT(*)] (global) | +I -U +U -D | key (id) | state: number of keys
                    exchange-1 by hash (id) | +I
                      local-aggregate-1 by (id) [EXPR$1=COUNT(*)] (local) | +I
                        source-1 default_catalog.default_database.orders [id] to its end | +I
                """);
    }

    @Test
    void rowsUniqueByMoreAreMadeOneForEachKey() {
        tables().assertPlan("INSERT INTO sums SELECT id, COUNT(*) FROM orders GROUP BY id, customer EMIT CHANGES", """
                sink-1 default_catalog.default_database.sums [id, n] | +I -U +U -D | key (id)
                  upsert-materialize-1 LAST by (id) | +I -U +U -D | key (id) | state: rows of the result
                    exchange-2 by hash (id) | +I -U +U -D
                      calc-1 [id, EXPR$1] | +I -U +U -D
                        group-aggregate-1 by (id, customer) [EXPR$1=COUNT(*)] (global) | +I -U +U -D | key (id, customer) | state: number of keys
                          exchange-1 by hash (id, customer) | +I
                            local-aggregate-1 by (id, customer) [EXPR$1=COUNT(*)] (local) | +I
                              source-1 default_catalog.default_database.orders [id, customer] to its end | +I
                """);
    }

    @Test
    void theFirstRowOfAKey() {
        tables().assertPlan(
                        "INSERT INTO sums SELECT id, quantity FROM orders EMIT CHANGES ON CONFLICT DO NOTHING", """
                sink-1 default_catalog.default_database.sums [id, n] | +I | key (id)
                  upsert-materialize-1 FIRST by (id) | +I | key (id) | state: rows of the result
                    exchange-1 by hash (id) | +I
                      calc-1 [id, n=CAST(quantity AS BIGINT)] | +I
                        source-1 default_catalog.default_database.orders [id, quantity] to its end | +I
                """);
    }
}
