package io.sabot.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which order inner joins are taken in, by the sizes of what they join. */
class JoinOrderTest {
    private static final String FILES = " WITH ('connector' = 'filesystem', 'path' = '/x', 'format' = 'json')";
    private static final String CHAIN = "SELECT a.id FROM a JOIN b ON a.k = b.k JOIN c ON b.id = c.id";

    @Test
    void fewRowsComeFirst() {
        sized().assertPlan("SELECT a.id, b.id, c.n FROM a JOIN b ON a.k = b.k JOIN c ON b.id = c.id", """
                client-1 [id, id0, n] | +I
                  calc-2 [id1=id0, id0, n] | +I
                    join-2 INNER on (k = k0) | +I | state: all rows of the input
                      exchange-3 by hash (k) | +I
                        join-1 INNER on (id = id0) | +I | state: all rows of the input
                          exchange-1 by hash (id) | +I
                            source-1 default_catalog.default_database.c [id, n] to its end | +I
                          exchange-2 by hash (id) | +I
                            source-2 default_catalog.default_database.b [id, k] to its end | +I
                      exchange-4 by hash (k) | +I
                        source-3 default_catalog.default_database.a [id, k] to its end | +I
                """);
    }

    @Test
    void writtenOrderStaysWhereNothingIsGained() {
        assertThat(order(sized(), "SELECT a.id FROM c JOIN b ON b.id = c.id JOIN a ON a.k = b.k"))
                .containsExactly("c", "b", "a");
        Fixture small = sized();
        small.sizes.putAll(Map.of("a", 90L, "b", 80L, "c", 2L));
        assertThat(order(small, CHAIN)).containsExactly("a", "b", "c");
    }

    @Test
    void writtenOrderStaysWhereASizeIsNotKnown() {
        Fixture fixture = sized();
        fixture.sizes.remove("b");
        assertThat(order(fixture, CHAIN)).containsExactly("a", "b", "c");
    }

    /** It is planned again when it goes on, over other sizes. */
    @Test
    void writtenOrderStaysInWhatGoesOn() {
        assertThat(order(sized(), CHAIN + " EMIT CHANGES")).containsExactly("a", "b", "c");
        assertThat(order(sized(), "INSERT INTO sink " + CHAIN)).containsExactly("a", "b", "c");
    }

    @Test
    void writtenOrderStaysWhereAConditionCanFail() {
        assertThat(order(sized(), "SELECT a.id FROM a JOIN b ON a.k = b.k JOIN c ON b.id = c.id AND 10 / c.n > 1"))
                .containsExactly("a", "b", "c");
        assertThat(order(sized(), "SELECT a.id FROM a JOIN b ON a.k = b.k AND b.id / a.k > 3 JOIN c ON b.id = c.id"))
                .containsExactly("a", "b", "c");
    }

    @Test
    void outerJoinsAreNoPartOfIt() {
        assertThat(order(sized(), "SELECT a.id FROM a LEFT JOIN b ON a.k = b.k JOIN c ON a.id = c.id"))
                .containsExactly("a", "b", "c");
    }

    /** Which rows are late could depend on the order, but where none is. */
    @Test
    void writtenOrderStaysWhereRowsCanBeLate() {
        String sql = "SELECT a.id FROM a JOIN b ON a.k = b.k JOIN timed ON b.id = timed.id";
        assertThat(order(sized(), sql)).containsExactly("a", "b", "timed");
        assertThat(order(sized(), "SELECT a.id FROM a JOIN b ON a.k = b.k JOIN kept ON b.id = kept.id"))
                .containsExactly("a", "b", "kept");
        Fixture batch = sized();
        batch.settings.put("execution.runtime-mode", "batch");
        assertThat(order(batch, sql)).containsExactly("timed", "b", "a");
    }

    /** A thousand rows of each value on both sides are many pairs; a key has one row. */
    @Test
    void aKeyGivesOneRowEach() {
        assertThat(order(sized(), "SELECT a.id FROM a JOIN b ON a.k = b.k JOIN keyed ON a.id = keyed.id"))
                .containsExactly("keyed", "a", "b");
        assertThat(order(sized(), "SELECT a.id FROM a JOIN keyed ON a.id = keyed.id JOIN b ON a.k = b.k"))
                .containsExactly("a", "keyed", "b");
    }

    @Test
    void filtersMakeInputsSmall() {
        assertThat(order(sized(), "SELECT a.id FROM a JOIN b ON a.k = b.k JOIN d ON b.id = d.id"))
                .containsExactly("a", "b", "d");
        assertThat(order(
                        sized(),
                        "SELECT a.id FROM a JOIN b ON a.k = b.k JOIN d ON b.id = d.id WHERE d.n = 3 AND d.id > 100"))
                .containsExactly("d", "b", "a");
    }

    @Test
    void noPairsOfAllRowsAreMade() {
        Fixture fixture = sized();
        fixture.sizes.putAll(Map.of("a", 1L, "c", 1L));
        assertThat(order(fixture, CHAIN)).containsExactly("a", "b", "c");
    }

    @Test
    void inputsAreQueriesToo() {
        assertThat(order(
                        sized(),
                        "SELECT a.id FROM a JOIN b ON a.k = b.k JOIN (SELECT MAX(id) AS m FROM c) AS c ON b.id = c.m"))
                .containsExactly("c", "b", "a");
        assertThat(order(
                        sized(),
                        "SELECT a.id FROM a JOIN b ON a.k = b.k JOIN (VALUES (1), (2)) AS v (x) ON b.id = v.x"))
                .containsExactly("b", "a");
    }

    private static Fixture sized() {
        Fixture fixture = new Fixture();
        for (String table : List.of("a", "b", "d")) {
            fixture.with("CREATE TABLE " + table + " (id BIGINT, k INT, n INT)" + FILES);
        }
        fixture.with("CREATE TABLE c (id BIGINT, n INT)" + FILES);
        fixture.with("CREATE TABLE keyed (id BIGINT, n INT, PRIMARY KEY (id) NOT ENFORCED)");
        fixture.with("CREATE TABLE timed (id BIGINT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)" + FILES);
        fixture.with("CREATE MATERIALIZED VIEW kept AS SELECT id, ts FROM timed");
        fixture.with("CREATE TABLE sink (id BIGINT)");
        fixture.sizes.putAll(Map.of(
                "a", 100_000L, "b", 100_000L, "c", 10L, "d", 200_000L, "keyed", 1000L, "timed", 10L, "kept", 10L));
        return fixture;
    }

    /** Tables in the order in which they are joined. */
    private static List<String> order(Fixture fixture, String sql) {
        List<String> tables = new ArrayList<>();
        for (String line : Planner.explain(fixture.plan(sql)).split("\n", -1)) {
            int at = line.indexOf("default_database.");
            if (at >= 0 && line.strip().startsWith("source")) {
                String rest = line.substring(at + "default_database.".length());
                tables.add(rest.substring(0, rest.indexOf(' ')));
            }
        }
        return tables;
    }
}
