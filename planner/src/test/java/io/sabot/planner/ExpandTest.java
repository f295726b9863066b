package io.sabot.planner;

import org.junit.jupiter.api.Test;

/** Rows that are made of rows: UNNEST beside its table and in sub-queries. */
class ExpandTest {
    private static Fixture carts() {
        return new Fixture().with("""
                CREATE TABLE carts (id BIGINT, name STRING, total INT, items ARRAY<STRING>, box ROW<size INT, parts ARRAY<INT>>)
                WITH ('connector' = 'filesystem', 'path' = '/carts', 'format' = 'json');
                """);
    }

    @Test
    void anArrayBesideItsTable() {
        carts().assertPlan("SELECT id, item FROM carts CROSS JOIN UNNEST(items) AS u (item) EMIT CHANGES", """
                client-1 [id, item] | +I
                  expand-1 items [id, items0] | +I
                    source-1 default_catalog.default_database.carts [id, items] to its end | +I
                """);
    }

    @Test
    void whatIsAskedOfTheRowIsTestedBefore() {
        carts().assertPlan("""
                SELECT id, item FROM carts CROSS JOIN UNNEST(items) AS u (item) WHERE total > 5 AND item <> 'x' EMIT CHANGES
                """, """
                client-1 [id, item] | +I
                  calc-2 [id, items0] where items0 <> 'x' | +I
                    expand-1 items [id, items0] | +I
                      calc-1 [id, items] where total > 5 | +I
                        source-1 default_catalog.default_database.carts [id, total, items] filter total > 5 to its end | +I
                """);
    }

    @Test
    void aRowWithoutElementsStays() {
        carts().assertPlan("""
                SELECT id, item, nr FROM carts LEFT JOIN UNNEST(items) WITH ORDINALITY AS u (item, nr) ON item <> 'x' EMIT CHANGES
                """, """
                client-1 [id, item, nr] | +I
                  expand-1 items with ordinality or NULLs [id, items0, ORDINALITY] where items0 <> 'x' | +I
                    source-1 default_catalog.default_database.carts [id, items] to its end | +I
                """);
    }

    @Test
    void aQueryOverOneCollectionIsNoJoin() {
        carts().assertPlan("""
                SELECT id, t FROM carts, LATERAL (SELECT UPPER(item) AS t FROM UNNEST(items) AS u (item) WHERE item <> name) AS l
                """, """
                client-1 [id, t] | +I
                  calc-1 [id, t=UPPER(items0)] | +I
                    expand-1 items [id, name, items0] where items0 <> name | +I
                      source-1 default_catalog.default_database.carts [id, name, items] to its end | +I
                """);
    }

    /** By the list: equal ones are expanded once. */
    @Test
    void aCollectionOfTheOuterRowIsAJoinByTheCollection() {
        carts().assertPlan("""
                SELECT id FROM carts WHERE EXISTS (SELECT 1 FROM UNNEST(items) AS u (item) WHERE item <> 'x') EMIT CHANGES
                """, """
                client-1 [id] | +I
                  calc-3 [id] | +I
                    join-1 SEMI on (items IS NOT DISTINCT FROM $outer0) | +I | state: all rows of the input
                      exchange-2 by hash (items) | +I
                        source-1 default_catalog.default_database.carts [id, items] to its end | +I
                      calc-2 [$outer0] where items <> 'x' | +I
                        expand-1 items [$outer0, items] | +I
                          group-aggregate-1 by (items) [] | +I | key (items) | state: number of keys
                            exchange-1 by hash (items) | +I
                              calc-1 [items] | +I
                                source-1 (as above)
                """);
    }

    @Test
    void anAggregateOfACollectionOfTheOuterRow() {
        carts().assertPlan(
                        "SELECT id, (SELECT COUNT(*) FROM UNNEST(carts.box.parts) AS u (part)) AS n FROM carts", """
                client-1 [id, n] | +I
                  calc-5 [id, n=$f2] | +I
                    join-2 LEFT on ($field5 IS NOT DISTINCT FROM $field50) | +I | state: all rows of the input | emit: AT_END
                      exchange-2 by hash ($field5) | +I
                        calc-1 [id, $field5=box.parts] | +I
                          source-1 default_catalog.default_database.carts [id, box.parts] to its end | +I
                      calc-4 [$field5, $f2=CASE WHEN EXPR$0 IS NOT NULL THEN EXPR$0 ELSE 0 END] | +I | key ($field5)
                        join-1 LEFT on ($field5 IS NOT DISTINCT FROM $outer0) | +I | key ($field5) | state: all rows of the input | emit: AT_END
                          group-aggregate-1 by ($field5) [] | +I | key ($field5) | state: number of keys
                            exchange-1 by hash ($field5) | +I
                              calc-2 [$field5=box.parts] | +I
                                source-1 (as above)
                          group-aggregate-2 by ($outer0) [EXPR$0=COUNT(*)] | +I | key ($outer0) | state: number of keys | emit: AT_END
                            calc-3 [$outer0] | +I
                              expand-1 $field5 [$outer0, parts] | +I
                                group-aggregate-1 (as above)
                """);
    }
}
