package io.sabot.planner;

import org.junit.jupiter.api.Test;

class WindowAggregateTest {
    @Test
    void tumbleInTwoPhases() {
        Fixture.orders().assertPlan("""
                SELECT customer, SUM(amount) AS total, window_start, window_end
                FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(placed), INTERVAL '1' MINUTE))
                GROUP BY customer, window_start, window_end
                """, """
                client-1 [customer, total, window_start, window_end] | +I | key (customer, window_start, window_end) | time window_start - 1 min, window_end
                  window-aggregate-1 by (customer) TUMBLE 1 min on $slice_end [total=SUM(…)] (global) with start, end | +I | key (customer, window_start, window_end) | time window_start - 1 min, window_end | state: until the watermark closes its windows
                    exchange-1 by hash (customer) | +I | time $slice_end
                      local-window-aggregate-1 by (customer) TUMBLE 1 min on placed [total=SUM(amount)] (local) | +I | time $slice_end
                        source-1 default_catalog.default_database.orders [customer, amount, placed] rowtime placed watermark placed - 5 s cut late rows to its end | +I | time placed
                """);
    }

    @Test
    void hopWithoutKeysEndsInOneTask() {
        Fixture.orders().assertPlan("""
                SELECT COUNT(*) AS n, window_end
                FROM TABLE(HOP(TABLE orders, DESCRIPTOR(placed), INTERVAL '1' MINUTE, INTERVAL '5' MINUTE))
                GROUP BY window_start, window_end
                """, """
                client-1 [n, window_end] | +I | key (window_end) | time window_end
                  calc-2 [n, window_end] | +I | key (window_end) | time window_end
                    window-aggregate-1 by () HOP 5 min every 1 min on $slice_end [n=COUNT(*)] (global) with start, end | +I | key (window_start, window_end) | time window_start - 5 min, window_end | state: until the watermark closes its windows
                      exchange-1 to one task | +I | time $slice_end
                        local-window-aggregate-1 by () HOP 5 min every 1 min on placed [n=COUNT(*)] (local) | +I | time $slice_end
                          source-1 default_catalog.default_database.orders [placed] rowtime placed watermark placed - 5 s cut late rows to its end | +I | time placed
                """);
    }

    @Test
    void cumulate() {
        Fixture.orders().assertPlan("""
                SELECT window_time, COUNT(DISTINCT customer) AS n
                FROM CUMULATE(TABLE orders, DESCRIPTOR(placed), INTERVAL '1' HOUR, INTERVAL '1' DAY)
                GROUP BY window_start, window_end, window_time
                """, """
                client-1 [window_time, n] | +I | key (window_time) | time window_time
                  calc-2 [window_time, n] | +I | key (window_time) | time window_time
                    window-aggregate-1 by () CUMULATE 1 d in steps of 1 h on placed [n=COUNT(DISTINCT customer)] with start, end, time | +I | key (window_start, window_end, window_time) | time window_start - 1 d, window_end, window_time | state: until the watermark closes its windows
                      exchange-1 to one task | +I | time placed
                        source-1 default_catalog.default_database.orders [customer, placed] rowtime placed watermark placed - 5 s cut late rows to its end | +I | time placed
                """);
    }

    @Test
    void sessionPerKey() {
        Fixture.orders().assertPlan("""
                SELECT customer, COUNT(*) AS n, window_start, window_end
                FROM TABLE(SESSION(TABLE orders PARTITION BY customer, DESCRIPTOR(placed), INTERVAL '10' MINUTE))
                GROUP BY customer, window_start, window_end
                """, """
                client-1 [customer, n, window_start, window_end] | +I | key (customer, window_start, window_end) | time window_end
                  window-aggregate-1 by (customer) SESSION gap 10 min per (customer) on placed [n=COUNT(*)] with start, end | +I | key (customer, window_start, window_end) | time window_end | state: until the watermark closes its windows
                    exchange-1 by hash (customer) | +I | time placed
                      source-1 default_catalog.default_database.orders [customer, placed] rowtime placed watermark placed - 5 s cut late rows to its end | +I | time placed
                """);
    }

    @Test
    void namedArguments() {
        Fixture.orders().assertPlan("""
                SELECT COUNT(*) AS n
                FROM TABLE(TUMBLE(DATA => TABLE orders, TIMECOL => DESCRIPTOR(placed), SIZE => INTERVAL '1' HOUR))
                GROUP BY window_start, window_end
                """, """
                client-1 [n] | +I
                  calc-2 [n] | +I
                    window-aggregate-1 by () TUMBLE 1 h on $slice_end [n=COUNT(*)] (global) with start, end | +I | key (window_start, window_end) | time window_start - 1 h, window_end | state: until the watermark closes its windows
                      exchange-1 to one task | +I | time $slice_end
                        local-window-aggregate-1 by () TUMBLE 1 h on placed [n=COUNT(*)] (local) | +I | time $slice_end
                          source-1 default_catalog.default_database.orders [placed] rowtime placed watermark placed - 5 s cut late rows to its end | +I | time placed
                """);
    }

    @Test
    void olderWindowsOfGroupBy() {
        Fixture.orders().assertPlan("""
                SELECT customer, SUM(quantity) AS n, TUMBLE_START(placed, INTERVAL '1' HOUR) AS ws,
                  TUMBLE_ROWTIME(placed, INTERVAL '1' HOUR) AS wt
                FROM orders GROUP BY TUMBLE(placed, INTERVAL '1' HOUR), customer
                """, """
                client-1 [customer, n, ws, wt] | +I | key (customer, ws, wt) | time ws - 1 h, wt
                  calc-3 [customer, n, ws=window_start, wt=window_time] | +I | key (customer, ws, wt) | time ws - 1 h, wt
                    window-aggregate-1 by (customer) TUMBLE 1 h on $slice_end [n=SUM(…)] (global) with start, end, time | +I | key (customer, window_start, window_end, window_time) | time window_start - 1 h, window_end, window_time | state: until the watermark closes its windows
                      exchange-1 by hash (customer) | +I | time $slice_end
                        local-window-aggregate-1 by (customer) TUMBLE 1 h on $f0 [n=SUM(quantity)] (local) | +I | time $slice_end
                          calc-1 [$f0=placed, customer, quantity] | +I | time $f0
                            source-1 default_catalog.default_database.orders [customer, quantity, placed] rowtime placed watermark placed - 5 s cut late rows to its end | +I | time placed
                """);
    }

    @Test
    void withoutTheStartItIsAnOrdinaryAggregate() {
        Fixture.orders().assertPlan("""
                SELECT window_end, COUNT(*) AS n
                FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(placed), INTERVAL '1' MINUTE))
                GROUP BY window_end EMIT CHANGES
                """, """
                client-1 [window_end, n] | +I -U +U -D | key (window_end)
                  group-aggregate-1 by (window_end) [n=COUNT(*)] (global) | +I -U +U -D | key (window_end) | state: number of keys
                    exchange-1 by hash (window_end) | +I
                      local-aggregate-1 by (window_end) [n=COUNT(*)] (local) | +I
                        calc-1 [window_end] | +I | time window_end
                          window-assign-1 TUMBLE 1 min on placed | +I | time placed, window_start - 1 min, window_end, window_time
                            source-1 default_catalog.default_database.orders [placed] rowtime placed watermark placed - 5 s to its end | +I | time placed
                """);
    }

    @Test
    void aCascadeOnWindowTime() {
        Fixture.orders().assertPlan("""
                SELECT SUM(n) AS n, window_start
                FROM TABLE(TUMBLE((
                    SELECT COUNT(*) AS n, window_time AS t
                    FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(placed), INTERVAL '1' MINUTE))
                    GROUP BY window_start, window_end, window_time),
                  DESCRIPTOR(t), INTERVAL '1' HOUR))
                GROUP BY window_start, window_end
                """, """
                client-1 [n, window_start] | +I | key (window_start) | time window_start - 1 h
                  calc-4 [n, window_start] | +I | key (window_start) | time window_start - 1 h
                    window-aggregate-2 by () TUMBLE 1 h on t [n=SUM(n)] with start, end | +I | key (window_start, window_end) | time window_start - 1 h, window_end | state: until the watermark closes its windows
                      calc-2 [n, t] | +I | key (t) | time t
                        window-aggregate-1 by () TUMBLE 1 min on $slice_end [n=COUNT(*)] (global) with start, end, time | +I | key (window_start, window_end, t) | time window_start - 1 min, window_end, t | state: until the watermark closes its windows
                          exchange-1 to one task | +I | time $slice_end
                            local-window-aggregate-1 by () TUMBLE 1 min on placed [n=COUNT(*)] (local) | +I | time $slice_end
                              source-1 default_catalog.default_database.orders [placed] rowtime placed watermark placed - 5 s cut late rows to its end | +I | time placed
                """);
    }

    @Test
    void aCascadeOnWindowColumns() {
        Fixture.orders().assertPlan("""
                SELECT MAX(n) AS top, ws, we FROM (
                  SELECT customer, COUNT(*) AS n, window_start AS ws, window_end AS we
                  FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(placed), INTERVAL '1' MINUTE))
                  GROUP BY customer, window_start, window_end)
                GROUP BY ws, we
                """, """
                client-1 [top, ws, we] | +I | key (ws, we) | time we
                  calc-4 [top, ws, we] | +I | key (ws, we) | time we
                    window-aggregate-2 by (ws) TUMBLE 1 min ending at $slice_end [top=MAX(…)] (global) with end | +I | key (ws, we) | time we | state: until the watermark closes its windows
                      exchange-2 by hash (ws) | +I | time $slice_end
                        local-window-aggregate-2 by (ws) TUMBLE 1 min ending at we [top=MAX(n)] (local) | +I | time $slice_end
                          calc-2 [ws, we, n] | +I | time ws - 1 min, we
                            window-aggregate-1 by (customer) TUMBLE 1 min on $slice_end [n=COUNT(*)] (global) with start, end | +I | key (customer, ws, we) | time ws - 1 min, we | state: until the watermark closes its windows
                              exchange-1 by hash (customer) | +I | time $slice_end
                                local-window-aggregate-1 by (customer) TUMBLE 1 min on placed [n=COUNT(*)] (local) | +I | time $slice_end
                                  source-1 default_catalog.default_database.orders [customer, placed] rowtime placed watermark placed - 5 s cut late rows to its end | +I | time placed
                """);
    }

    @Test
    void aConditionOnTheWindowStaysAboveIt() {
        Fixture.orders().assertPlan("""
                SELECT COUNT(*) AS n, window_start
                FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(placed), INTERVAL '1' MINUTE))
                WHERE quantity > 1 AND window_start > TIMESTAMP '2026-01-01 00:00:00'
                GROUP BY window_start, window_end
                """, """
                client-1 [n, window_start] | +I | key (window_start)
                  calc-4 [n, window_start] | +I | key (window_start)
                    window-aggregate-1 by (window_start) TUMBLE 1 min ending at $slice_end [n=COUNT(*)] (global) with end | +I | key (window_start, window_end) | time window_end | state: until the watermark closes its windows
                      exchange-1 by hash (window_start) | +I | time $slice_end
                        local-window-aggregate-1 by (window_start) TUMBLE 1 min ending at window_end [n=COUNT(*)] (local) | +I | time $slice_end
                          calc-2 [window_start, window_end] where window_start > TIMESTAMP '2026-01-01 00:00:00' | +I | time window_start - 1 min, window_end
                            window-assign-1 TUMBLE 1 min on placed | +I | time placed, window_start - 1 min, window_end, window_time
                              calc-1 [placed] where quantity > 1 | +I | time placed
                                source-1 default_catalog.default_database.orders [quantity, placed] filter quantity > 1 rowtime placed watermark placed - 5 s cut late rows to its end | +I | time placed
                """);
    }

    @Test
    void processingTime() {
        Fixture.orders().assertPlan("""
                SELECT COUNT(*) AS n, window_end
                FROM TABLE(TUMBLE((SELECT id, PROCTIME() AS p FROM orders), DESCRIPTOR(p), INTERVAL '1' MINUTE))
                GROUP BY window_start, window_end EMIT CHANGES
                """, """
                client-1 [n, window_end] | +I | key (window_end) | time window_end (processing)
                  calc-3 [n, window_end] | +I | key (window_end) | time window_end (processing)
                    window-aggregate-1 by () TUMBLE 1 min on $slice_end in UTC [n=COUNT(*)] (global) with start, end | +I | key (window_start, window_end) | time window_start (processing), window_end (processing) | state: until the watermark closes its windows
                      exchange-1 to one task | +I | time $slice_end (processing)
                        local-window-aggregate-1 by () TUMBLE 1 min on p in UTC [n=COUNT(*)] (local) | +I | time $slice_end (processing)
                          calc-1 [p=PROCTIME()] | +I | time p (processing)
                            source-1 default_catalog.default_database.orders [] to its end | +I
                """);
    }

    @Test
    void oneBoundOfAWindowIsKeyEnough() {
        Fixture.orders().assertPlan("""
                SELECT window_start, customer, COUNT(*) AS n FROM HOP(TABLE orders, DESCRIPTOR(placed), INTERVAL '1' MINUTE, INTERVAL '2' MINUTE)
                GROUP BY window_start, window_end, customer
                """, """
                client-1 [window_start, customer, n] | +I | key (customer, window_start) | time window_start - 2 min
                  calc-2 [window_start, customer, n] | +I | key (customer, window_start) | time window_start - 2 min
                    window-aggregate-1 by (customer) HOP 2 min every 1 min on $slice_end [n=COUNT(*)] (global) with start, end | +I | key (customer, window_start, window_end) | time window_start - 2 min, window_end | state: until the watermark closes its windows
                      exchange-1 by hash (customer) | +I | time $slice_end
                        local-window-aggregate-1 by (customer) HOP 2 min every 1 min on placed [n=COUNT(*)] (local) | +I | time $slice_end
                          source-1 default_catalog.default_database.orders [customer, placed] rowtime placed watermark placed - 5 s cut late rows to its end | +I | time placed
                """);
    }

    @Test
    void severalWindowsOfCumulateHaveOneStart() {
        Fixture.orders().assertPlan("""
                SELECT window_start, customer, COUNT(*) AS n FROM CUMULATE(TABLE orders, DESCRIPTOR(placed), INTERVAL '1' MINUTE, INTERVAL '2' MINUTE)
                GROUP BY window_start, window_end, customer
                """, """
                client-1 [window_start, customer, n] | +I | time window_start - 2 min
                  calc-2 [window_start, customer, n] | +I | time window_start - 2 min
                    window-aggregate-1 by (customer) CUMULATE 2 min in steps of 1 min on $slice_end [n=COUNT(*)] (global) with start, end | +I | key (customer, window_start, window_end) | time window_start - 2 min, window_end | state: until the watermark closes its windows
                      exchange-1 by hash (customer) | +I | time $slice_end
                        local-window-aggregate-1 by (customer) CUMULATE 2 min in steps of 1 min on placed [n=COUNT(*)] (local) | +I | time $slice_end
                          source-1 default_catalog.default_database.orders [customer, placed] rowtime placed watermark placed - 5 s cut late rows to its end | +I | time placed
                """);
    }

    @Test
    void aConditionOnTheRowGoesBelowTheWindow() {
        Fixture.orders().assertPlan("""
                SELECT window_end, id, customer FROM HOP(TABLE orders, DESCRIPTOR(placed), INTERVAL '1' HOUR, INTERVAL '2' HOUR)
                WHERE quantity > 3 AND customer <> CAST(window_end AS STRING)
                """, """
                client-1 [window_end, id, customer] | +I | time window_end
                  calc-2 [window_end, id, customer] where customer <> (CAST(window_end AS STRING)) | +I | time window_end
                    window-assign-1 HOP 2 h every 1 h on placed | +I | time placed, window_start - 2 h, window_end, window_time
                      calc-1 [id, customer, placed] where quantity > 3 | +I | time placed
                        source-1 default_catalog.default_database.orders [id, customer, quantity, placed] filter quantity > 3 rowtime placed watermark placed - 5 s to its end | +I | time placed
                """);
    }
}
