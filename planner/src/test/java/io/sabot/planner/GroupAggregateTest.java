package io.sabot.planner;

import org.junit.jupiter.api.Test;

class GroupAggregateTest {
    @Test
    void changesInTwoPhases() {
        Fixture.orders()
                .assertPlan(
                        "SELECT customer, SUM(quantity) AS q, AVG(amount) AS a FROM orders GROUP BY customer EMIT CHANGES",
                        """
                client-1 [customer, q, a] | +I -U +U -D | key (customer)
                  group-aggregate-1 by (customer) [q=SUM(…), a=AVG(…)] (global) | +I -U +U -D | key (customer) | state: number of keys
                    exchange-1 by hash (customer) | +I
                      local-aggregate-1 by (customer) [q=SUM(quantity), a=AVG(amount)] (local) | +I
                        calc-1 [customer, quantity, amount] | +I
                          source-1 default_catalog.default_database.orders [customer, amount, quantity] to its end | +I
                """);
    }

    @Test
    void aPlainSelectEmitsAtTheEnd() {
        Fixture.orders().assertPlan("SELECT customer, SUM(quantity) AS q FROM orders GROUP BY customer", """
                client-1 [customer, q] | +I | key (customer)
                  group-aggregate-1 by (customer) [q=SUM(…)] (global) | +I | key (customer) | state: number of keys | emit: AT_END
                    exchange-1 by hash (customer) | +I
                      local-aggregate-1 by (customer) [q=SUM(quantity)] (local) | +I
                        source-1 default_catalog.default_database.orders [customer, quantity] to its end | +I
                """);
    }

    @Test
    void distinctIsNotSplit() {
        Fixture.orders()
                .assertPlan(
                        "SELECT customer, COUNT(DISTINCT quantity) AS q FROM orders GROUP BY customer EMIT CHANGES",
                        """
                client-1 [customer, q] | +I -U +U -D | key (customer)
                  group-aggregate-1 by (customer) [q=COUNT(DISTINCT quantity)] | +I -U +U -D | key (customer) | state: number of keys
                    exchange-1 by hash (customer) | +I
                      source-1 default_catalog.default_database.orders [customer, quantity] to its end | +I
                """);
    }

    @Test
    void anAggregateOfChanges() {
        Fixture.orders().assertPlan("""
                SELECT q, COUNT(*) AS n, MAX(customer) AS c FROM (
                  SELECT customer, SUM(quantity) AS q FROM orders GROUP BY customer)
                GROUP BY q EMIT CHANGES
                """, """
                client-1 [q, n, c] | +I -U +U -D | key (q)
                  group-aggregate-2 by (q) [n=COUNT(*), c=MAX(customer)] | +I -U +U -D | key (q) | state: number of keys
                    exchange-2 by hash (q) | +I -U +U -D | key (customer)
                      calc-1 [q, customer] | +I -U +U -D | key (customer)
                        group-aggregate-1 by (customer) [q=SUM(…)] (global) | +I -U +U -D | key (customer) | state: number of keys
                          exchange-1 by hash (customer) | +I
                            local-aggregate-1 by (customer) [q=SUM(quantity)] (local) | +I
                              source-1 default_catalog.default_database.orders [customer, quantity] to its end | +I
                """);
    }

    @Test
    void distinctOnlyAdds() {
        Fixture.orders().assertPlan("SELECT DISTINCT customer FROM orders EMIT CHANGES", """
                client-1 [customer] | +I | key (customer)
                  group-aggregate-1 by (customer) [] | +I | key (customer) | state: number of keys
                    exchange-1 by hash (customer) | +I
                      source-1 default_catalog.default_database.orders [customer] to its end | +I
                """);
    }

    @Test
    void filterAndHaving() {
        Fixture.orders().assertPlan("""
                SELECT customer, COUNT(*) FILTER (WHERE quantity > 3) AS n FROM orders
                GROUP BY customer HAVING SUM(amount) > 100 EMIT CHANGES
                """, """
                client-1 [customer, n] | +I -U +U -D | key (customer)
                  calc-2 [customer, n] where $f2 > 100.00 | +I -U +U -D | key (customer)
                    group-aggregate-1 by (customer) [n=COUNT(*), $f2=SUM(…)] (global) | +I -U +U -D | key (customer) | state: number of keys
                      exchange-1 by hash (customer) | +I
                        local-aggregate-1 by (customer) [n=COUNT(*) filter $f1, $f2=SUM(amount)] (local) | +I
                          calc-1 [customer, $f1=(quantity > 3) IS TRUE, amount] | +I
                            source-1 default_catalog.default_database.orders [customer, amount, quantity] to its end | +I
                """);
    }

    @Test
    void commonTableExpression() {
        Fixture.orders().assertPlan("""
                WITH big AS (SELECT * FROM orders WHERE amount > 10)
                SELECT customer, COUNT(*) AS n FROM big GROUP BY customer
                """, """
                client-1 [customer, n] | +I | key (customer)
                  group-aggregate-1 by (customer) [n=COUNT(*)] (global) | +I | key (customer) | state: number of keys | emit: AT_END
                    exchange-1 by hash (customer) | +I
                      local-aggregate-1 by (customer) [n=COUNT(*)] (local) | +I
                        calc-1 [customer] where (CAST(amount AS DECIMAL(12, 2))) > 10.00 | +I
                          source-1 default_catalog.default_database.orders [customer, amount] to its end | +I
                """);
    }

    @Test
    void sortAndLimit() {
        Fixture.orders()
                .assertPlan(
                        "SELECT customer, SUM(amount) AS s FROM orders GROUP BY customer ORDER BY s DESC LIMIT 3", """
                client-1 [customer, s] | +I | key (customer)
                  sort-1 by s DESC first 3 | +I | key (customer) | state: rows of the limit | emit: AT_END
                    exchange-2 to one task | +I | key (customer)
                      group-aggregate-1 by (customer) [s=SUM(…)] (global) | +I | key (customer) | state: number of keys | emit: AT_END
                        exchange-1 by hash (customer) | +I
                          local-aggregate-1 by (customer) [s=SUM(amount)] (local) | +I
                            source-1 default_catalog.default_database.orders [customer, amount] to its end | +I
                """);
    }

    @Test
    void groupingSetsAreOneAggregationEach() {
        Fixture.orders().assertPlan("""
                SELECT customer, SUM(quantity) AS q, GROUPING(customer) AS g FROM orders
                GROUP BY ROLLUP (customer)
                """, """
                client-1 [customer, q, g] | +I
                  union-1 [customer, q, g] | +I
                    calc-1 [customer, q, g=0] | +I | key (customer)
                      group-aggregate-1 by (customer) [q=SUM(…)] (global) | +I | key (customer) | state: number of keys | emit: AT_END
                        exchange-1 by hash (customer) | +I
                          local-aggregate-1 by (customer) [q=SUM(quantity)] (local) | +I
                            source-1 default_catalog.default_database.orders [customer, quantity] to its end | +I
                    calc-2 [customer=NULL, q, g=1] | +I | key ()
                      group-aggregate-2 by () [q=SUM(…)] (global) | +I | key () | state: one row | emit: AT_END
                        exchange-2 to one task | +I
                          local-aggregate-2 by () [q=SUM(quantity)] (local) | +I
                            source-1 (as above)
                """);
    }

    @Test
    void floatingSumsOfChangesAreNotSplit() {
        Fixture.orders().assertPlan("""
                SELECT SUM(q) AS s FROM (SELECT customer, SUM(CAST(quantity AS DOUBLE)) AS q FROM orders GROUP BY customer)
                EMIT CHANGES
                """, """
                client-1 [s] | +I -U +U -D | key ()
                  group-aggregate-2 by () [s=SUM(q)] | +I -U +U -D | key () | state: one row
                    exchange-2 to one task | +I -U +U -D
                      calc-2 [q] | +I -U +U -D
                        group-aggregate-1 by (customer) [q=SUM(…)] (global) | +I -U +U -D | key (customer) | state: number of keys
                          exchange-1 by hash (customer) | +I
                            local-aggregate-1 by (customer) [q=SUM($f1)] (local) | +I
                              calc-1 [customer, $f1=CAST(quantity AS DOUBLE)] | +I
                                source-1 default_catalog.default_database.orders [customer, quantity] to its end | +I
                """);
    }
}
