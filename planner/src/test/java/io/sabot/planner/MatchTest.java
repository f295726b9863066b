package io.sabot.planner;

import org.junit.jupiter.api.Test;

final class MatchTest {
    @Test
    void rowsGoToTheTaskOfTheirPartitionAndLateOnesAreCut() {
        Fixture.orders().assertPlan("""
                SELECT * FROM orders MATCH_RECOGNIZE (
                  PARTITION BY customer ORDER BY placed
                  MEASURES A.id AS a, LAST(B.quantity) AS b, MATCH_ROWTIME() AS t
                  AFTER MATCH SKIP PAST LAST ROW
                  PATTERN (A B+? C) WITHIN INTERVAL '1' HOUR
                  DEFINE A AS A.quantity > 10, B AS B.quantity < LAST(A.quantity)) EMIT CHANGES
                """, """
                client-1 [customer, a, b, t] | +I | time t - 1 h
                  match-1 by (customer) ordered by placed pattern ((A B+?) C) within 1 h skip past last row where A: LAST(A.quantity) > 10 where B: LAST(B.quantity) < LAST(A.quantity) [customer, a=LAST(A.id), b=LAST(B.quantity), t=LAST(placed)] | +I | time t - 1 h | state: until the watermark passes the length of a match
                    exchange-1 by hash (customer) | +I | time placed
                      source-1 default_catalog.default_database.orders [id, customer, amount, quantity, placed] rowtime placed watermark placed - 5 s cut late rows to its end | +I | time placed
                NOTE the order in which rows come decides: match-1 (ties in placed)
                """);
    }

    @Test
    void anyOrderWillDoWhenNoRowIsLate() {
        Fixture fixture = Fixture.orders();
        fixture.settings.put("execution.runtime-mode", "batch");
        fixture.assertPlan("""
                SELECT * FROM orders MATCH_RECOGNIZE (
                  ORDER BY quantity DESC, id MEASURES A.id AS a, COUNT(*) AS n
                  PATTERN (A{2,3}? | B) DEFINE A AS A.amount > 10)
                """, """
                client-1 [a, n] | +I
                  match-1 ordered by quantity DESC, id pattern (A{2,3}? | B) skip to next row where A: (CAST(LAST(A.amount) AS DECIMAL(12, 2))) > 10.00 [a=LAST(A.id), n=COUNT(*)] | +I | state: all rows of the input | emit: AT_END
                    exchange-1 to one task | +I
                      source-1 default_catalog.default_database.orders [id, customer, amount, quantity, placed] to its end | +I
                NOTE the order in which rows come decides: match-1 (ties in quantity, id)
                """);
    }

    @Test
    void neighboursAreColumns() {
        Fixture.orders().assertPlan("""
                SELECT * FROM orders MATCH_RECOGNIZE (
                  PARTITION BY customer ORDER BY placed MEASURES A.id AS a
                  PATTERN (A B) DEFINE A AS quantity > PREV(quantity), B AS B.amount > PREV(A.amount, 2)) EMIT CHANGES
                """, """
                client-1 [customer, a] | +I
                  match-1 by (customer) ordered by placed pattern (A B) skip to next row where A: LAST(quantity) > (LAST(A.PREV(quantity, 1))) where B: LAST(B.amount) > (LAST(A.PREV(amount, 2))) [customer, a=LAST(A.id)] | +I | state: rows of matches that are not complete
                    calc-1 [id, customer, amount, quantity, placed, PREV(quantity, 1)=$5, PREV(amount, 2)=$6] | +I | time placed
                      over-1 per (customer) by placed [$5=quantity at -1, $6=amount at -2] | +I | time placed | state: number of keys
                        exchange-1 by hash (customer) | +I | time placed
                          source-1 default_catalog.default_database.orders [id, customer, amount, quantity, placed] rowtime placed watermark placed - 5 s cut late rows to its end | +I | time placed
                NOTE the order in which rows come decides: match-1 (ties in placed), over-1 (ties in placed)
                """);
    }
}
