package io.sabot.parser.statement;

import io.sabot.parser.error.SqlSpan;
import java.util.List;

/**
 * {@code [CONSTRAINT name] PRIMARY KEY (columns) [NOT ENFORCED]}, as a clause of its own or behind a column.
 *
 * @param constraintName empty when none is written
 * @param notEnforced whether NOT ENFORCED is written
 */
public record PrimaryKeyDefinition(String constraintName, List<Name> columns, boolean notEnforced, SqlSpan span) {
    public PrimaryKeyDefinition {
        columns = List.copyOf(columns);
    }
}
