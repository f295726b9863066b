package io.sabot.executor.job;

import io.sabot.executor.checkpoint.CheckpointMetadata;
import io.sabot.executor.state.CheckpointStore;
import io.sabot.executor.state.JobState;
import io.sabot.executor.state.KeyGroups;
import io.sabot.executor.state.MemoryBudget;
import io.sabot.executor.state.RestoredCheckpoint;
import io.sabot.executor.state.TaskSnapshot;
import io.sabot.executor.state.TaskState;
import io.sabot.executor.task.TaskStateHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The state of one run of a job, and its checkpoints where they are kept on disk.
 *
 * <p>A task freezes its tables on its own thread at a barrier; the coordinator then writes what all tasks have frozen. The
 * tables of a task that has ended are kept, and frozen again by the coordinator for every later checkpoint.
 */
final class JobCheckpoints implements AutoCloseable {
    private final JobState state;
    private final Optional<CheckpointStore> store;
    private final Optional<CheckpointMetadata> restored;
    private final List<Handle> handles = new ArrayList<>();
    private volatile long lastComplete;
    private volatile boolean anyCommitted;

    private JobCheckpoints(
            JobState state, Optional<CheckpointStore> store, Optional<CheckpointMetadata> restored, long lastComplete) {
        this.state = state;
        this.store = store;
        this.restored = restored;
        this.lastComplete = lastComplete;
    }

    /** State that goes on from the newest checkpoint below {@code directory}, or begins with nothing. */
    static JobCheckpoints open(Optional<Path> directory, MemoryBudget budget) {
        if (directory.isEmpty()) {
            return new JobCheckpoints(
                    JobState.empty(budget, KeyGroups.DEFAULT_COUNT), Optional.empty(), Optional.empty(), 0);
        }
        CheckpointStore store = CheckpointStore.open(directory.get());
        try {
            List<Long> numbers = store.numbers();
            if (numbers.isEmpty()) {
                return new JobCheckpoints(
                        JobState.empty(budget, KeyGroups.DEFAULT_COUNT), Optional.of(store), Optional.empty(), 0);
            }
            long newest = numbers.get(numbers.size() - 1);
            RestoredCheckpoint checkpoint = store.restore(newest);
            return new JobCheckpoints(
                    JobState.restored(budget, checkpoint),
                    Optional.of(store),
                    Optional.of(CheckpointMetadata.decode(checkpoint.metadata())),
                    newest);
        } catch (RuntimeException | Error e) {
            store.close();
            throw e;
        }
    }

    /** Everything but tables that the checkpoint to go on from holds; empty when the job starts anew. */
    Optional<CheckpointMetadata> restored() {
        return restored;
    }

    /** Number of key groups, fixed for the job's life. */
    int keyGroupCount() {
        return state.keyGroupCount();
    }

    /** Number of the last checkpoint that is complete; 0 before the first. */
    long lastComplete() {
        return lastComplete;
    }

    /** State of one task. */
    Handle openTask(int taskIndex, int parallelism) {
        Handle handle = new Handle(state.task(taskIndex, parallelism));
        handles.add(handle);
        return handle;
    }

    /** Makes a checkpoint from what every task has frozen for it; durable, where checkpoints are kept, when it returns. */
    void write(long checkpoint, CheckpointMetadata metadata) {
        if (store.isPresent()) {
            List<TaskSnapshot> snapshots = new ArrayList<>();
            try {
                handles.forEach(handle -> snapshots.add(handle.take(checkpoint)));
                store.get().write(checkpoint, state, snapshots, metadata.encode());
            } finally {
                snapshots.forEach(TaskSnapshot::close);
            }
            handles.forEach(handle -> handle.completed = checkpoint);
        }
        lastComplete = checkpoint;
    }

    /** The checkpoint is committed everywhere: older ones may go. */
    void committed(long checkpoint) {
        anyCommitted = true;
        store.ifPresent(kept -> kept.keepFrom(checkpoint));
    }

    /** Whether a checkpoint of this run is committed everywhere. */
    boolean anyCommitted() {
        return anyCommitted;
    }

    @Override
    public void close() {
        handles.forEach(Handle::free);
        store.ifPresent(CheckpointStore::close);
    }

    /** The tables of one task. */
    final class Handle implements TaskStateHandle {
        private final TaskState tables;
        private @Nullable TaskSnapshot frozen;
        private volatile long completed;
        private long reported;

        private Handle(TaskState tables) {
            this.tables = tables;
        }

        TaskState tables() {
            return tables;
        }

        @Override
        public synchronized void freeze(long checkpoint) {
            if (store.isPresent()) {
                dropFrozen();
                if (completed > reported) {
                    reported = completed;
                    tables.completed(completed);
                }
                frozen = tables.freeze(checkpoint);
            }
        }

        /** What was frozen for the checkpoint; of a task that has ended, frozen now. */
        private synchronized TaskSnapshot take(long checkpoint) {
            TaskSnapshot snapshot = frozen;
            if (snapshot == null || snapshot.checkpoint() != checkpoint) {
                freeze(checkpoint);
                snapshot = frozen;
            }
            if (snapshot == null) {
                throw new AssertionError("nothing was frozen for checkpoint " + checkpoint);
            }
            frozen = null;
            return snapshot;
        }

        private void dropFrozen() {
            if (frozen != null) {
                frozen.close();
                frozen = null;
            }
        }

        /** The task has ended. Where checkpoints are kept its tables live on until the job ends. */
        @Override
        public void close() {
            if (store.isEmpty()) {
                free();
            }
        }

        @Override
        public void sizes(ObjLongConsumer<String> receiver) {
            tables.sizes(receiver);
        }

        private synchronized void free() {
            dropFrozen();
            tables.close();
        }
    }
}
