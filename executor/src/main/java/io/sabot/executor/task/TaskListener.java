package io.sabot.executor.task;

/** The job's ear: told by tasks, on their threads. */
public interface TaskListener {
    /** The task has passed a barrier and, where the barrier asks for it, frozen its state. */
    void passed(Task task, TaskReport report);

    /** All inputs of the task have ended and everything is emitted; its state is frozen for all later checkpoints. */
    void finished(Task task, TaskReport report);

    /** The task's thread is about to end, everything is closed. */
    void closed(Task task);

    /** The task has failed; the job must stop. Not called for the echo of a cancelled job. */
    void failed(Task task, Throwable failure);
}
