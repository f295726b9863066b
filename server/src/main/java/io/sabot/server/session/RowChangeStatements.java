package io.sabot.server.session;

import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.storage.StoredTable;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.error.SqlSpan;
import io.sabot.parser.statement.Delete;
import io.sabot.parser.statement.Statement;
import io.sabot.parser.statement.Update;
import io.sabot.planner.Planner.RowChanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * UPDATE and DELETE on tables that the engine keeps: a query finds the rows, then the table changes them, unless something
 * was written in between; then all begins again.
 */
final class RowChangeStatements {
    private static final int ATTEMPTS = 100;

    private final EngineSession session;

    RowChangeStatements(EngineSession session) {
        this.session = session;
    }

    StatementResult update(Update update, List<@Nullable Object> parameters) {
        return change(update, session.planner().planUpdate(update, parameters), true);
    }

    StatementResult delete(Delete delete, List<@Nullable Object> parameters) {
        return change(delete, session.planner().planDelete(delete, parameters), false);
    }

    private StatementResult change(Statement statement, RowChanges changes, boolean update) {
        StoredTable table = session.engine().rows(changes.table());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Long> count = attempt(statement.span(), changes, table, update);
            if (count.isPresent()) {
                session.wrote(changes.table());
                return new StatementResult(Optional.empty(), count.get(), List.of());
            }
        }
        throw SabotException.of(
                        ErrorCode.INVALID_STATE,
                        "table '" + changes.table().name().name() + "' is written too often to be changed")
                .at(statement.span())
                .why("others wrote to it during each of " + ATTEMPTS + " attempts")
                .hint("try again, or change fewer rows at once");
    }

    private Optional<Long> attempt(SqlSpan span, RowChanges changes, StoredTable table, boolean update) {
        long version = table.end();
        String name = "change-" + UUID.randomUUID();
        List<Batch> rows = new ArrayList<>();
        try (PlanRun run = session.engine().start(changes.plan(), name, session.settings())) {
            try {
                session.whileExecuting(run::cancel, () -> collect(run, rows));
                run.failure().ifPresent(failure -> {
                    throw failure;
                });
                if (run.wasCancelled()) {
                    throw SabotException.of(ErrorCode.QUERY_CANCELLED, "the statement was cancelled")
                            .at(span);
                }
                if (update) {
                    rows.forEach(batch -> refuseNulls(batch, changes.table().sinkSchema(), span));
                }
                long count = rows.stream().mapToLong(Batch::rowCount).sum();
                boolean done = count == 0 || table.change(version, rows, update);
                return done ? Optional.of(count) : Optional.empty();
            } finally {
                rows.forEach(Batch::close);
            }
        }
    }

    private static void collect(PlanRun run, List<Batch> rows) {
        while (true) {
            boolean ended = run.hasEnded();
            Batch batch = run.poll(1000);
            if (batch != null) {
                rows.add(batch);
            } else if (ended) {
                return;
            }
        }
    }

    private static void refuseNulls(Batch batch, Schema table, SqlSpan span) {
        for (int c = 0; c < table.size(); c++) {
            if (!table.type(c).nullable() && batch.column(table.size() + c).hasNulls()) {
                throw SabotException.of(ErrorCode.NOT_NULL_VIOLATION, "column '" + table.name(c) + "' got NULL")
                        .at(span)
                        .why("it is " + table.type(c).sql());
            }
        }
    }
}
