package io.sabot.planner;

import org.junit.jupiter.api.Test;

class SubQueryTest {
    @Test
    void existsInAListIsAMark() {
        Fixture.orders().assertPlan("""
                SELECT id, EXISTS (SELECT 1 FROM payments p WHERE p.order_id = o.id) AS paid FROM orders o EMIT CHANGES
                """, """
                client-1 [id, paid] | +I -U +U -D
                  calc-2 [id, markCol=$mark] | +I -U +U -D
                    join-1 MARK on (id IS NOT DISTINCT FROM order_id) | +I -U +U -D | state: nothing
                      exchange-1 by hash (id) | +I
                        source-1 default_catalog.default_database.orders [id] to its end | +I
                      exchange-2 by hash (order_id) | +I
                        calc-1 [order_id] where order_id IS NOT NULL | +I
                          source-2 default_catalog.default_database.payments [order_id] | +I
                WARN join-1: nothing bounds its state. Join on time too (a.ts BETWEEN b.ts - INTERVAL … AND b.ts), or on equal windows.
                """);
    }

    @Test
    void notInOfNullableValuesLooksForNulls() {
        Fixture.orders().assertPlan("""
                SELECT id FROM orders WHERE amount NOT IN (SELECT amount FROM payments) EMIT CHANGES
                """, """
                client-1 [id] | +I -U +U -D
                  calc-3 [id] where NOT (CASE WHEN $mark THEN true WHEN $mark0 THEN NULL ELSE false END) | +I -U +U -D
                    join-2 MARK on () and (amount IS NULL) OR $null | +I -U +U -D | state: nothing
                      exchange-4 to one task | +I -U +U -D
                        join-1 MARK on (amount = amount0) | +I -U +U -D | state: nothing
                          exchange-1 by hash (amount) | +I
                            source-1 default_catalog.default_database.orders [id, amount] to its end | +I
                          exchange-2 by hash (amount) | +I
                            source-2 default_catalog.default_database.payments [amount] | +I
                      exchange-5 to one task | +I | key ($null)
                        group-aggregate-1 by ($null) [] | +I | key ($null) | state: number of keys
                          exchange-3 by hash ($null) | +I
                            calc-1 [$null=amount IS NULL] | +I
                              source-2 (as above)
                WARN join-2: nothing bounds its state. Join on time too (a.ts BETWEEN b.ts - INTERVAL … AND b.ts), or on equal windows.
                WARN join-1: nothing bounds its state. Join on time too (a.ts BETWEEN b.ts - INTERVAL … AND b.ts), or on equal windows.
                """);
    }

    @Test
    void exceptKeepsCounts() {
        Fixture.orders().assertPlan("SELECT id FROM orders EXCEPT SELECT order_id FROM payments EMIT CHANGES", """
                client-1 [id] | +I -U +U -D | key (id)
                  set-operation-1 EXCEPT [id] | +I -U +U -D | key (id) | state: number of different rows
                    exchange-1 by hash (id) | +I
                      calc-1 [id=CAST(id AS BIGINT)] | +I
                        source-1 default_catalog.default_database.orders [id] to its end | +I
                    exchange-2 by hash (id) | +I
                      calc-2 [id=order_id] | +I
                        source-2 default_catalog.default_database.payments [order_id] | +I
                """);
    }

    @Test
    void aComparisonWithTheOuterRowNeedsNoPairs() {
        Fixture.orders().assertPlan("""
                SELECT id FROM orders o WHERE quantity > 1 AND EXISTS (SELECT 1 FROM payments p WHERE p.amount > o.amount)
                """, """
                client-1 [id] | +I
                  calc-2 [id] | +I
                    join-1 SEMI on () and amount0 > amount | +I | state: all rows of the input
                      exchange-1 to one task | +I
                        calc-1 [id, amount] where quantity > 1 | +I
                          source-1 default_catalog.default_database.orders [id, amount, quantity] filter quantity > 1 to its end | +I
                      exchange-2 to one task | +I
                        source-2 default_catalog.default_database.payments [amount] to its present end | +I
                """);
    }

    @Test
    void aComparisonInAListToo() {
        Fixture.orders().assertPlan("""
                SELECT id FROM orders o WHERE id IN (SELECT order_id FROM payments p WHERE p.amount > o.amount)
                """, """
                client-1 [id] | +I
                  calc-1 [id] | +I
                    join-1 SEMI on (id = order_id) and amount0 > amount | +I | state: all rows of the input
                      exchange-1 by hash (id) | +I
                        source-1 default_catalog.default_database.orders [id, amount] to its end | +I
                      exchange-2 by hash (order_id) | +I
                        source-2 default_catalog.default_database.payments [order_id, amount] to its present end | +I
                """);
    }

    /** Its type says that it is not NULL: an outer join would pad it, if only until the partner comes. */
    @Test
    void aCountBehindLateralComesFromNoOuterJoin() {
        Fixture.orders().assertPlan("""
                SELECT o.id, c FROM orders o, LATERAL (SELECT COUNT(*) AS c FROM payments p WHERE p.order_id = o.id) EMIT CHANGES
                """, """
                client-1 [id, c] | +I -U +U -D
                  calc-3 [id, c=$f2] | +I -U +U -D
                    join-2 INNER on (id IS NOT DISTINCT FROM id0) | +I -U +U -D | state: nothing
                      exchange-3 by hash (id) | +I
                        source-1 default_catalog.default_database.orders [id] to its end | +I
                      calc-2 [id, $f2=CASE WHEN c IS NOT NULL THEN c ELSE 0 END] | +I -U +U -D | key (id)
                        join-1 LEFT on (id IS NOT DISTINCT FROM order_id) | +I -U +U -D | key (id) | state: nothing
                          group-aggregate-1 by (id) [] | +I | key (id) | state: number of keys
                            exchange-1 by hash (id) | +I
                              source-1 (as above)
                          group-aggregate-2 by (order_id) [c=COUNT(*)] (global) | +I -U +U -D | key (order_id) | state: number of keys
                            exchange-2 by hash (order_id) | +I
                              local-aggregate-1 by (order_id) [c=COUNT(*)] (local) | +I
                                calc-1 [order_id] where order_id IS NOT NULL | +I
                                  source-2 default_catalog.default_database.payments [order_id] | +I
                WARN join-2: nothing bounds its state. Join on time too (a.ts BETWEEN b.ts - INTERVAL … AND b.ts), or on equal windows.
                WARN join-1: nothing bounds its state. Join on time too (a.ts BETWEEN b.ts - INTERVAL … AND b.ts), or on equal windows.
                """);
    }

    @Test
    void aConditionOnACountBehindLateralDoesNotHideWhatCannotBeNull() {
        Fixture.orders().assertPlan("""
                SELECT o.id, c FROM orders o, LATERAL (SELECT COUNT(*) AS c FROM payments p WHERE p.order_id = o.id)
                WHERE o.id / c > 2 EMIT CHANGES
                """, """
                client-1 [id, c] | +I -U +U -D
                  calc-3 [id, c=$f2] where (id / $f2) > 2 | +I -U +U -D
                    join-2 INNER on (id IS NOT DISTINCT FROM id0) | +I -U +U -D | state: nothing
                      exchange-3 by hash (id) | +I
                        source-1 default_catalog.default_database.orders [id] to its end | +I
                      calc-2 [id, $f2=CASE WHEN c IS NOT NULL THEN c ELSE 0 END] | +I -U +U -D | key (id)
                        join-1 LEFT on (id IS NOT DISTINCT FROM order_id) | +I -U +U -D | key (id) | state: nothing
                          group-aggregate-1 by (id) [] | +I | key (id) | state: number of keys
                            exchange-1 by hash (id) | +I
                              source-1 (as above)
                          group-aggregate-2 by (order_id) [c=COUNT(*)] (global) | +I -U +U -D | key (order_id) | state: number of keys
                            exchange-2 by hash (order_id) | +I
                              local-aggregate-1 by (order_id) [c=COUNT(*)] (local) | +I
                                calc-1 [order_id] where order_id IS NOT NULL | +I
                                  source-2 default_catalog.default_database.payments [order_id] | +I
                WARN join-2: nothing bounds its state. Join on time too (a.ts BETWEEN b.ts - INTERVAL … AND b.ts), or on equal windows.
                WARN join-1: nothing bounds its state. Join on time too (a.ts BETWEEN b.ts - INTERVAL … AND b.ts), or on equal windows.
                """);
    }

    @Test
    void conditionsBesideASubQueryAreTestedFirst() {
        Fixture.orders().assertPlan("""
                SELECT id FROM orders WHERE 10 / quantity > 2 AND id IN (SELECT order_id FROM payments) AND quantity <> 0
                """, """
                client-1 [id] | +I
                  join-1 SEMI on (id = order_id) | +I | state: all rows of the input
                    exchange-1 by hash (id) | +I
                      calc-1 [id] where ((10 / quantity) > 2) AND (quantity <> 0) | +I
                        source-1 default_catalog.default_database.orders [id, quantity] filter quantity <> 0 to its end | +I
                    exchange-2 by hash (order_id) | +I
                      source-2 default_catalog.default_database.payments [order_id] to its present end | +I
                """);
    }

    /** The outer rows are joined with values of their own. */
    @Test
    void outerValuesThatDifferEachTimeAreComputedOnce() {
        Fixture.orders().assertPlan("""
                SELECT id, r, (SELECT COUNT(*) FROM payments p WHERE p.order_id = o.r) AS c
                FROM (SELECT id, RAND_INTEGER(9) AS r FROM orders) AS o
                """, """
                client-1 [id, r, c] | +I
                  calc-7 [id, r, $f2] | +I
                    join-3 LEFT on (r IS NOT DISTINCT FROM r0) | +I | state: all rows of the input | emit: AT_END
                      exchange-5 by hash (r) | +I
                        calc-1 [id, r=RAND_INTEGER(9)] | +I
                          source-1 default_catalog.default_database.orders [id] to its end | +I
                      calc-6 [r, $f2=CASE WHEN EXPR$0 IS NOT NULL THEN EXPR$0 ELSE 0 END] | +I | key (r)
                        join-2 LEFT on (r IS NOT DISTINCT FROM r0) | +I | key (r) | state: all rows of the input | emit: AT_END
                          group-aggregate-1 by (r) [] | +I | key (r) | state: number of keys
                            exchange-1 by hash (r) | +I
                              calc-2 [r] | +I
                                calc-1 (as above)
                          group-aggregate-2 by (r) [EXPR$0=COUNT(*)] (global) | +I | key (r) | state: number of keys | emit: AT_END
                            exchange-4 by hash (r) | +I
                              local-aggregate-1 by (r) [EXPR$0=COUNT(*)] (local) | +I
                                calc-5 [r] | +I
                                  join-1 INNER on (order_id = $key1) | +I | state: all rows of the input
                                    exchange-2 by hash (order_id) | +I
                                      source-2 default_catalog.default_database.payments [order_id] to its present end | +I
                                    exchange-3 by hash ($key1) | +I | key (r)
                                      calc-3 [r, $key1=CAST(r AS BIGINT)] | +I | key (r)
                                        group-aggregate-1 (as above)
                """);
    }
}
