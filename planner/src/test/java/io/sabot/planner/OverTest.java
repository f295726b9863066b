package io.sabot.planner;

import org.junit.jupiter.api.Test;

class OverTest {
    @Test
    void byEventTimeRowsWaitForTheWatermark() {
        Fixture.orders().assertPlan("""
                SELECT id, SUM(quantity) OVER (PARTITION BY customer ORDER BY placed RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND CURRENT ROW) AS s
                FROM orders EMIT CHANGES
                """, """
                client-1 [id, s] | +I
                  calc-2 [id, s=CASE WHEN $4 > 0 THEN CAST($5 AS INT) ELSE NULL END] | +I
                    over-1 per (customer) by placed range current - 1 h to current [$4=COUNT(quantity), $5=SUM(quantity)] | +I | time placed | state: until the watermark passes the frame
                      exchange-1 by hash (customer) | +I | time placed
                        calc-1 [id, customer, placed, quantity] | +I | time placed
                          source-1 default_catalog.default_database.orders [id, customer, quantity, placed] rowtime placed watermark placed - 5 s cut late rows to its end | +I | time placed
                """);
    }

    @Test
    void callsShareANodePerWindow() {
        Fixture.orders().assertPlan("""
                SELECT id, COUNT(*) OVER w AS n, MAX(quantity) OVER w AS m, LAG(quantity) OVER w AS l, ROW_NUMBER() OVER (ORDER BY placed) AS rn
                FROM orders WINDOW w AS (PARTITION BY customer ORDER BY placed) EMIT CHANGES
                """, """
                client-1 [id, n, m, l, rn] | +I
                  calc-2 [id, n=$4, m=$5, l=$6, rn=$7] | +I
                    over-2 by placed [$7=ROW_NUMBER()] | +I | time placed | state: number of keys
                      exchange-2 to one task | +I | time placed
                        over-1 per (customer) by placed range first to current [$4=COUNT(*), $5=MAX(quantity), $6=quantity at -1] | +I | time placed | state: number of keys
                          exchange-1 by hash (customer) | +I | time placed
                            calc-1 [id, customer, placed, quantity] | +I | time placed
                              source-1 default_catalog.default_database.orders [id, customer, quantity, placed] rowtime placed watermark placed - 5 s cut late rows to its end | +I | time placed
                NOTE the order in which rows come decides: over-2 (ties in placed), over-1 (ties in placed)
                """);
    }

    @Test
    void anyOrderAndFrameWhereTheInputEnds() {
        Fixture.orders().assertPlan("""
                SELECT id, LEAD(id) OVER (ORDER BY amount DESC) AS l, AVG(quantity) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS a
                FROM orders
                """, """
                client-1 [id, l, a] | +I
                  calc-1 [id, l=$5, a=CAST((CASE WHEN $3 > 0 THEN CAST($4 AS INT) ELSE NULL END) / $3 AS INT)] | +I
                    over-2 by amount DESC [$5=id at +1] | +I | state: all rows of the input | emit: AT_END
                      over-1 by id rows -1 to +1 [$3=COUNT(quantity), $4=SUM(quantity)] | +I | state: all rows of the input | emit: AT_END
                        exchange-1 to one task | +I
                          source-1 default_catalog.default_database.orders [id, amount, quantity] to its end | +I
                NOTE the order in which rows come decides: over-2 (ties in amount), over-1 (ties in id)
                """);
    }

    @Test
    void aRankBoundedByAColumn() {
        Fixture.orders().assertPlan("""
                SELECT id FROM (SELECT *, RANK() OVER (ORDER BY amount) AS r FROM orders) WHERE r <= quantity EMIT CHANGES
                """, """
                client-1 [id] | +I -U +U -D
                  calc-2 [id] where $rank <= (CAST(quantity AS BIGINT)) | +I -U +U -D
                    rank-1 RANK by amount | +I -U +U -D | state: rows of the input at any one time
                      exchange-1 to one task | +I
                        calc-1 [id, quantity, amount] | +I
                          source-1 default_catalog.default_database.orders [id, amount, quantity] to its end | +I
                """);
    }

    @Test
    void framesOfAStreamEndAtTheRow() {
        Fixture.orders().assertError("SELECT LEAD(id) OVER (ORDER BY placed) FROM orders EMIT CHANGES", """
                ERROR 0A000: OVER over rows that keep coming looks back only: LEAD needs rows that are still to come
                  line 1, column 8:  SELECT LEAD(id) OVER (ORDER BY placed) FROM orders EMIT CHANGES
                                            ^^^^^^^^
                  Hint: end the frame at CURRENT ROW, look back (LAG for LEAD, PREV for NEXT), or write a plain SELECT over input that ends
                """);
    }

    @Test
    void rowsThatChangeHaveNoOver() {
        Fixture.orders()
                .assertError(
                        "SELECT SUM(n) OVER (ORDER BY n) FROM (SELECT COUNT(*) AS n FROM orders GROUP BY id) EMIT CHANGES",
                        """
                ERROR 0A000: OVER over rows that change is not supported
                  line 1, column 8:  SELECT SUM(n) OVER (ORDER BY n) FROM (SELECT COUNT(*) AS n FROM orders GROUP BY id) EMIT CHANGES
                                            ^^^^^^
                  a change of one row would change the values of all rows behind it
                  Hint: aggregate over windows, which give each result once, or write a plain SELECT over input that ends
                """);
    }

    @Test
    void whatNobodyReadsStillDropsLateRows() {
        Fixture.orders().assertPlan("""
                SELECT COUNT(*) AS n FROM (SELECT id, SUM(quantity) OVER (PARTITION BY customer ORDER BY placed) AS s FROM orders)
                """, """
                client-1 [n] | +I | key ()
                  group-aggregate-1 by () [n=COUNT(*)] (global) | +I | key () | state: one row | emit: AT_END
                    exchange-2 to one task | +I
                      local-aggregate-1 by () [n=COUNT(*)] (local) | +I
                        calc-2 [s=CASE WHEN $3 > 0 THEN CAST($4 AS INT) ELSE NULL END] | +I
                          over-1 per (customer) by placed range first to current [$3=COUNT(quantity), $4=SUM(quantity)] | +I | time placed | state: number of keys
                            exchange-1 by hash (customer) | +I | time placed
                              calc-1 [customer, placed, quantity] | +I | time placed
                                source-1 default_catalog.default_database.orders [customer, quantity, placed] rowtime placed watermark placed - 5 s cut late rows to its end | +I | time placed
                """);
    }

    @Test
    void whatAProjectionLeavesOutIsNotComputed() {
        Fixture.orders().assertPlan("""
                SELECT id FROM (SELECT id, SUM(quantity) OVER (PARTITION BY customer ORDER BY placed) AS s FROM orders)
                """, """
                client-1 [id] | +I
                  source-1 default_catalog.default_database.orders [id] to its end | +I
                """);
    }
}
