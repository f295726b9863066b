package io.sabot.parser.statement;

import io.sabot.parser.error.SqlSpan;
import org.apache.calcite.sql.SqlDataTypeSpec;

/**
 * {@code name type [NOT NULL] [COMMENT '…']}.
 *
 * @param type {@code getNullable()} is never null: true unless NOT NULL is written
 */
public record PhysicalColumn(Name name, SqlDataTypeSpec type, String comment, SqlSpan span)
        implements ColumnDefinition {}
