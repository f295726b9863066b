package io.sabot.shell.prompt;

import io.sabot.shell.run.StatementRunner;
import java.io.IOException;
import java.sql.SQLException;
import org.jline.terminal.Terminal;

/** Ctrl-C while something runs: cancels it. When even that does not end it, the third press ends the shell. */
final class CancelKey {
    private static final int PRESSES_TO_LEAVE = 3;

    private final Terminal terminal;
    private final StatementRunner statements;
    private volatile int presses;

    CancelKey(Terminal terminal, StatementRunner statements) {
        this.terminal = terminal;
        this.statements = statements;
    }

    /** Something that may take long. */
    @FunctionalInterface
    interface Work {
        boolean run() throws IOException;
    }

    boolean during(Work work) throws IOException {
        presses = 0;
        var before = terminal.handle(Terminal.Signal.INT, signal -> pressed());
        try {
            return work.run();
        } finally {
            terminal.handle(Terminal.Signal.INT, before);
        }
    }

    private synchronized void pressed() {
        int count = ++presses;
        if (count >= PRESSES_TO_LEAVE) {
            Runtime.getRuntime().halt(130);
        }
        if (count == PRESSES_TO_LEAVE - 1) {
            terminal.writer().println("Still cancelling; Ctrl-C once more leaves the shell.");
            terminal.flush();
            return;
        }
        // Not on the signal's thread: cancelling may talk to a server.
        var canceller = new Thread(this::cancel, "sabot-shell-cancel");
        canceller.setDaemon(true);
        canceller.start();
    }

    private void cancel() {
        try {
            statements.cancel();
        } catch (SQLException e) {
            terminal.writer().println(e.getMessage());
            terminal.flush();
        }
    }
}
