package io.sabot.executor.job;

import io.sabot.executor.task.Task;
import io.sabot.executor.task.TaskListener;
import io.sabot.executor.task.TaskReport;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the coordinator of a job is told, by tasks and by callers, one after the other. Any thread adds, one takes. */
final class JobEvents {
    private final BlockingQueue<Event> queue = new LinkedBlockingQueue<>();

    /** One thing to deal with. */
    sealed interface Event {}

    /** The first rows of an epoch have been read. */
    record NewInput() implements Event {}

    /** A task has passed a barrier. */
    record Passed(TaskReport report) implements Event {}

    /** The inputs of a task have ended. */
    record Finished(TaskReport report) implements Event {}

    record Failed(Throwable failure) implements Event {}

    /** An operator needs no further input. */
    record Full() implements Event {}

    /** A limit inside of the plan lets nothing more pass. */
    record LimitFull(String limit) implements Event {}

    /** A task has freed what it held. */
    record Closed() implements Event {}

    /** The job is to stop: at once, or behind one more checkpoint. */
    record Stop(boolean cancel) implements Event {}

    /** A checkpoint is to be made soon. */
    record Checkpoint() implements Event {}

    void add(Event event) {
        queue.add(event);
    }

    /** The next one; null when none comes in time. */
    @Nullable
    Event poll(long nanos) throws InterruptedException {
        return queue.poll(nanos, TimeUnit.NANOSECONDS);
    }

    Event take() throws InterruptedException {
        return queue.take();
    }

    /** Adds what tasks tell. */
    TaskListener ofTasks() {
        return new TaskListener() {
            @Override
            public void passed(Task task, TaskReport report) {
                add(new Passed(report));
            }

            @Override
            public void finished(Task task, TaskReport report) {
                add(new Finished(report));
            }

            @Override
            public void closed(Task task) {
                add(new Closed());
            }

            @Override
            public void failed(Task task, Throwable cause) {
                add(new Failed(cause));
            }
        };
    }
}
