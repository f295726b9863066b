package io.sabot.executor.storage;

import io.sabot.catalog.ObjectName;
import io.sabot.catalog.Table;
import io.sabot.executor.connector.SinkFactory;
import io.sabot.executor.connector.SourceFactory;
import io.sabot.executor.connector.SplitPosition;
import io.sabot.executor.time.Watermark;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.apache.arrow.memory.BufferAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The streams and tables of one engine, by name. Safe for any thread. */
public final class StoredTables implements AutoCloseable {
    /** Name of the connector of tables that have none. */
    public static final String CONNECTOR = "engine";

    private static final Logger LOG = LoggerFactory.getLogger(StoredTables.class);

    private final BufferAllocator allocator;
    private final Optional<Path> directory;
    private final Map<ObjectName, StoredTable> tables = new ConcurrentHashMap<>();
    private final ToLongFunction<ObjectName> needed;
    private final ThreadPoolExecutor compactor;

    /** Tables in memory, and in files below {@code directory} if there is one. */
    public StoredTables(BufferAllocator allocator, Optional<Path> directory) {
        this(allocator, directory, name -> Long.MAX_VALUE);
    }

    /**
     * As the other.
     *
     * @param needed from which place on jobs need the log of a table, also such that do not run now
     */
    public StoredTables(BufferAllocator allocator, Optional<Path> directory, ToLongFunction<ObjectName> needed) {
        this.allocator = allocator;
        this.directory = directory;
        this.needed = needed;
        this.compactor = new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread thread = new Thread(work, "sabot-compaction");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Makes a table, or opens what is on disk under its name. */
    public StoredTable create(Table definition) {
        return tables.computeIfAbsent(definition.name(), name -> {
            StoredTable table =
                    new StoredTable(definition, allocator, definition.temporary() ? Optional.empty() : file(name));
            table.addListener(() -> compactIfLong(table));
            return table;
        });
    }

    /** Looks for long logs, as it is done after commits. */
    public void compactLong() {
        tables.values().forEach(this::compactIfLong);
    }

    private void compactIfLong(StoredTable table) {
        if (table.isLong() && table.claimCompaction()) {
            try {
                compactor.execute(() -> compact(table));
            } catch (RejectedExecutionException e) {
                LOG.debug(
                        "table={} action=compaction-refused cause=closing",
                        table.definition().name(),
                        e);
            }
        }
    }

    /** A log that cannot be made shorter goes on as it is. */
    private void compact(StoredTable table) {
        ObjectName name = table.definition().name();
        try {
            long before = table.logRows();
            table.compact(needed.applyAsLong(name), step -> {});
            LOG.debug("table={} action=compacted rows-before={} rows={}", name, before, table.logRows());
        } catch (RuntimeException e) {
            LOG.warn("table={} action=compaction-failed", name, e);
        } finally {
            table.releaseCompaction();
        }
    }

    private Optional<Path> file(ObjectName name) {
        return directory.map(parent -> parent.resolve(part(name.catalog()))
                .resolve(part(name.database()))
                .resolve(part(name.name()) + ".log"));
    }

    private static String part(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace(".", "%2E");
    }

    /** Forgets a table and its rows. */
    public void drop(ObjectName name) {
        StoredTable table = tables.remove(name);
        if (table != null) {
            table.close();
        }
        file(name).ifPresent(path -> {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                throw SabotException.of(ErrorCode.IO_ERROR, "cannot delete " + path)
                        .causedBy(e);
            }
        });
    }

    /** Takes all rows away: a table's leave one by one for those who follow it, a stream begins anew. */
    public void truncate(ObjectName name) {
        StoredTable table = get(name);
        if (table.isAppendOnly()) {
            Table definition = table.definition();
            drop(name);
            create(definition);
        } else {
            table.truncate();
        }
    }

    /**
     * Gives a table another definition and keeps its rows: columns are matched by name, new ones are NULL, those that are
     * not there any more are forgotten. Who reads the table is ended.
     */
    public void alter(Table changed) {
        StoredTable before = get(changed.name());
        byte[] rows = before.contentAs(changed.sinkSchema());
        tables.remove(changed.name());
        before.close();
        Optional<Path> file = changed.temporary() ? Optional.empty() : file(changed.name());
        file.ifPresent(path -> CommitFile.replace(path, List.of(new CommitFile.Commit("", 0, rows))));
        StoredTable after = create(changed);
        if (file.isEmpty()) {
            after.commit("", 0, List.of(rows));
        }
    }

    /** Makes a table with the rows of another one. */
    public void copy(Table from, Table to) {
        create(to).commit("", 0, List.of(get(from.name()).contentAs(to.sinkSchema())));
    }

    /** The rows of a table that was made. */
    public StoredTable get(ObjectName name) {
        StoredTable table = tables.get(name);
        if (table == null) {
            throw SabotException.of(ErrorCode.UNDEFINED_TABLE, "the rows of " + name.name() + " are no longer there");
        }
        return table;
    }

    /** Up to which batch of a table's log a reader has read everything; -1 while it reads the content that it began with. */
    public static long place(SplitPosition position) {
        StoredTableReader.Place place = StoredTableReader.Place.parse(position);
        return place.content() ? -1 : place.log();
    }

    /** From which place of its log on a reader at this position needs it; -1 when that is not known. */
    public static long needed(SplitPosition position) {
        return StoredTableReader.Place.parse(position).log();
    }

    /** Number of batches in the log of a table; empty when there is no such table. */
    public Optional<Long> endOf(ObjectName name) {
        return Optional.ofNullable(tables.get(name)).map(StoredTable::end);
    }

    /** The watermark that the log of a view has; {@link Watermark#START} when it keeps none. */
    public long watermarkOf(ObjectName name) {
        StoredTable table = tables.get(name);
        return table == null ? Watermark.START : table.watermark();
    }

    /** Reads these tables. */
    public SourceFactory sourceFactory() {
        return new StoredTableSourceFactory(this);
    }

    /** Writes these tables. */
    public SinkFactory sinkFactory() {
        return new StoredTableSinkFactory(this);
    }

    @Override
    public void close() {
        compactor.shutdown();
        try {
            if (!compactor.awaitTermination(1, TimeUnit.MINUTES)) {
                LOG.warn("action=compaction-still-running");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        tables.values().forEach(StoredTable::close);
        tables.clear();
    }
}
