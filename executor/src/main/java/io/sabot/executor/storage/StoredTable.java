package io.sabot.executor.storage;

import io.sabot.catalog.Table;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.RowKind;
import io.sabot.executor.time.Watermark;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one stream, table or materialized view: its log, an index of the rows that are there now, and who wants to
 * hear of commits.
 *
 * <p>A table turns what comes into a changelog of its own: see {@link KeyedIndex} and {@link BagIndex}. All methods may be
 * called from any thread.
 */
public final class StoredTable implements AutoCloseable {
    /** Rows that a log may have beyond the content before it is looked at. */
    static final int COMPACT_ROWS = 10_000;

    private final Table definition;
    private final Schema schema;
    private final BufferAllocator allocator;
    private final RowCodec codec;
    private final LogHolds holds = new LogHolds();
    private final Optional<Path> path;
    private TableLog log = new TableLog(0, 0);
    private final Map<String, Long> committed = new HashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private TableIndex index;
    private @Nullable CommitFile file;
    private final AtomicBoolean compacting = new AtomicBoolean();
    private long compactAt;
    private boolean closed;

    StoredTable(Table definition, BufferAllocator allocator, Optional<Path> path) {
        this.definition = definition;
        this.schema = definition.sinkSchema();
        this.allocator = allocator;
        this.codec = new RowCodec(schema, allocator);
        this.index = TableIndex.of(definition, allocator);
        this.path = path;
        try {
            path.ifPresent(this::restore);
        } catch (RuntimeException | Error e) {
            release();
            throw e;
        }
    }

    private void restore(Path from) {
        List<CommitFile.Commit> commits = new ArrayList<>();
        file = CommitFile.open(from, commits);
        for (CommitFile.Commit commit : commits) {
            if (commit.isBegin()) {
                log = new TableLog(commit.checkpoint(), commit.changesFrom());
                continue;
            }
            if (commit.isWatermark()) {
                log.mark(commit.checkpoint());
                continue;
            }
            committed.merge(commit.writer(), commit.checkpoint(), Math::max);
            if (commit.rows().length == 0) {
                continue;
            }
            RowCodec.Part part = codec.decode(commit.rows());
            long first = log.end();
            part.batches().forEach(log::add);
            for (long number = first; number < log.end(); number++) {
                index.index(log.get(number), number, log::get);
            }
            LogMark mark = part.mark();
            if (mark != null) {
                log.mark(mark.watermark());
            }
        }
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
            append(writer, checkpoint, addition -> {
                if (replace) {
                    addition.add(deletes());
                }
                parts.forEach(part -> addition.add(codec.decode(part)));
            });
            committed.put(writer, checkpoint);
        }
        listeners.forEach(Runnable::run);
    }

    /** Adds what one commit brings to the log: all of it, or nothing. */
    private void append(String writer, long checkpoint, Consumer<Addition> rows) {
        Addition addition = new Addition();
        try {
            rows.accept(addition);
            addition.write(writer, checkpoint);
        } catch (RuntimeException | Error e) {
            addition.undo();
            throw e;
        }
        addition.batches.forEach(log::add);
        log.mark(addition.watermark());
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
            if (closed || version != log.end()) {
                return false;
            }
            append("", 0, addition -> addition.add(RowChange.materialize(changes(rows, update), schema, allocator)));
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
            append("", 0, addition -> addition.add(deletes()));
        }
        listeners.forEach(Runnable::run);
    }

    private Batch deletes() {
        List<RowChange> rows = new ArrayList<>();
        for (long place : index.present()) {
            rows.add(new RowChange(log.get(TableIndex.batchOf(place)), TableIndex.rowOf(place), RowKind.DELETE));
        }
        return RowChange.materialize(rows, schema, allocator);
    }

    /** Batches that one commit adds to the log; the index has them already. */
    private final class Addition {
        final List<Batch> batches = new ArrayList<>();
        private final List<@Nullable LogMark> marks = new ArrayList<>();

        void add(RowCodec.Part part) {
            Iterator<Batch> rest = part.batches().iterator();
            try {
                while (rest.hasNext()) {
                    add(rest.next());
                }
            } catch (RuntimeException | Error e) {
                rest.forEachRemaining(Batch::close);
                throw e;
            }
            marks.add(part.mark());
        }

        /** The watermark behind these rows; the one that the log has where they tell no greater. */
        long watermark() {
            long told = marks.isEmpty() ? Watermark.START : LogMark.merged(marks);
            return Math.max(told, log.watermarkAt(Long.MAX_VALUE));
        }

        void add(Batch incoming) {
            if (incoming.rowCount() == 0) {
                incoming.close();
                return;
            }
            Batch changes = index.change(incoming, log.end() + batches.size(), this::get);
            if (changes.rowCount() == 0) {
                changes.close();
            } else {
                batches.add(changes);
            }
        }

        private Batch get(long number) {
            return number < log.end() ? log.get(number) : batches.get((int) (number - log.end()));
        }

        void write(String writer, long checkpoint) {
            CommitFile target = file;
            if (target == null) {
                return;
            }
            if (!batches.isEmpty()) {
                byte[] rows =
                        hasTime() ? codec.encode(batches, new LogMark(watermark(), false)) : codec.encode(batches);
                target.append(new CommitFile.Commit(writer, checkpoint, rows));
            } else if (watermark() > log.watermarkAt(Long.MAX_VALUE)) {
                target.append(CommitFile.Commit.watermark(watermark()));
            }
        }

        void undo() {
            batches.forEach(Batch::close);
            index.close();
            index = indexAt(log.end());
        }
    }

    private TableIndex indexAt(long end) {
        TableIndex made = TableIndex.of(definition, allocator);
        for (long number = log.first(); number < end; number++) {
            made.index(log.get(number), number, log::get);
        }
        return made;
    }

    private void requireKept(long place) {
        if (place < log.changesFrom()) {
            throw SabotException.of(
                            ErrorCode.INVALID_DEFINITION,
                            "what happened to table '" + definition.name().name() + "' at place " + place
                                    + " of its log is no longer kept")
                    .why("changes that nobody was going to read have been put together, up to place "
                            + log.changesFrom())
                    .hint("start what reads it anew, so that it begins with the present content");
        }
    }

    /** Keeps the log from a place on until the hold is closed. */
    synchronized LogHolds.Hold hold(long place) {
        requireKept(place);
        return holds.hold(place);
    }

    /** Keeps the log from its end on. */
    synchronized LogHolds.Hold holdEnd() {
        return holds.hold(log.end());
    }

    /** Whether the log has become so long that {@link #compact} is worth its while. */
    synchronized boolean isLong() {
        return !closed && !isAppendOnly() && log.rows() >= Math.max(compactAt, 2 * index.size() + COMPACT_ROWS);
    }

    /**
     * Puts the changes in front of a place together, so far as nobody holds on to them. Those who read and write the table go
     * on meanwhile, but for a moment at the end. One thread at a time.
     *
     * @param place up to which others have given up the log
     * @param steps told of each step before it is made
     */
    void compact(long place, Consumer<LogCompaction.Step> steps) {
        TableLog before;
        long to;
        synchronized (this) {
            compactAt = log.rows() + COMPACT_ROWS;
            to = Math.min(Math.min(place, holds.least()), log.end());
            boolean worthIt = to > log.changesFrom() && 2 * log.rowsBefore(to) >= log.rows();
            if (closed || isAppendOnly() || !worthIt) {
                return;
            }
            before = log.copy();
        }
        try (LogCompaction compaction = new LogCompaction(definition, before, to, allocator, path, steps)) {
            compaction.prepare();
            synchronized (this) {
                if (closed) {
                    return;
                }
                try {
                    compaction.finish(log, committed);
                } catch (RuntimeException | Error e) {
                    if (compaction.isRenamed()) {
                        use(compaction);
                    }
                    throw e;
                }
                use(compaction);
            }
        }
    }

    private void use(LogCompaction compaction) {
        release();
        log = compaction.log();
        index = compaction.index();
        file = compaction.file();
        compaction.used();
        compactAt = log.rows() + COMPACT_ROWS;
    }

    /** Whether the caller is the one to compact now; it says when it is done. */
    boolean claimCompaction() {
        return compacting.compareAndSet(false, true);
    }

    void releaseCompaction() {
        compacting.set(false);
    }

    /** Rows of all batches of the log. */
    synchronized long logRows() {
        return log.rows();
    }

    /** Whether there are no rows. */
    public synchronized boolean isEmpty() {
        return index.size() == 0;
    }

    /** Number of rows that are there. */
    public synchronized long rowCount() {
        return index.size();
    }

    /** Number of batches in the log: where a reader of changes goes on. */
    public synchronized long end() {
        return log.end();
    }

    /** A batch of the log, retained for the caller; null when it does not exist (yet). */
    synchronized @Nullable Batch batch(long number) {
        requireKept(number);
        return !closed && number < log.end() ? log.get(number).retain() : null;
    }

    /** Whether the log keeps the watermark of the query that writes it. */
    boolean hasTime() {
        return !definition.times().isEmpty();
    }

    /** The watermark behind all rows in front of a place; {@link Watermark#START} when none is kept. */
    synchronized long watermarkAt(long place) {
        return log.watermarkAt(place);
    }

    /** The watermark behind all rows. */
    long watermark() {
        return watermarkAt(Long.MAX_VALUE);
    }

    /** The present content. */
    synchronized TableContent content() {
        return content(log.end(), index.present());
    }

    /** The content when the log had {@code end} batches, as rows of log batches, in the order in which they came. */
    synchronized TableContent content(long end) {
        if (end == log.end()) {
            return content();
        }
        requireKept(end);
        try (TableIndex then = indexAt(end)) {
            return content(end, then.present());
        }
    }

    /**
     * The row with a key when the log had {@code end} batches, if there is one; null when the log has more by now.
     *
     * @param key one row with the key columns
     */
    synchronized @Nullable TableContent find(Batch key, long end) {
        if (closed || end != log.end()) {
            return null;
        }
        int[] columns = new int[key.columnCount()];
        Arrays.setAll(columns, i -> i);
        long place = index.find(key, columns);
        return content(end, place < 0 ? new long[0] : new long[] {place});
    }

    /** The present rows as a stream of {@link RowCodec}, in other columns: matched by name, new ones NULL. */
    synchronized byte[] contentAs(Schema target) {
        return content().encodeAs(target, schema, allocator);
    }

    private TableContent content(long end, long[] places) {
        return TableContent.of(end, places, log::get);
    }

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
            release();
        }
        listeners.forEach(Runnable::run);
    }

    private void release() {
        log.close();
        index.close();
        if (file != null) {
            file.close();
        }
    }

    synchronized boolean isClosed() {
        return closed;
    }
}
