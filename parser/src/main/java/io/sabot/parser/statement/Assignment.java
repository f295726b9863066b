package io.sabot.parser.statement;

import org.apache.calcite.sql.SqlNode;

/** {@code column = expression} in UPDATE … SET and PARTITION (…). */
public record Assignment(Name column, SqlNode value) {}
