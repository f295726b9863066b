package io.sabot.sqltests.random;

/**
 * A query with columns a, b (BIGINT) and c (text) in the words of Sabot and, where a database knows no event time, in words that
 * say the same over what {@link DuckDb} holds. Both sides know it as a view, so that other queries can stand on it.
 */
record Relation(String name, String sabot, String duck) {
    String sabotView() {
        return "CREATE VIEW " + name + " AS " + sabot;
    }

    String duckView() {
        return "CREATE VIEW " + name + " AS " + duck;
    }
}
