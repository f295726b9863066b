package io.sabot.shell.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.sql.SQLException;

/** Tells the user what went wrong: the engine's words for their mistakes, a request to report for ours. */
public final class Failures {
    private final Writer err;
    private final ShellSettings settings;

    public Failures(Writer err, ShellSettings settings) {
        this.err = err;
        this.settings = settings;
    }

    public void show(Throwable failure) throws IOException {
        err.append(message(failure)).append('\n');
        if (settings.isVerbose()) {
            var trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            err.append(trace.toString());
        }
        err.flush();
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        if (failure instanceof SQLException error) {
            String text = message == null ? "the driver gave no message" : message;
            boolean isRendered = text.startsWith("ERROR ");
            return isRendered ? text : "ERROR " + stateOrUnknown(error) + ": " + text;
        }
        if (failure instanceof CommandFailure) {
            return "ERROR: " + message;
        }
        return "ERROR XX000: internal error (" + failure.getClass().getSimpleName()
                + (message == null ? "" : ": " + message.lines().findFirst().orElse(""))
                + "), please report it; --verbose shows where it happened";
    }

    private static String stateOrUnknown(SQLException error) {
        String state = error.getSQLState();
        return state == null ? "HY000" : state;
    }
}
