package io.sabot.server.avatica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.error.SqlSpan;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class StreamingTest {
    private static final String STREAM = "SELECT n FROM s EMIT CHANGES";
    private static final Schema NUMBERS = Schema.of(new Field("n", AtomicType.BIGINT));

    /** A stream into which the test puts rows. */
    private static FakeCursor stream(Engines engines) {
        FakeCursor cursor = engines.engine.cursor(NUMBERS);
        engines.engine.answer(STREAM, (session, parameters) -> FakeEngine.of(cursor));
        return cursor;
    }

    private static void put(Engines engines, FakeCursor cursor, long number) {
        cursor.put(engines.engine.batch(NUMBERS, new Object[] {number}));
    }

    /** Each row is made only when the one before has been read: a client that looks ahead would wait for ever. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void oneRowInOneRowOut(Way way) throws IOException, SQLException {
        try (Engines engines = new Engines(way);
                Connection connection = engines.connect();
                Statement statement = connection.createStatement()) {
            FakeCursor cursor = stream(engines);
            try (ResultSet rows = statement.executeQuery(STREAM)) {
                for (long i = 0; i < 100; i++) {
                    put(engines, cursor, i);
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getLong(1)).isEqualTo(i);
                }
                cursor.end();
                assertThat(rows.next()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void waitsLongerThanAPoll(Way way) throws IOException, SQLException, InterruptedException, ExecutionException {
        try (Engines engines = new Engines(way);
                Connection connection = engines.connect();
                Statement statement = connection.createStatement()) {
            FakeCursor cursor = stream(engines);
            try (ResultSet rows = statement.executeQuery(STREAM)) {
                Future<Boolean> next = CompletableFuture.supplyAsync(() -> next(rows));
                cursor.awaitPolls(3);
                assertThat(next.isDone()).isFalse();
                put(engines, cursor, 7);
                assertThat(next.get()).isTrue();
                assertThat(rows.getLong("n")).isEqualTo(7);
            }
            assertThat(cursor.isClosed()).isTrue();
        }
    }

    private static boolean next(ResultSet rows) {
        try {
            return rows.next();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void cancelWakesAWaitingClient(Way way)
            throws IOException, SQLException, InterruptedException, ExecutionException, TimeoutException {
        try (Engines engines = new Engines(way);
                Connection connection = engines.connect();
                Statement statement = connection.createStatement()) {
            FakeCursor cursor = stream(engines);
            ResultSet rows = statement.executeQuery(STREAM);
            CompletableFuture<SQLException> failure =
                    CompletableFuture.supplyAsync(() -> catchThrowableOfType(SQLException.class, rows::next));
            cursor.awaitPolls(2);
            statement.cancel();
            SQLException error = failure.get(1, TimeUnit.SECONDS);
            assertThat(error.getSQLState()).isEqualTo("57014");
            assertThat(error.getMessage()).isEqualTo("ERROR 57014: the query was cancelled");
            engines.engine.rows("SELECT 1", NUMBERS, new Object[] {1});
            assertThat(statement.executeQuery("SELECT 1").next()).isTrue();
            assertThat(cursor.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void cancelReachesAStatementThatStillExecutes(Way way)
            throws IOException, SQLException, InterruptedException, ExecutionException, TimeoutException {
        try (Engines engines = new Engines(way);
                Connection connection = engines.connect();
                Statement statement = connection.createStatement()) {
            CountDownLatch started = new CountDownLatch(1);
            engines.engine.answer("INSERT", (session, parameters) -> {
                started.countDown();
                await(session.cancelled);
                throw SabotException.of(ErrorCode.QUERY_CANCELLED, "the query was cancelled");
            });
            CompletableFuture<SQLException> failure = CompletableFuture.supplyAsync(
                    () -> catchThrowableOfType(SQLException.class, () -> statement.executeUpdate("INSERT")));
            await(started);
            statement.cancel();
            assertThat(failure.get(1, TimeUnit.SECONDS).getSQLState()).isEqualTo("57014");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aQueryTimeoutEndsAStream(Way way) throws IOException, SQLException {
        try (Engines engines = new Engines(way);
                Connection connection = engines.connect();
                Statement statement = connection.createStatement()) {
            FakeCursor cursor = stream(engines);
            statement.setQueryTimeout(1);
            put(engines, cursor, 1);
            ResultSet rows = statement.executeQuery(STREAM);
            assertThat(rows.next()).isTrue();
            SQLTimeoutException error = assertTimeoutPreemptively(
                    Duration.ofSeconds(5), () -> catchThrowableOfType(SQLTimeoutException.class, rows::next));
            assertThat(error.getSQLState()).isEqualTo("57014");
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aFailureInMidStreamKeepsItsTextAndState(Way way) throws IOException, SQLException {
        try (Engines engines = new Engines(way);
                Connection connection = engines.connect();
                Statement statement = connection.createStatement()) {
            FakeCursor cursor = stream(engines);
            put(engines, cursor, 1);
            cursor.fail(SabotException.of(ErrorCode.DIVISION_BY_ZERO, "division by zero")
                    .at(new SqlSpan(1, 8, 1, 8)));
            ResultSet rows = statement.executeQuery(STREAM);
            assertThat(rows.next()).isTrue();
            SQLException error = catchThrowableOfType(SQLException.class, rows::next);
            assertThat(error.getSQLState()).isEqualTo("22012");
            assertThat(error.getMessage()).isEqualTo("""
                            ERROR 22012: division by zero
                              line 1, column 8:  SELECT n FROM s EMIT CHANGES
                                                        ^""");
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void rowsComeInOrderThroughFramesOfAnySize(Way way) throws IOException, SQLException {
        try (Engines engines = new Engines(way);
                Connection connection = engines.connect();
                Statement statement = connection.createStatement()) {
            for (int fetchSize : new int[] {0, 1, 7, 1000, 100_000}) {
                engines.engine.answer("SELECT many", (session, parameters) -> {
                    FakeCursor cursor = engines.engine.cursor(NUMBERS);
                    for (int batch = 0; batch < 3; batch++) {
                        Object[][] rows = new Object[2048][];
                        for (int i = 0; i < rows.length; i++) {
                            rows[i] = new Object[] {(long) batch * rows.length + i};
                        }
                        cursor.put(engines.engine.batch(NUMBERS, rows));
                    }
                    return FakeEngine.of(cursor.end());
                });
                statement.setFetchSize(fetchSize);
                try (ResultSet rows = statement.executeQuery("SELECT many")) {
                    for (long i = 0; i < 3 * 2048; i++) {
                        assertThat(rows.next()).isTrue();
                        assertThat(rows.getLong(1)).isEqualTo(i);
                    }
                    assertThat(rows.next()).isFalse();
                }
            }
            assertThat(engines.engine.openCursors()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void maxRowsEndsAStream(Way way) throws IOException, SQLException {
        try (Engines engines = new Engines(way);
                Connection connection = engines.connect();
                Statement statement = connection.createStatement()) {
            FakeCursor cursor = stream(engines);
            for (int i = 0; i < 5; i++) {
                put(engines, cursor, i);
            }
            statement.setMaxRows(3);
            try (ResultSet rows = statement.executeQuery(STREAM)) {
                for (int i = 0; i < 3; i++) {
                    assertThat(rows.next()).isTrue();
                }
                assertThat(rows.next()).isFalse();
            }
            assertThat(cursor.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void sixtyStreamsRunSideBySide(Way way) throws IOException, SQLException, InterruptedException, ExecutionException {
        int count = 60;
        ExecutorService readers = Executors.newFixedThreadPool(count);
        try (Engines engines = new Engines(way);
                Connection other = engines.connect()) {
            List<FakeCursor> cursors = new ArrayList<>();
            List<Future<Long>> sums = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                FakeCursor cursor = engines.engine.cursor(NUMBERS);
                cursors.add(cursor);
                engines.engine.answer("SELECT " + i, (session, parameters) -> FakeEngine.of(cursor));
                String sql = "SELECT " + i;
                sums.add(readers.submit(() -> sum(engines, sql)));
            }
            for (FakeCursor cursor : cursors) {
                cursor.awaitPolls(2);
            }
            assertThat(other.isValid(5)).isTrue();
            for (FakeCursor cursor : cursors) {
                put(engines, cursor, 40);
                put(engines, cursor, 2);
                cursor.end();
            }
            for (Future<Long> sum : sums) {
                assertThat(sum.get()).isEqualTo(42);
            }
        } finally {
            readers.shutdownNow();
        }
    }

    private static long sum(Engines engines, String sql) throws SQLException {
        try (Connection connection = engines.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            long sum = 0;
            while (rows.next()) {
                sum += rows.getLong(1);
            }
            return sum;
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void nothingIsLeftOpen(Way way) throws IOException, SQLException {
        try (Engines engines = new Engines(way);
                Connection kept = engines.connect()) {
            engines.engine.answer(STREAM, (session, parameters) -> FakeEngine.of(engines.engine.cursor(NUMBERS)));
            try (Statement statement = kept.createStatement()) {
                statement.executeQuery(STREAM).close();
                assertThat(engines.engine.openCursors()).isZero();
                statement.executeQuery(STREAM);
                statement.executeQuery(STREAM);
                assertThat(engines.engine.openCursors()).isEqualTo(1);
            }
            assertThat(engines.engine.openCursors()).isZero();
            try (Connection connection = engines.connect()) {
                for (int i = 0; i < 14; i++) {
                    connection.createStatement().executeQuery(STREAM);
                }
                assertThat(engines.engine.openCursors()).isEqualTo(14);
            }
            assertThat(engines.engine.openCursors()).isZero();
            assertThat(engines.engine.openSessions.get()).isEqualTo(1);
            if (way == Way.REMOTE) {
                assertThat(engines.service().openStatements()).isZero();
                assertThat(engines.service().openConnections()).isEqualTo(1);
            }
        }
    }
}
