package io.sabot.executor.storage;

import io.sabot.catalog.Table;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Gather;
import io.sabot.executor.batch.RowKind;
import io.sabot.executor.batch.Selection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one stream, table or materialized view: its log, an index of the rows that are there now, and who wants to
 * hear of commits.
 *
 * <p>A table turns what comes into a changelog of its own: see {@link KeyedIndex} and {@link BagIndex}. All methods may be
 * called from any thread.
 */
public final class StoredTable implements AutoCloseable {
    private final Table definition;
    private final Schema schema;
    private final BufferAllocator allocator;
    private final RowCodec codec;
    private final List<Batch> log = new ArrayList<>();
    private final Map<String, Long> committed = new HashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private TableIndex index;
    private @Nullable CommitFile file;
    private boolean closed;

    StoredTable(Table definition, BufferAllocator allocator, Optional<Path> path) {
        this.definition = definition;
        this.schema = definition.sinkSchema();
        this.allocator = allocator;
        this.codec = new RowCodec(schema, allocator);
        this.index = TableIndex.of(definition, allocator);
        path.ifPresent(this::restore);
    }

    private void restore(Path from) {
        List<CommitFile.Commit> commits = new ArrayList<>();
        file = CommitFile.open(from, commits);
        for (CommitFile.Commit commit : commits) {
            committed.merge(commit.writer(), commit.checkpoint(), Math::max);
            for (Batch batch : codec.decode(commit.rows())) {
                log.add(batch);
                index.index(batch, log.size() - 1, this::logged);
            }
        }
    }

    private Batch logged(long number) {
        return log.get(Math.toIntExact(number));
    }

    /** What was created. */
    public Table definition() {
        return definition;
    }

    /** Whether rows only come, and never change or go. */
    boolean isAppendOnly() {
        return definition.kind().appendOnly();
    }

    RowCodec codec() {
        return codec;
    }

    /**
     * Makes rows visible, all at once, and durable first where the engine is. A commit that this writer has made already
     * is passed over.
     *
     * @param parts streams of rows made by {@link RowCodec#encode}, in the order in which they count
     */
    void commit(String writer, long checkpoint, List<byte[]> parts) {
        commit(writer, checkpoint, parts, false);
    }

    /** As {@link #commit}, in the place of all rows that are there: these leave as deletes. */
    void replace(String writer, long checkpoint, List<byte[]> parts) {
        commit(writer, checkpoint, parts, true);
    }

    private void commit(String writer, long checkpoint, List<byte[]> parts, boolean replace) {
        synchronized (this) {
            Long last = committed.get(writer);
            if (closed || (last != null && last >= checkpoint)) {
                return;
            }
            Addition addition = new Addition();
            try {
                if (replace) {
                    addition.add(deletes());
                }
                parts.forEach(part -> codec.decode(part).forEach(addition::add));
                addition.write(writer, checkpoint);
            } catch (RuntimeException | Error e) {
                addition.undo();
                throw e;
            }
            committed.put(writer, checkpoint);
            log.addAll(addition.batches);
        }
        listeners.forEach(Runnable::run);
    }

    /**
     * Changes rows, all at once, if nothing has been committed since the log had {@code version} batches; returns whether
     * it did.
     *
     * @param rows each row as it is, in the columns of the table, and for an update behind it as it is to be; stay with
     *     the caller
     * @param update whether rows get new values; else they go
     */
    public boolean change(long version, List<Batch> rows, boolean update) {
        synchronized (this) {
            if (closed || version != log.size()) {
                return false;
            }
            Addition addition = new Addition();
            try {
                addition.add(RowChange.materialize(changes(rows, update), schema, allocator));
                addition.write("", 0);
            } catch (RuntimeException | Error e) {
                addition.undo();
                throw e;
            }
            log.addAll(addition.batches);
        }
        listeners.forEach(Runnable::run);
        return true;
    }

    /** Rows whose key changes all leave before the first comes under its new key. */
    private List<RowChange> changes(List<Batch> rows, boolean update) {
        List<RowChange> first = new ArrayList<>();
        List<RowChange> then = new ArrayList<>();
        for (Batch batch : rows) {
            boolean[] moved = update && index instanceof KeyedIndex keyed ? keyed.moved(batch, schema.size()) : null;
            for (int row = 0; row < batch.rowCount(); row++) {
                if (!update || (moved != null && moved[row])) {
                    first.add(new RowChange(batch, row, RowKind.DELETE));
                } else {
                    then.add(new RowChange(batch, row, RowKind.UPDATE_BEFORE));
                }
                if (update) {
                    then.add(new RowChange(batch, row, RowKind.UPDATE_AFTER, schema.size()));
                }
            }
        }
        first.addAll(then);
        return first;
    }

    /** Takes all rows away; those who follow the table see them go. */
    void truncate() {
        synchronized (this) {
            if (closed || index.size() == 0) {
                return;
            }
            Addition addition = new Addition();
            try {
                addition.add(deletes());
                addition.write("", 0);
            } catch (RuntimeException | Error e) {
                addition.undo();
                throw e;
            }
            log.addAll(addition.batches);
        }
        listeners.forEach(Runnable::run);
    }

    private Batch deletes() {
        List<RowChange> rows = new ArrayList<>();
        for (long place : index.present()) {
            rows.add(new RowChange(logged(TableIndex.batchOf(place)), TableIndex.rowOf(place), RowKind.DELETE));
        }
        return RowChange.materialize(rows, schema, allocator);
    }

    /** Batches that one commit adds to the log; the index has them already. */
    private final class Addition {
        final List<Batch> batches = new ArrayList<>();

        void add(Batch incoming) {
            if (incoming.rowCount() == 0) {
                incoming.close();
                return;
            }
            Batch changes = index.change(incoming, log.size() + batches.size(), this::get);
            if (changes.rowCount() == 0) {
                changes.close();
            } else {
                batches.add(changes);
            }
        }

        private Batch get(long number) {
            return number < log.size() ? logged(number) : batches.get((int) (number - log.size()));
        }

        void write(String writer, long checkpoint) {
            CommitFile target = file;
            if (target != null && !batches.isEmpty()) {
                target.append(new CommitFile.Commit(writer, checkpoint, codec.encode(batches)));
            }
        }

        void undo() {
            batches.forEach(Batch::close);
            index.close();
            index = indexAt(log.size());
        }
    }

    private TableIndex indexAt(long end) {
        TableIndex made = TableIndex.of(definition, allocator);
        for (int number = 0; number < end; number++) {
            made.index(logged(number), number, this::logged);
        }
        return made;
    }

    /** Whether there are no rows. */
    public synchronized boolean isEmpty() {
        return index.size() == 0;
    }

    /** Number of batches in the log: where a reader of changes goes on. */
    public synchronized long end() {
        return log.size();
    }

    /** A batch of the log, retained for the caller; null when it does not exist (yet). */
    synchronized @Nullable Batch batch(long number) {
        return !closed && number < log.size() ? logged(number).retain() : null;
    }

    /** The present content. */
    synchronized Content content() {
        return content(log.size(), index.present());
    }

    /** The content when the log had {@code end} batches, as rows of log batches, in the order in which they came. */
    synchronized Content content(long end) {
        if (end == log.size()) {
            return content();
        }
        try (TableIndex then = indexAt(end)) {
            return content(end, then.present());
        }
    }

    /**
     * The row with a key when the log had {@code end} batches, if there is one; null when the log has more by now.
     *
     * @param key one row with the key columns
     */
    synchronized @Nullable Content find(Batch key, long end) {
        if (closed || end != log.size()) {
            return null;
        }
        int[] columns = new int[key.columnCount()];
        Arrays.setAll(columns, i -> i);
        long place = index.find(key, columns);
        return content(end, place < 0 ? new long[0] : new long[] {place});
    }

    /** The present rows as a stream of {@link RowCodec}, in other columns: matched by name, new ones NULL. */
    synchronized byte[] contentAs(Schema target) {
        Content content = content();
        List<Batch> rows = new ArrayList<>();
        try {
            for (int i = 0; i < content.batches().size(); i++) {
                rows.add(as(target, content.batches().get(i), content.rows().get(i)));
            }
            return new RowCodec(target, allocator).encode(rows);
        } finally {
            rows.forEach(Batch::close);
            content.batches().forEach(Batch::close);
        }
    }

    private Batch as(Schema target, Batch batch, Selection rows) {
        List<FieldVector> vectors = new ArrayList<>();
        try {
            for (Field field : target.fields()) {
                OptionalInt known = schema.indexOf(field.name());
                vectors.add(
                        known.isPresent()
                                ? Gather.take(batch.vector(known.getAsInt()), rows, allocator)
                                : nulls(field, rows.count()));
            }
            return Batch.of(vectors, rows.count());
        } catch (RuntimeException | Error e) {
            vectors.forEach(FieldVector::close);
            throw e;
        }
    }

    private FieldVector nulls(Field field, int count) {
        try (ColumnBuilder column = new ColumnBuilder(field.name(), field.type(), allocator, count)) {
            for (int row = 0; row < count; row++) {
                column.appendNull();
            }
            return column.finish();
        }
    }

    private Content content(long end, long[] present) {
        List<Batch> batches = new ArrayList<>();
        List<Selection> rows = new ArrayList<>();
        for (int begin = 0; begin < present.length; ) {
            long number = TableIndex.batchOf(present[begin]);
            int last = begin;
            while (last < present.length && TableIndex.batchOf(present[last]) == number) {
                last++;
            }
            int[] indices = new int[last - begin];
            for (int i = begin; i < last; i++) {
                indices[i - begin] = TableIndex.rowOf(present[i]);
            }
            batches.add(logged(number).retain());
            rows.add(new Selection(indices, indices.length));
            begin = last;
        }
        return new Content(end, batches, rows);
    }

    /**
     * The rows of a table at one moment.
     *
     * @param end batches that the log had then
     * @param batches retained for the receiver
     * @param rows rows of each batch
     */
    record Content(long end, List<Batch> batches, List<Selection> rows) {}

    /** Calls back after every commit, on the committing thread. */
    void addListener(Runnable listener) {
        listeners.add(listener);
    }

    /** Stops calling back. */
    void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    Schema schema() {
        return schema;
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            log.forEach(Batch::close);
            log.clear();
            index.close();
            if (file != null) {
                file.close();
            }
        }
        listeners.forEach(Runnable::run);
    }

    synchronized boolean isClosed() {
        return closed;
    }
}
