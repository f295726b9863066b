package io.sabot.shell.run;

import io.sabot.shell.output.Column;
import io.sabot.shell.output.ResultWriter;
import io.sabot.shell.output.Summary;
import io.sabot.shell.text.SqlLexer;
import io.sabot.shell.text.Token;
import java.io.IOException;
import java.io.Writer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Runs one statement at a time and writes what comes of it. */
public final class StatementRunner implements AutoCloseable {
    private static final Pattern WRITES = Pattern.compile(
            "^(\\s|--[^\n]*\n|/\\*.*?\\*/)*(INSERT|UPDATE|DELETE|EXECUTE|BEGIN)\\b",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final int FETCH_SIZE = 1000;
    private static final long TICK_MILLIS = 10;

    private final EngineConnection engine;
    private final ShellSettings settings;
    private final OutputTarget target;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "sabot-shell-output");
        thread.setDaemon(true);
        return thread;
    });
    private final Object cancelLock = new Object();
    private @Nullable Statement running;
    private @Nullable Thread runner;
    private boolean cancelled;

    public StatementRunner(EngineConnection engine, ShellSettings settings, OutputTarget target) {
        this.engine = engine;
        this.settings = settings;
        this.target = target;
    }

    /**
     * Runs a statement to its end.
     *
     * @throws SQLException as the driver says, but not for a statement that was cancelled by {@link #cancel}
     * @throws IOException when the output is gone
     */
    public void run(String sql, boolean saysOk) throws SQLException, IOException {
        long startNanos = System.nanoTime();
        synchronized (cancelLock) {
            cancelled = false;
            runner = Thread.currentThread();
        }
        try (Statement statement = engine.get().createStatement()) {
            begin(statement);
            boolean hasRows = statement.execute(sql);
            warn(statement.getWarnings());
            if (hasRows) {
                try (ResultSet rows = statement.getResultSet()) {
                    print(rows, followsChanges(sql), startNanos);
                }
            } else {
                sayDone(countsRows(sql) ? statement.getUpdateCount() : -1, saysOk, startNanos);
            }
        } catch (SQLException e) {
            if (!wasCancelled()) {
                throw e;
            }
        } finally {
            synchronized (cancelLock) {
                running = null;
                runner = null;
            }
            Thread.interrupted(); // a cancel that came too late must not hit the next wait
        }
        if (wasCancelled()) {
            target.screen().err().append("Cancelled.\n").flush();
        }
    }

    private void begin(Statement statement) throws SQLException {
        statement.setFetchSize(FETCH_SIZE);
        synchronized (cancelLock) {
            runner = null;
            running = statement;
            if (cancelled) {
                throw new SQLException("cancelled", "57014");
            }
        }
    }

    /** Stops the running statement, also one that still waits for the connection. Any thread; nothing runs, nothing happens. */
    public void cancel() throws SQLException {
        Statement statement;
        synchronized (cancelLock) {
            cancelled = true;
            statement = running;
            if (runner != null) {
                runner.interrupt();
            }
        }
        if (statement != null) {
            statement.cancel();
        }
    }

    /** Whether the statement that runs, or ran last, was cancelled. Any thread. */
    public boolean wasCancelled() {
        synchronized (cancelLock) {
            return cancelled;
        }
    }

    private void print(ResultSet rows, boolean isNeverEnding, long startNanos) throws SQLException, IOException {
        Writer out = target.writer();
        List<Column> columns = Column.of(rows.getMetaData());
        ResultWriter writer = settings.format().writer(out, target.style(settings, isNeverEnding));
        // A result that ends begins with its first row, so that a query that fails at once prints no empty table.
        boolean more = isNeverEnding || rows.next();
        writer.begin(columns);
        var result = new LiveResult(writer, out, isNeverEnding, System.nanoTime());
        var ticks = ticker.scheduleWithFixedDelay(
                () -> result.tick(System.nanoTime()), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        long rowCount = 0;
        try {
            var values = new @Nullable Object[columns.size()];
            for (boolean next = isNeverEnding ? rows.next() : more; next; next = rows.next()) {
                for (int i = 0; i < values.length; i++) {
                    values[i] = columns.get(i).kind().read(rows, i + 1);
                }
                result.row(values, System.nanoTime());
                rowCount++;
            }
            warn(rows.getWarnings());
        } finally {
            ticks.cancel(false);
            synchronized (result) {
                writer.end(new Summary(rowCount, elapsed(startNanos), wasCancelled()));
                out.flush();
            }
        }
        if (settings.isTimed() && !settings.format().isForReading()) {
            sayTime(startNanos);
        }
    }

    private Optional<Duration> elapsed(long startNanos) {
        return settings.isTimed() ? Optional.of(Duration.ofNanos(System.nanoTime() - startNanos)) : Optional.empty();
    }

    /** JDBC reports 0 rows for statements that have nothing to do with rows. */
    private static boolean countsRows(String sql) {
        return WRITES.matcher(sql).find();
    }

    private void sayDone(long updateCount, boolean saysOk, long startNanos) throws IOException {
        if (saysOk) {
            String rows = updateCount < 0 ? "" : updateCount == 1 ? ", 1 row" : ", " + updateCount + " rows";
            String time = elapsed(startNanos)
                    .map(elapsed -> " (" + Summary.seconds(elapsed) + ")")
                    .orElse("");
            target.screen().out().append("OK" + rows + time + "\n").flush();
        } else if (settings.isTimed()) {
            sayTime(startNanos);
        }
    }

    private void sayTime(long startNanos) throws IOException {
        String time = Summary.seconds(Duration.ofNanos(System.nanoTime() - startNanos));
        target.screen().err().append("Time: " + time + "\n").flush();
    }

    private void warn(@Nullable SQLWarning first) throws IOException {
        for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
            target.screen()
                    .err()
                    .append("WARNING: " + warning.getMessage() + "\n")
                    .flush();
        }
    }

    private static boolean followsChanges(String sql) {
        List<Token> tokens = SqlLexer.tokens(sql).stream()
                .filter(token ->
                        !token.in(sql).startsWith("--") && !token.in(sql).startsWith("/*"))
                .toList();
        int last = tokens.size() - 1;
        return last > 0
                && tokens.get(last - 1).isWord(sql, "EMIT")
                && tokens.get(last).isWord(sql, "CHANGES");
    }

    @Override
    public void close() {
        ticker.shutdownNow();
    }
}
