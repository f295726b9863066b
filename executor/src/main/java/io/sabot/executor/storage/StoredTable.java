package io.sabot.executor.storage;

import io.sabot.catalog.Table;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.RowKind;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.batch.Storage;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyEncoder;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/**
 * One stream or table: its log, for a keyed table the place of every key's present row, and who wants to hear of commits.
 *
 * <p>A place is the number of a batch in the log (upper 32 bits) and a row in it. A keyed table turns what comes into a
 * changelog of its own: a key that is there already is replaced, with the row before as UPDATE_BEFORE. All methods may be
 * called from any thread.
 */
public final class StoredTable implements AutoCloseable {
    private final Table definition;
    private final Schema schema;
    private final BufferAllocator allocator;
    private final RowCodec codec;
    private final int[] keyColumns;
    private final Optional<Path> path;
    private final List<Batch> log = new ArrayList<>();
    private final Map<ByteBuffer, Long> places = new HashMap<>();
    private final Map<String, Long> committed = new HashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final @Nullable KeyEncoder keys;
    private @Nullable CommitFile file;
    private boolean closed;

    StoredTable(Table definition, BufferAllocator allocator, Optional<Path> path) {
        this.definition = definition;
        this.schema = definition.sinkSchema();
        this.allocator = allocator;
        this.codec = new RowCodec(schema, allocator);
        this.path = path;
        this.keyColumns = definition.primaryKey().stream()
                .mapToInt(name -> schema.indexOf(name).orElseThrow())
                .toArray();
        List<DataType> keyTypes =
                Arrays.stream(keyColumns).mapToObj(schema::type).toList();
        this.keys = keyColumns.length == 0 ? null : new KeyEncoder(allocator, keyTypes);
        path.ifPresent(this::restore);
    }

    private void restore(Path from) {
        List<CommitFile.Commit> commits = new ArrayList<>();
        file = CommitFile.open(from, commits);
        for (CommitFile.Commit commit : commits) {
            committed.merge(commit.writer(), commit.checkpoint(), Math::max);
            for (Batch batch : codec.decode(commit.rows())) {
                index(batch, log.size(), places);
                log.add(batch);
            }
        }
    }

    /** What was created. */
    public Table definition() {
        return definition;
    }

    boolean isKeyed() {
        return keys != null;
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
        synchronized (this) {
            Long last = committed.get(writer);
            if (closed || (last != null && last >= checkpoint)) {
                return;
            }
            List<Batch> added = new ArrayList<>();
            try {
                for (byte[] part : parts) {
                    codec.decode(part).forEach(batch -> added.add(keys == null ? batch : changelog(batch, added)));
                }
                CommitFile target = file;
                if (target != null && !added.isEmpty()) {
                    target.append(new CommitFile.Commit(writer, checkpoint, codec.encode(added)));
                }
            } catch (RuntimeException | Error e) {
                added.forEach(Batch::close);
                rebuildIndex();
                throw e;
            }
            committed.put(writer, checkpoint);
            log.addAll(added);
        }
        listeners.forEach(Runnable::run);
    }

    /** Replaces all content: the rows that were there leave as deletes, then the new ones come. */
    void replace(String writer, long checkpoint, List<byte[]> parts) {
        synchronized (this) {
            Long last = committed.get(writer);
            if (closed || (last != null && last >= checkpoint)) {
                return;
            }
            log.forEach(Batch::close);
            log.clear();
            places.clear();
            CommitFile target = file;
            if (target != null && path.isPresent()) {
                target.close();
                CommitFile.replace(path.get(), List.of());
                file = CommitFile.open(path.get(), new ArrayList<>());
            }
        }
        commit(writer, checkpoint, parts);
    }

    private void rebuildIndex() {
        places.clear();
        places.putAll(placesAt(log.size()));
    }

    private void index(Batch batch, int number, Map<ByteBuffer, Long> index) {
        KeyEncoder encoder = keys;
        if (encoder == null) {
            return;
        }
        KeyBatch encoded = encoder.encode(batch, keyColumns);
        for (int row = 0; row < batch.rowCount(); row++) {
            if (batch.sign(row) > 0) {
                index.put(key(encoded, row), place(number, row));
            } else if (batch.kind(row) == RowKind.DELETE) {
                index.remove(key(encoded, row));
            }
        }
    }

    /** A row somewhere, and the kind it gets in the changelog. */
    private record Change(Batch batch, int row, RowKind kind) {}

    /** What the rows do to the present content; uses the batch up. */
    private Batch changelog(Batch batch, List<Batch> added) {
        try (batch) {
            int number = log.size() + added.size();
            KeyBatch encoded = requireKeys().encode(batch, keyColumns);
            List<Change> changes = new ArrayList<>();
            for (int row = 0; row < batch.rowCount(); row++) {
                ByteBuffer key = key(encoded, row);
                RowKind kind = batch.kind(row);
                if (kind == RowKind.UPDATE_BEFORE) {
                    continue;
                }
                Long place = kind == RowKind.DELETE ? places.remove(key) : places.get(key);
                if (place != null) {
                    RowKind leaves = kind == RowKind.DELETE ? RowKind.DELETE : RowKind.UPDATE_BEFORE;
                    changes.add(old(place, number, changes, added, leaves));
                }
                if (kind != RowKind.DELETE) {
                    places.put(key, place(number, changes.size()));
                    changes.add(new Change(batch, row, place == null ? RowKind.INSERT : RowKind.UPDATE_AFTER));
                }
            }
            return materialize(changes);
        }
    }

    private Change old(long place, int number, List<Change> changes, List<Batch> added, RowKind kind) {
        int batch = (int) (place >>> 32);
        int row = (int) place;
        if (batch == number) {
            Change change = changes.get(row);
            return new Change(change.batch(), change.row(), kind);
        }
        return new Change(batch < log.size() ? log.get(batch) : added.get(batch - log.size()), row, kind);
    }

    private Batch materialize(List<Change> changes) {
        List<FieldVector> vectors = new ArrayList<>();
        ArrowBuf kinds = allocator.buffer(Math.max(1, changes.size()));
        try {
            for (int c = 0; c < schema.size(); c++) {
                FieldVector vector =
                        Storage.arrowField(schema.name(c), schema.type(c)).createVector(allocator);
                vectors.add(vector);
                vector.setInitialCapacity(Math.max(1, changes.size()));
                vector.allocateNew();
                for (int i = 0; i < changes.size(); i++) {
                    vector.copyFromSafe(
                            changes.get(i).row(), i, changes.get(i).batch().vector(c));
                }
                vector.setValueCount(changes.size());
            }
            for (int i = 0; i < changes.size(); i++) {
                Memory.putByte(kinds.memoryAddress() + i, changes.get(i).kind().code());
            }
            return new Batch(vectors, changes.size(), kinds, Batch.NOT_LATE);
        } catch (RuntimeException | Error e) {
            vectors.forEach(FieldVector::close);
            kinds.close();
            throw e;
        }
    }

    private KeyEncoder requireKeys() {
        KeyEncoder encoder = keys;
        if (encoder == null) {
            throw new AssertionError(definition.name() + " has no key");
        }
        return encoder;
    }

    private static ByteBuffer key(KeyBatch keys, int row) {
        byte[] bytes = new byte[keys.length(row)];
        Memory.copy(keys.address(row), bytes, 0, bytes.length);
        return ByteBuffer.wrap(bytes);
    }

    private static long place(int batch, int row) {
        return ((long) batch << 32) | row;
    }

    /** Number of batches in the log: where a reader of changes goes on. */
    synchronized long end() {
        return log.size();
    }

    /** A batch of the log, retained for the caller; null when it does not exist (yet). */
    synchronized @Nullable Batch batch(long number) {
        return !closed && number < log.size() ? log.get((int) number).retain() : null;
    }

    /**
     * The content of a keyed table when its log had {@code end} batches, as rows of log batches, in the order in which they
     * came.
     */
    synchronized Content content(long end) {
        Map<ByteBuffer, Long> index = end == log.size() ? places : placesAt((int) end);
        long[] present =
                index.values().stream().mapToLong(Long::longValue).sorted().toArray();
        List<Batch> batches = new ArrayList<>();
        List<Selection> rows = new ArrayList<>();
        for (int begin = 0; begin < present.length; ) {
            int number = (int) (present[begin] >>> 32);
            int last = begin;
            while (last < present.length && (int) (present[last] >>> 32) == number) {
                last++;
            }
            int[] indices = new int[last - begin];
            for (int i = begin; i < last; i++) {
                indices[i - begin] = (int) present[i];
            }
            batches.add(log.get(number).retain());
            rows.add(new Selection(indices, indices.length));
            begin = last;
        }
        return new Content(batches, rows);
    }

    private Map<ByteBuffer, Long> placesAt(int end) {
        Map<ByteBuffer, Long> index = new HashMap<>();
        for (int number = 0; number < end; number++) {
            index(log.get(number), number, index);
        }
        return index;
    }

    /**
     * The rows of a keyed table at one moment.
     *
     * @param batches retained for the receiver
     * @param rows rows of each batch
     */
    record Content(List<Batch> batches, List<Selection> rows) {}

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
            places.clear();
            if (keys != null) {
                keys.close();
            }
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
