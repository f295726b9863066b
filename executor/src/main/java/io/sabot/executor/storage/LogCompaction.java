package io.sabot.executor.storage;

import io.sabot.catalog.Table;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.RowKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Makes a shorter log of a table: up to a place the rows that were there in place of all changes, then the changes as they are.
 * Numbers of batches stay, so readers behind the place notice nothing.
 *
 * <pre>
 *   old │ 0 │ 1 │ 2 │ 3 │ 4 │ 5 │ 6 │            new           │ rows at 5 │ 5 │ 6 │
 *                         ▲ place = 5                           number 4
 * </pre>
 *
 * <p>{@link #prepare} works beside those who read and write the table; {@link #finish} adds what was committed meanwhile and
 * renames the file. A file that was not renamed means nothing and is deleted when the table is opened. Used by one thread; what
 * it makes belongs to it until {@link #log} and {@link #index} are taken.
 */
final class LogCompaction implements AutoCloseable {
    private static final int ROWS = 1 << 15;

    /** What can be interrupted by a crash, in this order. */
    enum Step {
        READ,
        WRITE_BEGIN,
        WRITE_ROWS,
        WRITE_CHANGES,
        WRITE_LATEST,
        WRITE_WRITERS,
        SYNC,
        RENAME,
        USE
    }

    private final Table definition;
    private final TableLog before;
    private final long place;
    private final BufferAllocator allocator;
    private final RowCodec codec;
    private final Optional<Path> path;
    private final Consumer<Step> steps;
    private @Nullable TableLog log;
    private @Nullable TableIndex index;
    private @Nullable CommitFile file;

    /**
     * @param before the log as it is now, taken over
     * @param place within it
     * @param path the file to replace
     * @param steps told of each step before it is made
     */
    LogCompaction(
            Table definition,
            TableLog before,
            long place,
            BufferAllocator allocator,
            Optional<Path> path,
            Consumer<Step> steps) {
        this.definition = definition;
        this.before = before;
        this.place = place;
        this.allocator = allocator;
        this.codec = new RowCodec(definition.sinkSchema(), allocator);
        this.path = path;
        this.steps = steps;
    }

    /** Folds, indexes and writes what is in the log. */
    void prepare() {
        steps.accept(Step.READ);
        List<Batch> folded = folded();
        TableLog made = new TableLog(place - folded.size(), place);
        log = made;
        folded.forEach(made::add);
        for (long number = place; number < before.end(); number++) {
            made.add(before.get(number).retain());
        }
        TableIndex indexed = TableIndex.of(definition, allocator);
        index = indexed;
        for (long number = made.first(); number < made.end(); number++) {
            indexed.index(made.get(number), number, made::get);
        }
        path.ifPresent(target -> write(target, made));
    }

    /** The rows that were there at the place, in their order, in no more batches than they stand for. */
    private List<Batch> folded() {
        try (TableIndex there = TableIndex.of(definition, allocator)) {
            for (long number = before.first(); number < place; number++) {
                there.index(before.get(number), number, before::get);
            }
            long[] rows = there.present();
            long most = place - before.first();
            int size = (int) Math.max(ROWS, (rows.length + most - 1) / Math.max(1, most));
            List<Batch> folded = new ArrayList<>();
            for (int from = 0; from < rows.length; from += size) {
                List<RowChange> changes = new ArrayList<>();
                for (int i = from; i < Math.min(rows.length, from + size); i++) {
                    Batch batch = before.get(TableIndex.batchOf(rows[i]));
                    changes.add(new RowChange(batch, TableIndex.rowOf(rows[i]), RowKind.INSERT));
                }
                folded.add(RowChange.inserts(changes, definition.sinkSchema(), allocator));
            }
            return folded;
        }
    }

    private void write(Path target, TableLog made) {
        steps.accept(Step.WRITE_BEGIN);
        CommitFile written = CommitFile.besides(target);
        file = written;
        written.write(CommitFile.Commit.begin(made.first(), place));
        steps.accept(Step.WRITE_ROWS);
        write(written, made, made.first(), place);
        steps.accept(Step.WRITE_CHANGES);
        write(written, made, place, made.end());
    }

    private void write(CommitFile target, TableLog made, long from, long to) {
        List<Batch> batches = new ArrayList<>();
        long rows = 0;
        for (long number = from; number < to; number++) {
            batches.add(made.get(number));
            rows += made.get(number).rowCount();
            if (rows >= ROWS || number == to - 1) {
                target.write(new CommitFile.Commit("", 0, codec.encode(batches)));
                batches.clear();
                rows = 0;
            }
        }
    }

    /** Adds what has been committed since, and puts the new file in the place of the old; nobody commits meanwhile. */
    void finish(TableLog now, Map<String, Long> committed) {
        TableLog made = log();
        long from = made.end();
        for (long number = from; number < now.end(); number++) {
            Batch batch = now.get(number).retain();
            made.add(batch);
            index().index(batch, number, made::get);
        }
        CommitFile written = file;
        if (written != null) {
            steps.accept(Step.WRITE_LATEST);
            write(written, made, from, made.end());
            steps.accept(Step.WRITE_WRITERS);
            committed.forEach((writer, checkpoint) -> written.write(new CommitFile.Commit(writer, checkpoint)));
            steps.accept(Step.SYNC);
            written.sync();
            steps.accept(Step.RENAME);
            written.rename(path.orElseThrow());
            steps.accept(Step.USE);
        }
    }

    TableLog log() {
        TableLog made = log;
        if (made == null) {
            throw new IllegalStateException("not prepared");
        }
        return made;
    }

    TableIndex index() {
        TableIndex made = index;
        if (made == null) {
            throw new IllegalStateException("not prepared");
        }
        return made;
    }

    @Nullable
    CommitFile file() {
        return file;
    }

    /** Whether the new file stands in the place of the old one, so that there is no way back. */
    boolean isRenamed() {
        CommitFile written = file;
        return written != null && written.isAt(path.orElseThrow());
    }

    /** Hands over what was made: it is in use now. */
    void used() {
        log = null;
        index = null;
        file = null;
    }

    @Override
    public void close() {
        before.close();
        if (log != null) {
            log.close();
        }
        if (index != null) {
            index.close();
        }
        if (file != null) {
            file.close();
        }
    }
}
