package io.sabot.executor.exchange;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells all tasks of a job to stop, and wakes those that wait. */
public final class Cancellation {
    private final List<Runnable> wakeUps = new CopyOnWriteArrayList<>();
    private volatile boolean cancelled;

    /** Thrown out of blocked calls when the job is cancelled; carries nothing. */
    public static final class CancelledException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CancelledException() {
            super("cancelled", null, false, false);
        }
    }

    /** Registers what wakes a thread that may be waiting; runs at once if the job is cancelled already. */
    public void onCancel(Runnable wakeUp) {
        wakeUps.add(wakeUp);
        if (cancelled) {
            wakeUp.run();
        }
    }

    /** Stops the job. Any thread, any number of times. */
    public void cancel() {
        cancelled = true;
        wakeUps.forEach(Runnable::run);
    }

    /** Whether the job is to stop. */
    public boolean isCancelled() {
        return cancelled;
    }

    /** Throws when the job is to stop. */
    public void check() {
        if (cancelled) {
            throw new CancelledException();
        }
    }
}
