package io.sabot.server.avatica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.error.SqlSpan;
import io.sabot.server.session.JobFailure;
import io.sabot.server.session.StatementResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.calcite.avatica.remote.AvaticaRuntimeException;
import org.apache.calcite.avatica.remote.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class SessionsTest {
    private static final Schema NUMBERS = Schema.of(new Field("n", AtomicType.BIGINT));

    @ParameterizedTest
    @EnumSource(Way.class)
    void propertiesReachTheSessionButThePasswordDoesNot(Way way) throws IOException, SQLException {
        try (Engines engines = new Engines(way);
                Connection connection = engines.connect("user=ann&password=secret&timeZone=Asia/Tokyo&a.b=c%26d")) {
            assertThat(engines.engine.sessions.get(0).properties)
                    .isEqualTo(Map.of("user", "ann", "timeZone", "Asia/Tokyo", "a.b", "c&d"));
            assertThat(connection.getMetaData().getUserName()).isEqualTo("ann");
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void updatesGiveCounts(Way way) throws IOException, SQLException {
        try (Engines engines = new Engines(way);
                Connection connection = engines.connect();
                Statement statement = connection.createStatement()) {
            engines.engine.answer("INSERT", (session, parameters) -> FakeEngine.count(3_000_000_000L));
            engines.engine.answer("CREATE", (session, parameters) -> StatementResult.done());
            assertThat(statement.executeLargeUpdate("INSERT")).isEqualTo(3_000_000_000L);
            assertThat(statement.execute("INSERT")).isFalse();
            assertThat(statement.getLargeUpdateCount()).isEqualTo(3_000_000_000L);
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(-1);
            assertThat(statement.executeUpdate("CREATE")).isZero();
            SQLException none = catchThrowableOfType(SQLException.class, () -> statement.executeQuery("CREATE"));
            assertThat(none.getMessage()).contains("gives no rows");
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void warningsReachTheClient(Way way) throws IOException, SQLException {
        try (Engines engines = new Engines(way);
                Connection connection = engines.connect();
                Statement statement = connection.createStatement()) {
            engines.engine.answer(
                    "SELECT",
                    (session, parameters) -> new StatementResult(
                            Optional.of(engines.engine.cursor(NUMBERS).end()), -1, List.of("one", "two\nlines")));
            engines.engine.answer(
                    "INSERT", (session, parameters) -> new StatementResult(Optional.empty(), 1, List.of("three")));
            statement.execute("SELECT");
            SQLWarning first = statement.getWarnings();
            assertThat(first.getMessage()).isEqualTo("one");
            assertThat(first.getNextWarning().getMessage()).isEqualTo("two\nlines");
            assertThat(statement.executeUpdate("INSERT")).isEqualTo(1);
            assertThat(statement.getWarnings().getMessage()).isEqualTo("three");
            statement.clearWarnings();
            assertThat((Throwable) statement.getWarnings()).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void closingWaitsForJobsWhenAsked(Way way)
            throws IOException, SQLException, InterruptedException, ExecutionException, TimeoutException {
        try (Engines engines = new Engines(way);
                Connection kept = engines.connect()) {
            Connection connection = engines.connect("wait_for_jobs=true");
            CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> {
                try {
                    connection.close();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            engines.engine.awaitingJobs.await();
            assertThat(closed.isDone()).isFalse();
            assertThat(engines.engine.openSessions.get()).isEqualTo(2);
            engines.engine.jobsEnd.countDown();
            closed.get(5, TimeUnit.SECONDS);
            assertThat(engines.engine.openSessions.get()).isEqualTo(1);
            assertThat(kept.isValid(1)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void closingTellsOfAJobThatFailed(Way way) throws IOException, SQLException {
        try (Engines engines = new Engines(way)) {
            engines.engine.jobsEnd.countDown();
            engines.engine.failures = List.of(new JobFailure(
                    "j1",
                    "INSERT INTO t SELECT 1/0",
                    SabotException.of(ErrorCode.DIVISION_BY_ZERO, "division by zero")
                            .at(new SqlSpan(1, 22, 1, 24))));
            Connection connection = engines.connect("wait_for_jobs=true");
            SQLException error = catchThrowableOfType(SQLException.class, connection::close);
            assertThat(error.getSQLState()).isEqualTo("22012");
            assertThat(error.getMessage()).isEqualTo("""
                            ERROR 22012: division by zero
                              line 1, column 22:  INSERT INTO t SELECT 1/0
                                                                       ^^^""");
            assertThat(connection.isClosed()).isTrue();
            assertThat(engines.engine.openSessions.get()).isZero();
        }
    }

    @Test
    void aServerThatIsNotThereIsNamed() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        SQLException error = catchThrowableOfType(
                SQLException.class, () -> DriverManager.getConnection("jdbc:sabot://127.0.0.1:" + port));
        assertThat(error.getSQLState()).isEqualTo("08001");
        assertThat(error.getMessage())
                .isEqualToIgnoringCase("ERROR 08001: cannot connect to 127.0.0.1:" + port + ": Connection refused");
    }

    @Test
    void aServerThatGoesAwayIsMissed() throws IOException, SQLException {
        Engines engines = new Engines(Way.REMOTE);
        try (Connection connection = engines.connect();
                Statement statement = connection.createStatement()) {
            engines.close();
            SQLException error = catchThrowableOfType(SQLException.class, () -> statement.execute("SELECT 1"));
            assertThat(error.getSQLState()).isEqualTo("08006");
            assertThat(connection.isValid(1)).isFalse();
        } catch (SQLException e) {
            assertThat(e.getSQLState()).isEqualTo("08006");
        }
    }

    @Test
    void stoppingTheServerEndsQueries()
            throws IOException, SQLException, InterruptedException, ExecutionException, TimeoutException {
        Engines engines = new Engines(Way.REMOTE);
        FakeCursor cursor = engines.engine.cursor(NUMBERS);
        engines.engine.answer("SELECT", (session, parameters) -> FakeEngine.of(cursor));
        Connection connection = engines.connect();
        ResultSet rows = connection.createStatement().executeQuery("SELECT");
        CompletableFuture<SQLException> failure =
                CompletableFuture.supplyAsync(() -> catchThrowableOfType(SQLException.class, rows::next));
        cursor.awaitPolls(2);
        engines.close();
        assertThat(failure.get(5, TimeUnit.SECONDS).getSQLState()).isIn("57014", "08003", "08006");
        assertThat(cursor.isClosed()).isTrue();
        assertThat(engines.engine.closed).isTrue();
    }

    // ---- the protocol itself

    @Test
    void idleSessionsExpireButAParkedFetchCountsAsUse()
            throws InterruptedException, ExecutionException, TimeoutException {
        AtomicLong clock = new AtomicLong();
        FakeEngine engine = new FakeEngine();
        SessionService service = new SessionService(engine, clock::get);
        FakeCursor cursor = engine.cursor(NUMBERS);
        engine.answer("SELECT", (session, parameters) -> FakeEngine.of(cursor));
        service.apply(new Service.OpenConnectionRequest("idle", Map.of()));
        service.apply(new Service.OpenConnectionRequest("busy", Map.of()));
        int statement = service.apply(new Service.CreateStatementRequest("busy")).statementId;
        service.apply(new Service.PrepareAndExecuteRequest("busy", statement, "SELECT", -1));
        CompletableFuture<Service.FetchResponse> parked =
                CompletableFuture.supplyAsync(() -> service.apply(new Service.FetchRequest("busy", statement, 0, 100)));
        cursor.awaitPolls(2);
        clock.set(1000);
        service.expireIdle(500);
        assertThat(service.openConnections()).isEqualTo(1);
        cursor.put(engine.batch(NUMBERS, new Object[] {1}));
        assertThat(parked.get(5, TimeUnit.SECONDS).frame.rows).hasSize(1);
        service.expireIdle(500);
        assertThat(service.openConnections()).isEqualTo(1);
        clock.set(2000);
        service.expireIdle(500);
        assertThat(service.openConnections()).isZero();
        assertThat(engine.openSessions.get()).isZero();
        assertThat(cursor.isClosed()).isTrue();
        AvaticaRuntimeException gone = catchThrowableOfType(
                AvaticaRuntimeException.class, () -> service.apply(new Service.CreateStatementRequest("busy")));
        assertThat(gone.getSqlState()).isEqualTo("08003");
        engine.close();
    }

    @Test
    void aLostResultIsNeverMadeAnew() {
        FakeEngine engine = new FakeEngine();
        SessionService service = new SessionService(engine, System::nanoTime);
        service.apply(new Service.OpenConnectionRequest("c", Map.of()));
        AvaticaRuntimeException fetch = catchThrowableOfType(
                AvaticaRuntimeException.class, () -> service.apply(new Service.FetchRequest("c", 77, 0, 100)));
        assertThat(fetch.getSqlState()).isEqualTo("24000");
        AvaticaRuntimeException sync = catchThrowableOfType(
                AvaticaRuntimeException.class,
                () -> service.apply(new Service.SyncResultsRequest(
                        "c", 77, new org.apache.calcite.avatica.QueryState("SELECT 1"), 5)));
        assertThat(sync.getSqlState()).isEqualTo("24000");
        assertThat(engine.executed).isEmpty();
        service.close();
        engine.close();
    }

    @Test
    void faultsOfTheServerDoNotShowItsStack() throws IOException, SQLException {
        try (Engines engines = new Engines(Way.REMOTE);
                Connection connection = engines.connect();
                Statement statement = connection.createStatement()) {
            engines.engine.answer("BUG", (session, parameters) -> {
                throw new IllegalStateException("broken");
            });
            SQLException error = catchThrowableOfType(SQLException.class, () -> statement.execute("BUG"));
            assertThat(error.getSQLState()).isEqualTo("XX000");
            assertThat(error.getMessage()).contains("broken").doesNotContain("\tat ");
        }
    }

    @Test
    void aClosedEmbeddedConnectionFreesAWaitingReader()
            throws IOException, SQLException, InterruptedException, ExecutionException, TimeoutException {
        try (Engines engines = new Engines(Way.EMBEDDED)) {
            FakeCursor cursor = engines.engine.cursor(NUMBERS);
            engines.engine.answer("SELECT", (session, parameters) -> FakeEngine.of(cursor));
            Connection connection = engines.connect();
            ResultSet rows = connection.createStatement().executeQuery("SELECT");
            CompletableFuture<SQLException> failure =
                    CompletableFuture.supplyAsync(() -> catchThrowableOfType(SQLException.class, rows::next));
            cursor.awaitPolls(2);
            connection.close();
            assertThat((Throwable) failure.get(5, TimeUnit.SECONDS)).isNotNull();
            assertThat(cursor.isClosed()).isTrue();
            assertThat(connection.isClosed()).isTrue();
        }
    }
}
