package io.sabot.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code EXPLAIN} says of answers that may differ over the same input. */
class NotesTest {
    private static final String ARRIVAL = "NOTE the order in which rows come decides: ";
    private static final String DIGITS = "NOTE the last digits of floating sums may differ: ";

    private final Fixture fixture = Fixture.sinks().with("""
            CREATE TABLE other (id BIGINT, n BIGINT, PRIMARY KEY (id) NOT ENFORCED);
            """);

    private List<String> notes(String sql) {
        return Planner.explain(fixture.plan(sql))
                .lines()
                .filter(line -> line.startsWith("NOTE "))
                .toList();
    }

    private void assertNoNote(String sql) {
        assertThat(notes(sql)).as(sql).isEmpty();
    }

    @Test
    void firstRowsWithoutAnOrder() {
        assertThat(notes("SELECT id FROM orders LIMIT 3")).containsExactly(ARRIVAL + "limit-1 (no ORDER BY)");
        assertThat(notes("SELECT id FROM orders OFFSET 3 ROWS")).containsExactly(ARRIVAL + "limit-1 (no ORDER BY)");
        assertNoNote("SELECT id FROM orders ORDER BY amount");
        assertNoNote("SELECT id, n FROM totals LIMIT 3 EMIT CHANGES");
    }

    @Test
    void aggregatesThatReadInOrder() {
        assertThat(notes("""
                        SELECT customer, FIRST_VALUE(id), LAST_VALUE(id), LAST_VALUE(quantity), ARRAY_AGG(id), MAX(id)
                        FROM orders GROUP BY customer
                        """)).containsExactly(ARRIVAL + "group-aggregate-1 (FIRST_VALUE, LAST_VALUE, ARRAY_AGG)");
        assertThat(notes("""
                        SELECT JSON_ARRAYAGG(id), LISTAGG(customer) FROM TUMBLE(TABLE orders, DESCRIPTOR(placed), INTERVAL '1' HOUR)
                        GROUP BY window_start, window_end EMIT CHANGES
                        """)).containsExactly(ARRIVAL + "window-aggregate-1 (JSON_ARRAYAGG, LISTAGG)");
        assertThat(notes("SELECT JSON_OBJECTAGG(KEY customer VALUE id) FROM orders"))
                .containsExactly(ARRIVAL + "group-aggregate-1 (JSON_OBJECTAGG)");
    }

    @Test
    void groupsInWhichTheOrderDoesNotShow() {
        assertNoNote("SELECT customer, LISTAGG(customer) FROM orders GROUP BY customer");
        assertNoNote("SELECT id, LAST_VALUE(n), SUM(CAST(n AS DOUBLE)) FROM totals GROUP BY id EMIT CHANGES");
        assertNoNote("SELECT JSON_OBJECTAGG(KEY CAST(n AS STRING) VALUE n) FROM (SELECT COUNT(*) AS n FROM orders)");
    }

    @Test
    void windowsOfRows() {
        assertThat(notes("""
                        SELECT customer, COUNT(*) FROM TUMBLE_ROWS(TABLE orders PARTITION BY customer, 2)
                        GROUP BY customer, window_start, window_end
                        """)).containsExactly(ARRIVAL + "row-window-aggregate-1 (TUMBLE_ROWS)");
        assertThat(notes("SELECT id, window_start FROM TUMBLE_ROWS(TABLE orders, 2)"))
                .containsExactly(ARRIVAL + "row-window-assign-1 (TUMBLE_ROWS)");
    }

    @Test
    void tiesInAnOrder() {
        assertThat(notes("SELECT id FROM orders ORDER BY amount, placed LIMIT 3"))
                .containsExactly(ARRIVAL + "sort-1 (ties in amount, placed)");
        assertThat(notes(ranked("ROW_NUMBER", "amount DESC") + " = 1"))
                .containsExactly(ARRIVAL + "deduplicate-1 (ties in amount)");
        assertThat(notes(ranked("ROW_NUMBER", "amount DESC") + " <= 2 EMIT CHANGES"))
                .containsExactly(ARRIVAL + "rank-1 (ties in amount)");
        assertThat(notes("SELECT id, n FROM totals ORDER BY n LIMIT 2"))
                .containsExactly(ARRIVAL + "sort-1 (ties in n)");
    }

    @Test
    void ordersWithoutTies() {
        assertNoNote(ranked("RANK", "amount DESC") + " <= 2");
        assertNoNote("SELECT id, amount FROM orders ORDER BY amount, id LIMIT 3");
        assertNoNote("SELECT id, n FROM totals ORDER BY n, id LIMIT 2");
        assertNoNote("SELECT id, n FROM totals ORDER BY n LIMIT 2 EMIT CHANGES");
    }

    @Test
    void callsWithOver() {
        assertThat(notes("SELECT id, LAG(quantity) OVER (ORDER BY placed) FROM orders EMIT CHANGES"))
                .containsExactly(ARRIVAL + "over-1 (ties in placed)");
        assertThat(notes("SELECT id, ROW_NUMBER() OVER () FROM orders"))
                .containsExactly(ARRIVAL + "over-1 (no ORDER BY)");
        assertThat(notes("SELECT id, SUM(CAST(quantity AS DOUBLE)) OVER (PARTITION BY customer) FROM orders"))
                .containsExactly(DIGITS + "over-1 (SUM)");
        assertNoNote(
                "SELECT id, SUM(quantity) OVER (ORDER BY placed), RANK() OVER (ORDER BY placed) FROM orders EMIT CHANGES");
    }

    @Test
    void sumsOfFloatingNumbers() {
        assertThat(notes("""
                        SELECT customer, SUM(CAST(quantity AS FLOAT)), AVG(CAST(amount AS DOUBLE)), STDDEV_POP(quantity), SUM(amount)
                        FROM orders GROUP BY customer
                        """)).containsExactly(DIGITS + "group-aggregate-1 (SUM, AVG, STDDEV_POP)");
        assertNoNote(
                "SELECT customer, SUM(amount), AVG(quantity), MAX(CAST(quantity AS DOUBLE)) FROM orders GROUP BY customer");
    }

    @Test
    void rowsOfTheStatementStandInOrder() {
        String values = "(VALUES ('a', 1), ('a', 2), ('b', 3)) AS t (k, v)";
        assertNoNote("SELECT k, LAST_VALUE(v), SUM(CAST(v AS DOUBLE)) FROM " + values + " GROUP BY k");
        assertNoNote("SELECT v FROM " + values + " WHERE v > 1 LIMIT 1");
        assertNoNote("SELECT MAX(n) AS m, LAST_VALUE(n) AS l FROM (SELECT COUNT(*) AS n FROM orders)");
        assertThat(notes("SELECT LAST_VALUE(n) FROM (SELECT k, COUNT(*) AS n FROM " + values + " GROUP BY k)"))
                .containsExactly(ARRIVAL + "group-aggregate-2 (LAST_VALUE)");
    }

    @Test
    void anOperatorOfSeveralStatementsIsNamedOnce() {
        assertThat(notes("""
                        EXECUTE STATEMENT SET BEGIN
                        INSERT INTO totals SELECT id, LAST_VALUE(quantity) FROM orders GROUP BY id;
                        INSERT INTO other SELECT id, LAST_VALUE(quantity) FROM orders GROUP BY id;
                        END
                        """)).containsExactly(ARRIVAL + "group-aggregate-1 (LAST_VALUE)");
    }

    private static String ranked(String function, String order) {
        return "SELECT id, customer FROM (SELECT *, %s() OVER (PARTITION BY customer ORDER BY %s) AS r FROM orders) WHERE r"
                .formatted(function, order);
    }
}
