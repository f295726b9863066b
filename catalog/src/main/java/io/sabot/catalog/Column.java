package io.sabot.catalog;

import io.sabot.catalog.type.DataType;

/** A column of a table. */
public sealed interface Column {
    /** Name, unique in its table. */
    String name();

    /** Type; of a computed column the type its expression was found to have. */
    DataType type();

    /** Text of {@code COMMENT}, empty when there is none. */
    String comment();

    /** A column that the records of the table carry. */
    record Physical(String name, DataType type, String comment) implements Column {}

    /** A column computed from others when the table is read; never written. */
    record Computed(String name, DataType type, String expressionSql, String comment) implements Column {}

    /**
     * A column that the connector or format provides, such as a Kafka offset.
     *
     * @param key the connector's name for it
     * @param virtual whether it is left out when the table is written
     */
    record Metadata(String name, DataType type, String key, boolean virtual, String comment) implements Column {}
}
