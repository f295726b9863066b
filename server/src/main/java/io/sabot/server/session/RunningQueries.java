package io.sabot.server.session;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Queries that run now, of all sessions of an engine. Safe for any thread. */
final class RunningQueries {
    /** A query: its cursor, the text, when it began. */
    record Running(QueryCursor cursor, String sql, Instant since) {}

    private final Map<String, Running> queries = new ConcurrentHashMap<>();

    void add(QueryCursor cursor, String sql) {
        queries.put(cursor.queryId(), new Running(cursor, sql, Instant.now()));
    }

    void remove(QueryCursor cursor) {
        queries.remove(cursor.queryId());
    }

    /** All, oldest first. */
    List<Running> list() {
        return queries.values().stream()
                .sorted(Comparator.comparing(Running::since))
                .toList();
    }

    /** Cancels a query; does nothing when it has ended. */
    void cancel(String id) {
        Running query = queries.get(id);
        if (query != null) {
            query.cursor().cancel();
        }
    }

    /** Cancels a query; 42704 when there is none of this id. */
    void kill(String id) {
        if (!queries.containsKey(id)) {
            throw SabotException.of(ErrorCode.UNDEFINED_OBJECT, "query '" + id + "' does not run")
                    .hint("SHOW QUERIES lists those that do");
        }
        cancel(id);
    }
}
