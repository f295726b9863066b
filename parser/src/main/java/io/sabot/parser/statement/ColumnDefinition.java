package io.sabot.parser.statement;

import io.sabot.parser.error.SqlSpan;

/** One column of CREATE TABLE. */
public sealed interface ColumnDefinition permits PhysicalColumn, ComputedColumn, MetadataColumn, NamedColumn {
    /** Case-sensitive. */
    Name name();

    /** Empty when there is none. */
    String comment();

    /** The whole definition. */
    SqlSpan span();
}
