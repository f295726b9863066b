package io.sabot.executor.state;

import java.util.ArrayList;
import java.util.List;

/** The frozen state of one task at a barrier. Read by the checkpoint writer; closed once, on any thread. */
public final class TaskSnapshot implements AutoCloseable {
    private final long checkpoint;
    private final List<PagedTable.Frozen> tables;
    private final long afterGeneration;
    private final List<byte[]> deletedKeys;
    private final List<Cell.Saved> cells;
    private final Runnable thaw;
    private boolean closed;

    TaskSnapshot(
            long checkpoint,
            List<PagedTable.Frozen> tables,
            long afterGeneration,
            List<byte[]> deletedKeys,
            List<Cell.Saved> cells,
            Runnable thaw) {
        this.checkpoint = checkpoint;
        this.tables = List.copyOf(tables);
        this.afterGeneration = afterGeneration;
        this.deletedKeys = List.copyOf(deletedKeys);
        this.cells = List.copyOf(cells);
        this.thaw = thaw;
    }

    /** Number of the checkpoint it was frozen for. */
    public long checkpoint() {
        return checkpoint;
    }

    /** Pages changed since the last complete checkpoint, in no order. */
    List<DirtyPage> dirtyPages() {
        List<DirtyPage> pages = new ArrayList<>();
        tables.forEach(table -> table.addDirtyPages(afterGeneration, pages));
        return pages;
    }

    /** Keys to delete, unless {@link #dirtyPages} has them again. */
    List<byte[]> deletedKeys() {
        return deletedKeys;
    }

    List<Cell.Saved> cells() {
        return cells;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            thaw.run();
        }
    }
}
