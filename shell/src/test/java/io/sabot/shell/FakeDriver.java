package io.sabot.shell;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A JDBC driver that answers statements as it was told and records what it was asked. */
public final class FakeDriver {
    private static final Answer NOTHING = new Answer(null, -1, null, null, false);

    private final Map<String, Answer> answers = new HashMap<>();
    private final List<String> executed = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch waiting = new CountDownLatch(1);
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private @Nullable SQLException closeFailure;
    private Properties properties = new Properties();

    /** What a statement gives. */
    public record Answer(
            @Nullable Rows rows,
            int updateCount,
            @Nullable Exception failure,
            @Nullable String warning,
            boolean neverEnds) {}

    /** A result: names, JDBC types, values. */
    public record Rows(List<String> names, List<Integer> types, List<List<@Nullable Object>> values) {}

    public static Rows rows(List<String> names, List<Integer> types, List<List<@Nullable Object>> values) {
        return new Rows(names, types, values);
    }

    public FakeDriver answer(String sql, Rows rows) {
        answers.put(sql, new Answer(rows, -1, null, null, false));
        return this;
    }

    /** The rows come, then nothing more until the statement is cancelled. */
    public FakeDriver answerWithoutEnd(String sql, Rows rows) {
        answers.put(sql, new Answer(rows, -1, null, null, true));
        return this;
    }

    public FakeDriver answerCount(String sql, int count, @Nullable String warning) {
        answers.put(sql, new Answer(null, count, null, warning, false));
        return this;
    }

    public FakeDriver fail(String sql, Exception failure) {
        answers.put(sql, new Answer(null, -1, failure, null, false));
        return this;
    }

    public FakeDriver failOnClose(SQLException failure) {
        closeFailure = failure;
        return this;
    }

    /** The statements' texts as they were sent. */
    public List<String> executed() {
        return executed;
    }

    public Properties properties() {
        return properties;
    }

    /** Waits until a never-ending result has given all its rows. */
    public void awaitWaiting() throws InterruptedException {
        if (!waiting.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("no never-ending result was read; executed: " + executed);
        }
    }

    public Connection open(String url, Properties given) {
        executed.add("connect " + url);
        properties = given;
        return proxy(Connection.class, (self, method, arguments) -> switch (method.getName()) {
            case "createStatement" -> statement();
            case "getMetaData" -> metaData();
            case "abort" -> {
                cancelled.countDown();
                yield null;
            }
            case "close" -> {
                executed.add("close");
                if (closeFailure != null) {
                    throw closeFailure;
                }
                yield null;
            }
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    /** What a statement has been asked last. */
    private static final class Execution {
        Answer answer = NOTHING;
    }

    private Statement statement() {
        var current = new Execution();
        return proxy(Statement.class, (self, method, arguments) -> switch (method.getName()) {
            case "execute" -> {
                String sql = (String) arguments[0];
                executed.add(sql);
                Answer answer = answerTo(sql.strip());
                current.answer = answer;
                if (answer.failure() != null) {
                    throw answer.failure();
                }
                yield answer.rows() != null;
            }
            case "executeQuery" -> resultSet(new Rows(List.of(), List.of(), List.of()), false);
            case "getResultSet" -> resultSet(requireNonNull(current.answer.rows()), current.answer.neverEnds());
            case "getUpdateCount" -> current.answer.updateCount();
            case "getWarnings" -> current.answer.warning() == null ? null : new SQLWarning(current.answer.warning());
            case "cancel" -> {
                cancelled.countDown();
                yield null;
            }
            case "setFetchSize", "close" -> null;
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private Answer answerTo(String sql) {
        Answer answer = answers.get(sql);
        return answer == null ? NOTHING : answer;
    }

    private ResultSet resultSet(Rows rows, boolean neverEnds) {
        var state = new Object() {
            int row = -1;
            boolean wasNull;
        };
        return proxy(ResultSet.class, (self, method, arguments) -> {
            String name = method.getName();
            if (name.equals("next")) {
                if (++state.row == rows.values().size() && neverEnds) {
                    waiting.countDown();
                    cancelled.await();
                    throw new SQLException("ERROR 57014: the query was cancelled", "57014");
                }
                return state.row < rows.values().size();
            }
            if (name.startsWith("get") && arguments != null && arguments.length == 1) {
                int column = arguments[0] instanceof Integer index
                        ? index - 1
                        : rows.names().indexOf(arguments[0]);
                Object value = rows.values().get(state.row).get(column);
                state.wasNull = value == null;
                return converted(name, value);
            }
            return switch (name) {
                case "wasNull" -> state.wasNull;
                case "getMetaData" -> resultMetaData(rows);
                case "getWarnings", "close" -> null;
                default -> throw new UnsupportedOperationException(name);
            };
        });
    }

    private static @Nullable Object converted(String getter, @Nullable Object value) {
        return switch (getter) {
            case "getBoolean" -> value != null && (Boolean) value;
            case "getLong" -> value == null ? 0L : ((Number) value).longValue();
            case "getFloat" -> value == null ? 0f : ((Number) value).floatValue();
            case "getDouble" -> value == null ? 0d : ((Number) value).doubleValue();
            case "getString" -> value == null ? null : value.toString();
            default -> value;
        };
    }

    private static ResultSetMetaData resultMetaData(Rows rows) {
        return proxy(ResultSetMetaData.class, (self, method, arguments) -> switch (method.getName()) {
            case "getColumnCount" -> rows.names().size();
            case "getColumnLabel" -> rows.names().get((Integer) arguments[0] - 1);
            case "getColumnType" -> rows.types().get((Integer) arguments[0] - 1);
            case "getColumnTypeName" -> "";
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private DatabaseMetaData metaData() {
        return proxy(DatabaseMetaData.class, (self, method, arguments) -> switch (method.getName()) {
            case "getTables" ->
                resultSet(
                        rows(
                                List.of("TABLE_SCHEM", "TABLE_NAME", "TABLE_TYPE"),
                                List.of(Types.VARCHAR, Types.VARCHAR, Types.VARCHAR),
                                List.of(List.of("main", "orders", "TABLE"), List.of("main", "order", "VIEW"))),
                        false);
            case "getColumns" ->
                resultSet(
                        rows(
                                List.of("COLUMN_NAME"),
                                List.of(Types.VARCHAR),
                                arguments[2].equals("orders")
                                        ? List.of(List.of("id"), List.of("amount"), List.of("placed at"))
                                        : List.of()),
                        false);
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
