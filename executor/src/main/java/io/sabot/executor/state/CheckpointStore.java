package io.sabot.executor.state;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one job on disk.
 *
 * <pre>
 *   JOB/checkpoints/7/metadata    tables, cells, what the job added; its presence makes the checkpoint
 *   JOB/checkpoints/7/db/         hard links to the files of the page store
 *   JOB/live/                     the page store: holds exactly the last checkpoint; made anew at each start
 * </pre>
 *
 * <p>A checkpoint is complete when its directory has its name: all bytes are on disk before the rename. {@link #write}
 * keeps the one before, so that a job may fall back to it; {@link #keepFrom} deletes it when it is no longer needed. One
 * thread at a time; not an operator's, since writing takes long.
 */
public final class CheckpointStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointStore.class);
    private static final String METADATA = "metadata";

    private final Path checkpoints;
    private final Path live;
    private final PageMap.Opener opener;
    private @Nullable PageMap pages;

    private CheckpointStore(Path jobDirectory, PageMap.Opener opener) {
        this.checkpoints = jobDirectory.resolve("checkpoints");
        this.live = jobDirectory.resolve("live");
        this.opener = opener;
    }

    /** The checkpoints below a job's directory, which is made if need be. Reads and loads nothing yet. */
    public static CheckpointStore open(Path jobDirectory) {
        return open(jobDirectory, CheckpointStore::openRocksOrHeap);
    }

    static CheckpointStore open(Path jobDirectory, PageMap.Opener opener) {
        CheckpointStore store = new CheckpointStore(jobDirectory, opener);
        try {
            Files.createDirectories(store.checkpoints);
            Durable.sync(jobDirectory);
            try (Stream<Path> list = Files.list(store.checkpoints)) {
                for (Path entry : list.filter(path -> numberOf(path) < 0).toList()) {
                    Durable.deleteTree(entry);
                }
            }
        } catch (IOException e) {
            throw failed("cannot open the checkpoints in " + jobDirectory, e);
        }
        return store;
    }

    private static PageMap openRocksOrHeap(Path directory, @Nullable Path saved) throws IOException {
        try {
            RocksPageMap.loadLibrary();
        } catch (LinkageError | RuntimeException e) {
            LOG.warn("RocksDB cannot be loaded on this machine, checkpoints are written whole cause={}", e.toString());
            return HeapPageMap.open(directory, saved);
        }
        return RocksPageMap.open(directory, saved);
    }

    /** Numbers of the complete checkpoints, ascending. */
    public List<Long> numbers() {
        try (Stream<Path> list = Files.list(checkpoints)) {
            return list.map(CheckpointStore::numberOf)
                    .filter(number -> number >= 0)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw failed("cannot list checkpoints", e);
        }
    }

    /** Number of a checkpoint's directory; -1 when it is none, or not complete. */
    private static long numberOf(Path directory) {
        String name = directory.getFileName().toString();
        boolean isNumber = name.length() < 19 && name.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber && Files.exists(directory.resolve(METADATA)) ? Long.parseLong(name) : -1;
    }

    /**
     * Goes back to a checkpoint: the page store is linked anew from it, later checkpoints are deleted.
     *
     * @throws SabotException 58030 when it cannot be read
     */
    public synchronized RestoredCheckpoint restore(long number) {
        closePages();
        Path directory = checkpoints.resolve(Long.toString(number));
        try {
            CheckpointMetadata metadata = CheckpointMetadata.of(Files.readAllBytes(directory.resolve(METADATA)));
            for (long later : numbers()) {
                if (later > number) {
                    delete(later);
                }
            }
            PageMap opened = opener.open(live, directory);
            pages = opened;
            return new RestoredCheckpoint(metadata, opened);
        } catch (IOException e) {
            throw failed("cannot restore checkpoint " + number + " in " + checkpoints, e);
        }
    }

    /**
     * Writes a checkpoint durably: when this returns, a crash finds it. If it throws, there is no such checkpoint; the next
     * one may have the same or a later number, and contains what this one would have.
     *
     * @param job the job that the snapshots come from
     * @param snapshots of all its tasks, also those that have ended; they stay the caller's
     * @param metadata anything that the job wants back from {@link RestoredCheckpoint#metadata}
     */
    public synchronized void write(long number, JobState job, List<TaskSnapshot> snapshots, byte[] metadata) {
        Path building = checkpoints.resolve(number + ".tmp");
        try {
            Durable.deleteTree(building);
            PageMap target = pages();
            target.apply(number, changes(snapshots));
            target.saveTo(building);
            List<Cell.Saved> cells = new ArrayList<>();
            snapshots.forEach(snapshot -> cells.addAll(snapshot.cells()));
            CheckpointMetadata written = new CheckpointMetadata(
                    number, job.keyGroupCount(), job.ids().all(), cells, metadata);
            Durable.write(building.resolve(METADATA), written.toBytes());
            Durable.publish(building, checkpoints, Long.toString(number));
        } catch (IOException e) {
            throw failed("cannot write checkpoint " + number + " in " + checkpoints, e);
        }
        List<Long> older = numbers().stream().filter(n -> n < number).toList();
        if (!older.isEmpty()) {
            keepFrom(older.get(older.size() - 1));
        }
    }

    /** Deletes checkpoints with smaller numbers. */
    public synchronized void keepFrom(long oldest) {
        try {
            for (long number : numbers()) {
                if (number < oldest) {
                    delete(number);
                }
            }
        } catch (IOException e) {
            throw failed("cannot delete checkpoints before " + oldest, e);
        }
    }

    /** Without its metadata a directory is no checkpoint: that goes first. */
    private void delete(long number) throws IOException {
        Path directory = checkpoints.resolve(Long.toString(number));
        Files.deleteIfExists(directory.resolve(METADATA));
        Durable.deleteTree(directory);
    }

    private PageMap pages() throws IOException {
        PageMap open = pages;
        if (open == null) {
            open = opener.open(live, null);
            pages = open;
        }
        return open;
    }

    /** What all tasks changed, sorted. A key that is both deleted and written again is written. */
    private static Iterator<PageMap.Change> changes(List<TaskSnapshot> snapshots) {
        TreeMap<byte[], @Nullable DirtyPage> byKey = new TreeMap<>(Arrays::compareUnsigned);
        snapshots.forEach(snapshot -> snapshot.deletedKeys().forEach(key -> byKey.put(key, null)));
        for (TaskSnapshot snapshot : snapshots) {
            for (DirtyPage page : snapshot.dirtyPages()) {
                DirtyPage other = byKey.put(page.key(), page);
                assert other == null : "two tasks write one page";
            }
        }
        PageWriter writer = new PageWriter();
        var sorted = byKey.entrySet().iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return sorted.hasNext();
            }

            @Override
            public PageMap.Change next() {
                var entry = sorted.next();
                DirtyPage page = entry.getValue();
                return new PageMap.Change(entry.getKey(), page == null ? null : page.encode(writer));
            }
        };
    }

    static SabotException failed(String what, Exception cause) {
        boolean isFull = String.valueOf(cause.getMessage()).contains("No space left")
                || String.valueOf(cause.getCause()).contains("No space left");
        return SabotException.of(isFull ? ErrorCode.DISK_FULL : ErrorCode.IO_ERROR, what)
                .why(String.valueOf(cause.getMessage()))
                .causedBy(cause);
    }

    private void closePages() {
        PageMap open = pages;
        pages = null;
        if (open != null) {
            open.close();
        }
    }

    /** Closes the page store; checkpoints stay. */
    @Override
    public synchronized void close() {
        closePages();
    }
}
