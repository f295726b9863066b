package io.sabot.parser.statement;

import io.sabot.parser.error.SqlSpan;
import org.apache.calcite.sql.SqlDataTypeSpec;

/**
 * {@code name type METADATA [FROM 'key'] [VIRTUAL]}.
 *
 * @param type {@code getNullable()} is never null
 * @param key what the connector calls it: the text after FROM, else the column's name
 * @param virtual only read, never written
 */
public record MetadataColumn(Name name, SqlDataTypeSpec type, Name key, boolean virtual, String comment, SqlSpan span)
        implements ColumnDefinition {}
