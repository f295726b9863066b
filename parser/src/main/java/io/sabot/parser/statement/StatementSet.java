package io.sabot.parser.statement;

import java.util.List;

/** {@code EXECUTE STATEMENT SET BEGIN … END}: one job with several sinks. */
public record StatementSet(Source source, List<Insert> inserts) implements Statement {
    public StatementSet {
        inserts = List.copyOf(inserts);
    }
}
