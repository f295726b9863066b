package io.sabot.server.avatica;

import io.sabot.catalog.CatalogReader;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Allocators;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.error.SqlSpan;
import io.sabot.server.session.JobFailure;
import io.sabot.server.session.PreparedStatementInfo;
import io.sabot.server.session.Session;
import io.sabot.server.session.SessionFactory;
import io.sabot.server.session.StatementResult;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** An engine whose answers a test writes down: SQL text to result. */
final class FakeEngine implements SessionFactory {
    /** What a statement does. */
    interface Answer {
        StatementResult run(FakeSession session, List<@Nullable Object> parameters);
    }

    final BufferAllocator allocator = Allocators.root();
    final Map<String, Answer> answers = new ConcurrentHashMap<>();
    final Map<String, PreparedStatementInfo> prepared = new ConcurrentHashMap<>();
    final List<String> executed = new CopyOnWriteArrayList<>();
    final List<FakeCursor> cursors = new CopyOnWriteArrayList<>();
    final List<FakeSession> sessions = new CopyOnWriteArrayList<>();
    final AtomicInteger openSessions = new AtomicInteger();
    final CountDownLatch awaitingJobs = new CountDownLatch(1);
    final CountDownLatch jobsEnd = new CountDownLatch(1);
    volatile List<JobFailure> failures = List.of();
    volatile boolean closed;

    FakeEngine() {
        rows(
                "SHOW FUNCTIONS",
                Schema.of(new Field("function name", AtomicType.STRING)),
                new Object[] {"upper"},
                new Object[] {"abs"});
    }

    FakeEngine answer(String sql, Answer answer) {
        answers.put(sql, answer);
        return this;
    }

    /** A statement that gives these rows and ends. */
    FakeEngine rows(String sql, Schema schema, @Nullable Object[]... rows) {
        return answer(sql, (session, parameters) -> {
            FakeCursor cursor = cursor(schema);
            if (rows.length > 0) {
                cursor.put(batch(schema, rows));
            }
            cursor.end();
            return of(cursor);
        });
    }

    FakeCursor cursor(Schema schema) {
        FakeCursor cursor = new FakeCursor(schema, () -> {});
        cursors.add(cursor);
        return cursor;
    }

    static StatementResult of(FakeCursor cursor) {
        return new StatementResult(Optional.of(cursor), -1, List.of());
    }

    static StatementResult count(long count) {
        return new StatementResult(Optional.empty(), count, List.of());
    }

    Batch batch(Schema schema, @Nullable Object[]... rows) {
        try (BatchBuilder builder = new BatchBuilder(schema, allocator, rows.length)) {
            for (@Nullable Object[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    DataType type = schema.type(i);
                    TestValues.append(builder.column(i), type, row[i]);
                }
                builder.endRow();
            }
            return builder.finish();
        }
    }

    long openCursors() {
        return cursors.stream().filter(cursor -> !cursor.isClosed()).count();
    }

    @Override
    public FakeSession newSession(Map<String, String> properties) {
        assert !closed;
        FakeSession session = new FakeSession(properties);
        sessions.add(session);
        openSessions.incrementAndGet();
        return session;
    }

    @Override
    public void close() {
        closed = true;
        allocator.close();
    }

    /** One session. */
    final class FakeSession implements Session {
        final String id = UUID.randomUUID().toString();
        final Map<String, String> properties;
        final FakeCatalog catalog = new FakeCatalog();
        volatile CountDownLatch cancelled = new CountDownLatch(1);

        FakeSession(Map<String, String> properties) {
            this.properties = Map.copyOf(properties);
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public StatementResult execute(String sql, List<@Nullable Object> parameters) {
            executed.add(sql);
            Function<String, @Nullable Answer> find = answers::get;
            Answer answer = find.apply(sql.strip());
            if (answer != null) {
                return answer.run(this, parameters);
            }
            if (sql.startsWith("USE CATALOG ")) {
                catalog.currentCatalog = sql.substring(13, sql.length() - 1);
                return StatementResult.done();
            }
            if (sql.startsWith("USE ")) {
                catalog.currentDatabase = sql.substring(5, sql.length() - 1);
                return StatementResult.done();
            }
            int line = (int) sql.substring(0, sql.indexOf(sql.strip())).lines().count();
            throw SabotException.of(ErrorCode.SYNTAX_ERROR, "nothing is known of this statement")
                    .at(new SqlSpan(Math.max(1, line), 1, Math.max(1, line), 3))
                    .hint("teach the fake");
        }

        @Override
        public PreparedStatementInfo prepare(String sql) {
            PreparedStatementInfo info = prepared.get(sql);
            if (info == null) {
                throw SabotException.of(ErrorCode.SYNTAX_ERROR, "nothing is known of this statement")
                        .at(new SqlSpan(1, 1, 1, 3));
            }
            return info;
        }

        @Override
        public CatalogReader catalog() {
            return catalog;
        }

        @Override
        public void cancel(String queryId) {
            cursors.stream().filter(cursor -> cursor.queryId().equals(queryId)).forEach(FakeCursor::cancel);
        }

        @Override
        public void cancelExecuting() {
            cancelled.countDown();
        }

        @Override
        public ZoneId timeZone() {
            return ZoneId.of(properties.getOrDefault("timeZone", "UTC"));
        }

        @Override
        public boolean awaitJobs(long waitMillis) {
            awaitingJobs.countDown();
            try {
                return jobsEnd.await(waitMillis, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public List<JobFailure> failedJobs() {
            return failures;
        }

        @Override
        public void close() {
            openSessions.decrementAndGet();
        }
    }
}
