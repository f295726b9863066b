package io.sabot.executor.state;

import java.util.List;

/**
 * What the tasks of one job share about their state: ids of tables, key groups, and the checkpoint they are restored from.
 * Safe for all threads.
 */
public final class JobState {
    private final MemoryBudget budget;
    private final int keyGroupCount;
    private final TableIds ids;
    private final StoredPages pages;
    private final List<Cell.Saved> cells;

    private JobState(MemoryBudget budget, int keyGroupCount, TableIds ids, StoredPages pages, List<Cell.Saved> cells) {
        this.budget = budget;
        this.keyGroupCount = keyGroupCount;
        this.ids = ids;
        this.pages = pages;
        this.cells = cells;
    }

    /** State of a job that begins with nothing. */
    public static JobState empty(MemoryBudget budget, int keyGroupCount) {
        return new JobState(budget, keyGroupCount, new TableIds(), StoredPages.NONE, List.of());
    }

    /** State of a job that goes on from a checkpoint, whose number of key groups it keeps. */
    public static JobState restored(MemoryBudget budget, RestoredCheckpoint checkpoint) {
        TableIds ids = new TableIds();
        CheckpointMetadata metadata = checkpoint.stateMetadata();
        metadata.tables().forEach(ids::add);
        return new JobState(budget, metadata.keyGroupCount(), ids, checkpoint.pages(), metadata.cells());
    }

    /** Key groups of the job. */
    public int keyGroupCount() {
        return keyGroupCount;
    }

    /** State of one task; its owner closes it. */
    public TaskState task(int taskIndex, int parallelism) {
        return new TaskState(
                KeyGroups.rangeOf(taskIndex, parallelism, keyGroupCount), new PageStore(budget), ids, pages, cells);
    }

    /** Tables of the checkpoint that no task has asked for since: their state would be lost. */
    public List<String> unclaimedTables() {
        return ids.unclaimed();
    }

    TableIds ids() {
        return ids;
    }
}
