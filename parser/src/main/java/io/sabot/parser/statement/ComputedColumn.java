package io.sabot.parser.statement;

import io.sabot.parser.error.SqlSpan;
import org.apache.calcite.sql.SqlNode;

/** {@code name AS expression [COMMENT '…']}; the expression may name physical and metadata columns of its table. */
public record ComputedColumn(Name name, SqlNode expression, String comment, SqlSpan span) implements ColumnDefinition {}
