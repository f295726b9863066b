package io.sabot.planner;

import org.junit.jupiter.api.Test;

/** Rows that are made of rows: UNNEST beside its table and in sub-queries. */
class ExpandTest {
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
                """);
    }

    private static Fixture carts() {
        return new Fixture().with("""
                client-1 [id, n] | +I
                  calc-13 [id, n=$f2] | +I
                    join-3 LEFT on ($key1 IS NOT DISTINCT FROM $key10, $key2 IS NOT DISTINCT FROM $key20) | +I | state: all rows of the input | emit: AT_END
                      exchange-7 by hash ($key1, $key2) | +I
                        calc-10 [id, box, $key1=box.size, $key2=box.parts] | +I
                          source-1 default_catalog.default_database.carts [id, box] to its end | +I
                      exchange-8 by hash ($key1, $key2) | +I
                        calc-11 [box, $f2=CASE WHEN EXPR$0 IS NOT NULL THEN EXPR$0 ELSE 0 END, $key1=box.size, $key2=box.parts] | +I
                          join-2 LEFT on ($key1 IS NOT DISTINCT FROM $key10, $key2 IS NOT DISTINCT FROM $key20) | +I | key (box, box0) | state: all rows of the input | emit: AT_END
                            exchange-5 by hash ($key1, $key2) | +I | key (box)
                              calc-6 [box, $key1=box.size, $key2=box.parts] | +I | key (box)
                                group-aggregate-1 by (box) [] | +I | key (box) | state: number of keys
                                  exchange-1 by hash (box) | +I
                                    calc-1 [box] | +I
                                      source-1 (as above)
                            exchange-6 by hash ($key1, $key2) | +I | key (box)
                              calc-7 [box, EXPR$0, $key1=box.size, $key2=box.parts] | +I | key (box)
                                group-aggregate-3 by (box) [EXPR$0=COUNT(*)] (global) | +I | key (box) | state: number of keys | emit: AT_END
                                  exchange-4 by hash (box) | +I
                                    local-aggregate-1 by (box) [EXPR$0=COUNT(*)] (local) | +I
                                      calc-5 [box] | +I
                                        join-1 INNER on ($outer0 IS NOT DISTINCT FROM $key1) | +I | state: all rows of the input
                                          expand-1 $outer0 [$outer0, parts] | +I
                                            group-aggregate-2 by ($outer0) [] | +I | key ($outer0) | state: number of keys
                                              exchange-2 by hash ($outer0) | +I
                                                calc-2 [$outer0=box.parts] | +I
                                                  source-1 (as above)
                                          exchange-3 by hash ($key1) | +I | key (box)
                                            calc-3 [box, $key1=box.parts] | +I | key (box)
                                              group-aggregate-1 (as above)
                """);
    }
}
