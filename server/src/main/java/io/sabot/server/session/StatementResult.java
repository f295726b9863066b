package io.sabot.server.session;

import java.util.List;
import java.util.Optional;

/**
 * What a statement gave.
 *
 * @param cursor its rows, if it has any; closed by the caller
 * @param updateCount rows written, -1 when the statement does not write
 * @param warnings lines for the user, shown beside the result
 */
public record StatementResult(Optional<ResultCursor> cursor, long updateCount, List<String> warnings) {
    public StatementResult {
        warnings = List.copyOf(warnings);
    }

    /** Neither rows nor a count. */
    public static StatementResult done() {
        return new StatementResult(Optional.empty(), -1, List.of());
    }
}
