package io.sabot.server.job;

/** Where a job stands in its life. */
public enum JobPhase {
    RUNNING,
    /** Failed for a reason that may pass; will be started again. */
    RESTARTING,
    /** Stopped by the user behind a checkpoint; can be resumed. */
    PAUSED,
    FAILED,
    FINISHED,
    CANCELLED;

    /** Whether it will do nothing more by itself. */
    public boolean isOver() {
        return this == FAILED || this == FINISHED || this == CANCELLED;
    }
}
