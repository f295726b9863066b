package io.sabot.parser.statement;

import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * {@code DELETE FROM t [WHERE condition]}.
 *
 * @param condition null: every row
 */
public record Delete(
        Source source, ObjectName table, @Nullable SqlNode condition) implements Statement {}
