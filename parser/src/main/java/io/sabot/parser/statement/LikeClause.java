package io.sabot.parser.statement;

import io.sabot.parser.error.SqlSpan;
import java.util.List;

/** {@code LIKE table [(INCLUDING …, EXCLUDING …)]}. */
public record LikeClause(ObjectName table, List<Rule> rules, SqlSpan span) {
    public LikeClause {
        rules = List.copyOf(rules);
    }

    /** What happens with one feature of the table that is copied. */
    public record Rule(Strategy strategy, Feature feature) {}

    /** How parts of both tables are joined. */
    public enum Strategy {
        INCLUDING,
        EXCLUDING,
        OVERWRITING
    }

    /** Parts of a table. */
    public enum Feature {
        ALL,
        CONSTRAINTS,
        DISTRIBUTION,
        GENERATED,
        METADATA,
        OPTIONS,
        PARTITIONS,
        WATERMARKS
    }
}
