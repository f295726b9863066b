package io.sabot.executor.state;

import java.util.List;

/** What a task does with a table of any layout. */
interface PagedTable extends AutoCloseable {
    /** Freezes the directory. Called on the task's thread, after {@link PageStore#freeze}; costs the directory's size. */
    Frozen freezePages();

    /** Adopts or re-inserts what a checkpoint holds of this table. Called once, before the operator sees the table. */
    void restore(StoredPages pages);

    /** Number of entries. */
    long size();

    @Override
    void close();

    /** The pages of a table at one moment; read on the checkpoint writer's thread. */
    interface Frozen {
        /** Adds the pages that were changed after a generation. */
        void addDirtyPages(long afterGeneration, List<DirtyPage> pages);
    }
}
