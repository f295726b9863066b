package io.sabot.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.catalog.MaterializedView;
import io.sabot.catalog.ObjectName;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which columns of a materialized view carry time, and how far behind its watermark. */
class ViewTimeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT id, placed FROM orders WHERE id > 3 | placed",
                "SELECT placed AS a, placed AS b FROM orders | a, b",
                "SELECT placed - INTERVAL '1' MINUTE AS a, placed + INTERVAL '1' MINUTE AS b FROM orders | a -60000, b",
                "SELECT placed FROM orders UNION ALL SELECT paid - INTERVAL '3' SECOND FROM payments | placed -3000",
                "SELECT placed FROM orders UNION ALL SELECT CAST(CAST(paid AS STRING) AS TIMESTAMP(3)) FROM payments | ''",
                "SELECT window_start AS s, window_end AS e, window_time AS w, COUNT(*) AS n FROM"
                        + " TUMBLE(TABLE orders, DESCRIPTOR(placed), INTERVAL '1' MINUTE)"
                        + " GROUP BY window_start, window_end, window_time | s -60000, e, w",
                "SELECT TUMBLE_ROWTIME(placed, INTERVAL '1' MINUTE) AS w, COUNT(*) AS n FROM orders"
                        + " GROUP BY TUMBLE(placed, INTERVAL '1' MINUTE) | w",
                "SELECT placed, SUM(amount) OVER (PARTITION BY customer ORDER BY placed) AS s FROM orders | placed",
                "SELECT placed, paid FROM orders JOIN payments ON id = order_id AND placed"
                        + " BETWEEN paid - INTERVAL '10' SECOND AND paid + INTERVAL '20' SECOND | placed -10000, paid -20000",
                "SELECT placed FROM orders JOIN payments ON id = order_id | ''",
                "SELECT id, PROCTIME() AS p FROM orders | ''",
                "SELECT id, CAST(placed AS TIMESTAMP(0)) AS p FROM orders | ''",
                // rows that change
                "SELECT placed, COUNT(*) AS n FROM orders GROUP BY placed | ''",
                "SELECT id, placed FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY id ORDER BY placed DESC) AS n FROM orders)"
                        + " WHERE n = 1 | ''",
            })
    void times(String query, String expected) {
        assertThat(timesOf(Fixture.orders().with("CREATE MATERIALIZED VIEW v AS " + query)))
                .isEqualTo(expected);
    }

    @Test
    void aViewUponAViewKeepsThem() {
        Fixture fixture = Fixture.orders().with("""
                        CREATE MATERIALIZED VIEW below AS SELECT placed - INTERVAL '1' SECOND AS t, id FROM orders;
                        CREATE MATERIALIZED VIEW v AS SELECT t, t + INTERVAL '5' SECOND AS u FROM below WHERE id > 0;
                        """);
        assertThat(timesOf(fixture)).isEqualTo("t -1000, u");
    }

    private static String timesOf(Fixture fixture) {
        MaterializedView view = (MaterializedView) fixture.catalog
                .find(new ObjectName("default_catalog", "default_database", "v"))
                .orElseThrow();
        return view.rows().times().stream()
                .map(time -> time.column() + (time.offsetMillis() == 0 ? "" : " " + time.offsetMillis()))
                .collect(Collectors.joining(", "));
    }

    private static Fixture seen() {
        return Fixture.orders().with("CREATE MATERIALIZED VIEW seen AS SELECT id, placed, amount FROM orders");
    }

    @Test
    void aScanTakesTheWatermarkWhereItIsAskedFor() {
        seen().assertPlan("""
                        SELECT id, placed, SUM(amount) OVER (PARTITION BY id ORDER BY placed) AS s FROM seen EMIT CHANGES""", """
                        client-1 [id, placed, s] | +I | time placed
                          calc-1 [id, placed, s=CASE WHEN $3 > 0 THEN CAST($4 AS DECIMAL(38, 2)) ELSE NULL END] | +I | time placed
                            over-1 per (id) by placed range first to current [$3=COUNT(amount), $4=SUM(amount)] | +I | time placed | state: number of keys
                              exchange-1 by hash (id) | +I | time placed
                                source-1 default_catalog.default_database.seen [id, placed, amount] rowtime placed watermark of the view cut late rows | +I | time placed
                        """);
    }

    @Test
    void aQueryThatEndsLeavesLateRowsOutToo() {
        String windows =
                "SELECT window_end, COUNT(*) AS n FROM TUMBLE(TABLE seen, DESCRIPTOR(placed), INTERVAL '1' MINUTE)"
                        + " GROUP BY window_start, window_end";
        assertThat(Planner.explain(seen().plan(windows)))
                .contains("rowtime placed watermark of the view cut late rows to its present end");
        Fixture batch = seen();
        batch.settings.put("execution.runtime-mode", "batch");
        assertThat(Planner.explain(batch.plan(windows))).doesNotContain("rowtime");
    }

    @Test
    void aHintKeepsTheTimes() {
        assertThat(Planner.explain(seen().plan("SELECT CURRENT_WATERMARK(placed) AS w"
                        + " FROM seen /*+ OPTIONS('sabot.snapshot' = 'false') */ EMIT CHANGES")))
                .contains("rowtime placed watermark of the view");
    }
}
