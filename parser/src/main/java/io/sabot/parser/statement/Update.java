package io.sabot.parser.statement;

import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * {@code UPDATE t SET c = x, … [WHERE condition]}.
 *
 * @param condition null: every row
 */
public record Update(
        Source source,
        ObjectName table,
        List<Assignment> assignments,
        @Nullable SqlNode condition) implements Statement {
    public Update {
        assignments = List.copyOf(assignments);
    }
}
