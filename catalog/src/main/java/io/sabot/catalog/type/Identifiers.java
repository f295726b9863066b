package io.sabot.catalog.type;

/** How names are written in SQL text. */
public final class Identifiers {
    private Identifiers() {}

    /** The name between backticks, a backtick inside doubled. Always quoted, so that no list of reserved words is needed. */
    public static String quote(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /** The text as a SQL string literal. */
    public static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
