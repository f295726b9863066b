package io.sabot.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
                NOTE the order in which rows come decides: sort-1 (ties in s)
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
                NOTE the last digits of floating sums may differ: group-aggregate-2 (SUM), group-aggregate-1 (SUM)
                """);
    }

    @Test
    void groupsThatAreReadTwiceAreOneNode() {
        Fixture.orders().assertPlan("""
                WITH sums AS (SELECT customer, COUNT(*) AS n, SUM(quantity) AS q FROM orders GROUP BY customer)
                SELECT a.customer, a.n FROM sums AS a JOIN (SELECT MAX(q) AS q FROM sums) AS m ON a.q = m.q EMIT CHANGES
                """, """
                client-1 [customer, n] | +I -U +U -D | key (customer)
                  calc-2 [customer, n] | +I -U +U -D | key (customer)
                    join-1 INNER on (q = q0) | +I -U +U -D | key (customer) | state: all rows of the input
                      exchange-3 by hash (q) | +I -U +U -D | key (customer)
                        group-aggregate-1 by (customer) [n=COUNT(*), q=SUM(…)] (global) | +I -U +U -D | key (customer) | state: number of keys
                          exchange-1 by hash (customer) | +I
                            local-aggregate-1 by (customer) [n=COUNT(*), q=SUM(quantity)] (local) | +I
                              source-1 default_catalog.default_database.orders [customer, quantity] to its end | +I
                      exchange-4 by hash (q) | +I -U +U -D | key ()
                        group-aggregate-2 by () [q=MAX(q)] | +I -U +U -D | key () | state: one row
                          exchange-2 to one task | +I -U +U -D
                            calc-1 [q] | +I -U +U -D
                              group-aggregate-1 (as above)
                """);
    }

    @Test
    void distinctValuesInTwoLevels() {
        split().assertPlan(
                        "SELECT customer, COUNT(DISTINCT quantity) AS q FROM orders GROUP BY customer EMIT CHANGES",
                        """
                client-1 [customer, q] | +I -U +U -D | key (customer)
                  calc-3 [customer, q=$part0] | +I -U +U -D | key (customer)
                    group-aggregate-2 by (customer) [$part0=SUM0(…)] (global) | +I -U +U -D | key (customer) | state: number of keys
                      exchange-2 by hash (customer) | +I
                        local-aggregate-1 by (customer) [$part0=SUM0($part0)] (local) | +I
                          calc-2 [customer, $part0] | +I -U +U -D
                            group-aggregate-1 by (customer, $bucket) [$part0=COUNT(DISTINCT quantity)] | +I -U +U -D | key (customer, $bucket) | state: number of keys
                              exchange-1 by hash (customer, $bucket) | +I
                                calc-1 [customer, quantity, $bucket=$BUCKET(16, quantity)] | +I
                                  source-1 default_catalog.default_database.orders [customer, quantity] to its end | +I
                """);
    }

    @Test
    void eachSetOfDistinctArgumentsIsABranch() {
        split().assertPlan("""
                SELECT customer, COUNT(*) AS n, COUNT(DISTINCT quantity) FILTER (WHERE amount > 10) AS q,
                  SUM(DISTINCT quantity) AS s, COUNT(DISTINCT id) AS i, AVG(quantity) AS a, MAX(amount) AS m
                FROM orders GROUP BY customer EMIT CHANGES
                """, """
                client-1 [customer, n, q, s, i, a, m] | +I -U +U -D | key (customer)
                  calc-7 [customer, n=$part0, q=$part1, s=$part2, i=$part3, a=CAST($part4 / (CASE WHEN $part4$count = 0 THEN NULL ELSE $part4$count END) AS INT), m=$part5] | +I -U +U -D | key (customer)
                    group-aggregate-4 by (customer) [$part0=SUM0($part0), $part1=SUM0($part1), $part2=SUM($part2), $part3=SUM0($part3), $part4=SUM($part4), $part4$count=SUM0($part4$count), $part5=MAX($part5)] | +I -U +U -D | key (customer) | state: number of keys
                      exchange-4 by hash (customer) | +I -U +U -D
                        union-1 [customer, $part0, $part1, $part2, $part3, $part4, $part4$count, $part5] | +I -U +U -D
                          calc-2 [customer, $part0, $part1=0, $part2=NULL, $part3=0, $part4, $part4$count, $part5] | +I -U +U -D | key (customer)
                            group-aggregate-1 by (customer) [$part0=COUNT(*), $part4=SUM(…), $part4$count=COUNT(…), $part5=MAX(…)] (global) | +I -U +U -D | key (customer) | state: number of keys
                              exchange-1 by hash (customer) | +I
                                local-aggregate-1 by (customer) [$part0=COUNT(*), $part4=SUM($wide5), $part4$count=COUNT($wide5), $part5=MAX(amount)] (local) | +I
                                  calc-1 [customer, amount, $wide5=CAST(quantity AS BIGINT)] | +I
                                    source-1 default_catalog.default_database.orders [id, customer, amount, quantity] to its end | +I
                          calc-4 [customer, $part0=0, $part1, $part2, $part3=0, $part4=NULL, $part4$count=0, $part5=NULL] | +I -U +U -D
                            group-aggregate-2 by (customer, $bucket) [$part1=COUNT(DISTINCT quantity) filter $f2, $part2=SUM(DISTINCT quantity)] | +I -U +U -D | key (customer, $bucket) | state: number of keys
                              exchange-2 by hash (customer, $bucket) | +I
                                calc-3 [customer, quantity, $f2=((CAST(amount AS DECIMAL(12, 2))) > 10.00) IS TRUE, $bucket=$BUCKET(16, quantity)] | +I
                                  source-1 (as above)
                          calc-6 [customer, $part0=0, $part1=0, $part2=NULL, $part3, $part4=NULL, $part4$count=0, $part5=NULL] | +I -U +U -D
                            group-aggregate-3 by (customer, $bucket) [$part3=COUNT(DISTINCT id)] | +I -U +U -D | key (customer, $bucket) | state: number of keys
                              exchange-3 by hash (customer, $bucket) | +I
                                calc-5 [customer, id, $bucket=$BUCKET(16, id)] | +I
                                  source-1 (as above)
                """);
    }

    @Test
    void distinctValuesOfAWindowInTwoLevels() {
        split().assertPlan("""
                SELECT window_start, window_end, COUNT(*) AS n, COUNT(DISTINCT customer) AS c, COUNT(DISTINCT quantity) AS q
                FROM TUMBLE(TABLE orders, DESCRIPTOR(placed), INTERVAL '1' HOUR) GROUP BY window_start, window_end
                """, """
                client-1 [window_start, window_end, n, c, q] | +I | key (window_start, window_end) | time window_end
                  calc-8 [window_start, window_end, n=$part0, c=$part1, q=$part2] | +I | key (window_start, window_end) | time window_end
                    window-aggregate-3 by (window_start) TUMBLE 1 h ending at $slice_end [$part0=SUM0(…), $part1=SUM0(…), $part2=SUM0(…)] (global) with end | +I | key (window_start, window_end) | time window_end | state: until the watermark closes its windows
                      exchange-3 by hash (window_start) | +I | time $slice_end
                        local-window-aggregate-1 by (window_start) TUMBLE 1 h ending at window_end [$part0=SUM0($part0), $part1=SUM0($part1), $part2=SUM0($part2)] (local) | +I | time $slice_end
                          union-1 [window_start, window_end, $part0, $part1, $part2] | +I | time window_start - 1 h, window_end
                            calc-3 [window_start, window_end, $part0, $part1, $part2=0] | +I | time window_start - 1 h, window_end
                              window-aggregate-1 by ($bucket) TUMBLE 1 h on placed [$part0=COUNT(*), $part1=COUNT(DISTINCT customer)] with start, end | +I | key ($bucket, window_start, window_end) | time window_start - 1 h, window_end | state: until the watermark closes its windows
                                exchange-1 by hash ($bucket) | +I | time placed
                                  calc-1 [customer, $bucket=$BUCKET(16, customer), placed] | +I | time placed
                                    source-1 default_catalog.default_database.orders [customer, quantity, placed] rowtime placed watermark placed - 5 s cut late rows to its end | +I | time placed
                            calc-6 [window_start, window_end, $part0=0, $part1=0, $part2] | +I | time window_start - 1 h, window_end
                              window-aggregate-2 by ($bucket) TUMBLE 1 h on placed [$part2=COUNT(DISTINCT quantity)] with start, end | +I | key ($bucket, window_start, window_end) | time window_start - 1 h, window_end | state: until the watermark closes its windows
                                exchange-2 by hash ($bucket) | +I | time placed
                                  calc-4 [quantity, $bucket=$BUCKET(16, quantity), placed] | +I | time placed
                                    source-1 (as above)
                """);
    }

    @Test
    void groupsWhosePartsCannotBePutTogetherStayWhole() {
        String list =
                "SELECT customer, COUNT(DISTINCT quantity) AS q, LISTAGG(customer) AS l FROM orders GROUP BY customer";
        String session = "SELECT window_start, window_end, COUNT(DISTINCT quantity) AS q FROM"
                + " SESSION(TABLE orders, DESCRIPTOR(placed), INTERVAL '1' HOUR) GROUP BY window_start, window_end";
        for (String sql : List.of(list, session)) {
            assertThat(Planner.explain(split().plan(sql)))
                    .isEqualTo(Planner.explain(Fixture.orders().plan(sql)));
        }
    }

    /** Two branches would each put a row into the window in which they see it, and each keep a late one. */
    @Test
    void severalSetsInWindowsStayWholeByProcessingTimeAndWhereLateRowsAreKept() {
        String table = """
                CREATE TABLE clicks (who STRING, page STRING, ts TIMESTAMP(3), p AS PROCTIME(), WATERMARK FOR ts AS ts)
                WITH ('connector' = 'filesystem', 'path' = '/clicks', 'format' = 'json'%s);
                """;
        String sql =
                "SELECT window_end, COUNT(DISTINCT who) AS w%s FROM TUMBLE(TABLE clicks, DESCRIPTOR(%s), INTERVAL '1' HOUR)"
                        + " GROUP BY window_start, window_end";
        String several = ", COUNT(DISTINCT page) AS g";
        String plain = table.formatted("");
        String kept = table.formatted(", 'sabot.late-rows' = 'true'");
        assertThat(isSplit(plain, sql.formatted(several, "ts"))).isTrue();
        assertThat(isSplit(plain, sql.formatted(several, "p"))).isFalse();
        assertThat(isSplit(plain, sql.formatted("", "p"))).isTrue();
        assertThat(isSplit(kept, sql.formatted(several, "ts"))).isFalse();
        assertThat(isSplit(kept, sql.formatted("", "ts"))).isTrue();
    }

    private static boolean isSplit(String table, String sql) {
        return Planner.explain(split().with(table).plan(sql)).contains("$BUCKET");
    }

    private static Fixture split() {
        Fixture fixture = Fixture.orders();
        fixture.settings.put("table.optimizer.distinct-agg.split.enabled", "true");
        fixture.settings.put("table.optimizer.distinct-agg.split.bucket-num", "16");
        return fixture;
    }

    /** What a value looks like in JSON is told by its type, in front of the aggregate. */
    @Test
    void jsonAggregatesTakeJson() {
        Fixture.orders().assertPlan("""
                SELECT customer, JSON_ARRAYAGG(quantity) AS q, JSON_OBJECTAGG(KEY customer VALUE amount) AS a FROM orders
                GROUP BY customer
                """, """
                client-1 [customer, q, a] | +I | key (customer)
                  group-aggregate-1 by (customer) [q=JSON_ARRAYAGG($json3), a=JSON_OBJECTAGG(customer, $json4)] | +I | key (customer) | state: number of keys | emit: AT_END
                    exchange-1 by hash (customer) | +I
                      calc-1 [customer, $json3=JSON_STRING(quantity), $json4=JSON_STRING(amount)] | +I
                        source-1 default_catalog.default_database.orders [customer, amount, quantity] to its end | +I
                NOTE the order in which rows come decides: group-aggregate-1 (JSON_ARRAYAGG, JSON_OBJECTAGG)
                """);
    }
}
