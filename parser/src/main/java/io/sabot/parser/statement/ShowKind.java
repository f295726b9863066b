package io.sabot.parser.statement;

/** What SHOW lists; {@link #words()} is how SQL says it. */
public enum ShowKind {
    CATALOGS,
    CURRENT_CATALOG,
    DATABASES,
    CURRENT_DATABASE,
    TABLES,
    STREAMS,
    VIEWS,
    MATERIALIZED_VIEWS,
    FUNCTIONS,
    USER_FUNCTIONS,
    /** Those that the session has added. */
    JARS,
    CONNECTORS,
    FORMATS,
    JOBS,
    QUERIES,
    /** Also the statement {@code SET} with nothing behind it. */
    SETTINGS,
    /** Of one table: {@link Show#in()} is there. */
    COLUMNS;

    /** In capitals, for instance {@code MATERIALIZED VIEWS}. */
    public String words() {
        return name().replace('_', ' ');
    }
}
