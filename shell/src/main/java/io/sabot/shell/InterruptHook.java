package io.sabot.shell;

import io.sabot.shell.run.ShellSession;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C (or SIGTERM) while a script runs: the running statement is cancelled and jobs are stopped, the thread that runs the
 * script gets a moment to finish what it was writing, then the process ends with the signal's exit code (130, 143).
 */
final class InterruptHook {
    private static final long GRACE_MILLIS = 3000;

    private final ShellSession session;
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupt, "sabot-shell-interrupt");

    private InterruptHook(ShellSession session) {
        this.session = session;
    }

    static InterruptHook install(ShellSession session) {
        var interrupt = new InterruptHook(session);
        Runtime.getRuntime().addShutdownHook(interrupt.hook);
        return interrupt;
    }

    private void interrupt() {
        try {
            session.statements().cancel();
        } catch (SQLException e) {
            System.err.println(e.getMessage());
        }
        session.engine().abort();
        try {
            finished.await(GRACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the process end, be it interrupted or not. */
    void workIsDone() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already, and the hook with it.
            return;
        }
    }
}
