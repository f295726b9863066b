package io.sabot.parser.statement;

/** What CREATE, DROP, ALTER and SHOW CREATE can be about; {@link #words()} is how SQL says it. */
public enum ObjectKind {
    TABLE,
    STREAM,
    VIEW,
    MATERIALIZED_VIEW,
    DATABASE,
    CATALOG;

    /** In capitals, for instance {@code MATERIALIZED VIEW}. */
    public String words() {
        return name().replace('_', ' ');
    }
}
