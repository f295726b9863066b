package io.sabot.catalog;

import io.sabot.catalog.type.Schema;

/** Something that a query can read by name. Immutable. */
public sealed interface CatalogObject permits Table, View, MaterializedView, Unreadable {
    /** Full name. */
    ObjectName name();

    /** Columns as a query sees them. */
    Schema schema();

    /** Text of {@code COMMENT}, empty when there is none. */
    String comment();

    /** Whether it lives only as long as the session that made it. */
    boolean temporary();

    /** The normalised {@code CREATE} statement that makes this object again, complete and without a semicolon. */
    String createSql();
}
