package io.sabot.executor.job;

/** Where a run of a job stands. */
public enum JobStatus {
    RUNNING,
    /** All inputs ended, everything published. */
    FINISHED,
    /** Stopped behind a checkpoint, to go on later. */
    STOPPED,
    CANCELLED,
    FAILED;

    /** Whether no task runs any more. */
    public boolean isTerminal() {
        return this != RUNNING;
    }
}
