package io.sabot.parser.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code EXPLAIN [PLAN FOR | details] statement}.
 *
 * @param details in the order of their enum, each once
 * @param statement a Query, Insert, StatementSet, or a CREATE with a query
 */
public record Explain(Source source, List<ExplainDetail> details, Statement statement) implements Statement {
    public Explain {
        Set<ExplainDetail> sorted = new TreeSet<>(details);
        details = List.copyOf(new ArrayList<>(sorted));
    }
}
