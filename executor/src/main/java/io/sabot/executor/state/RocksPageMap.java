package io.sabot.executor.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.CompressionType;
import org.rocksdb.EnvOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.SstFileWriter;

/**
 * Pages in RocksDB: one sorted file per checkpoint, ingested, never a single put; a saved copy is a directory of hard links.
 *
 * <p>The live directory is scratch: it is made anew at each start from links to a saved one. The native library is loaded by
 * the first instance, so that a query without checkpoints never waits for it.
 */
final class RocksPageMap implements PageMap {
    /** Directory in a checkpoint. */
    static final String DIRECTORY = "db";

    private static final int L0_TRIGGER = 8;
    private static final int L0_LIMIT = 20;

    private final Path directory;
    private final Options options;
    private final RocksDB db;

    private RocksPageMap(Path directory, Options options, RocksDB db) {
        this.directory = directory;
        this.options = options;
        this.db = db;
    }

    /** Unpacks and loads the native library, once in a process; fails with an unchecked exception or a linkage error. */
    static void loadLibrary() {
        RocksDB.loadLibrary();
    }

    static PageMap open(Path directory, @Nullable Path saved) throws IOException {
        loadLibrary();
        Durable.deleteTree(directory);
        Files.createDirectories(directory);
        boolean fromDatabase = saved != null && Files.isDirectory(saved.resolve(DIRECTORY));
        if (saved != null && fromDatabase) {
            link(saved.resolve(DIRECTORY), directory);
        }
        Options options = options();
        RocksPageMap map;
        try {
            map = new RocksPageMap(directory, options, RocksDB.open(options, directory.toString()));
        } catch (RocksDBException e) {
            options.close();
            throw new IOException("cannot open the page store in " + directory, e);
        }
        if (saved != null && !fromDatabase) {
            map.importPages(saved.resolve(HeapPageMap.FILE));
        }
        return map;
    }

    /** Links what never changes, copies the rest. */
    private static void link(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> list = Files.list(from)) {
            files = list.toList();
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (name.endsWith(".sst")) {
                linkOrCopy(file, to.resolve(name));
            } else {
                Files.copy(file, to.resolve(name));
            }
        }
    }

    private static void linkOrCopy(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (UnsupportedOperationException e) {
            Files.copy(from, to);
        }
    }

    private static Options options() {
        return new Options()
                .setCreateIfMissing(true)
                .setMaxBackgroundJobs(1)
                .setLevel0FileNumCompactionTrigger(L0_TRIGGER)
                .setLevel0SlowdownWritesTrigger(1000)
                .setLevel0StopWritesTrigger(2000)
                .setWriteBufferSize(1 << 20)
                .setBottommostCompressionType(CompressionType.LZ4_COMPRESSION)
                .setCompressionType(CompressionType.NO_COMPRESSION)
                .setInfoLogLevel(InfoLogLevel.ERROR_LEVEL)
                .setKeepLogFileNum(1)
                .setStatsDumpPeriodSec(0)
                .setMaxOpenFiles(-1);
    }

    /** Takes over what {@link HeapPageMap} wrote on a machine without the library. */
    private void importPages(Path file) throws IOException {
        TreeMap<byte[], byte[]> pages = new TreeMap<>(Arrays::compareUnsigned);
        HeapPageMap.read(file, pages);
        List<Change> changes = new ArrayList<>();
        for (Map.Entry<byte[], byte[]> page : pages.entrySet()) {
            changes.add(new Change(page.getKey(), page.getValue()));
        }
        apply(0, changes.iterator());
    }

    @Override
    public void scan(byte[] from, byte @Nullable [] to, boolean orPrevious, Reader reader) {
        try (ReadOptions readOptions = new ReadOptions().setFillCache(false);
                RocksIterator iterator = db.newIterator(readOptions)) {
            if (orPrevious) {
                iterator.seekForPrev(from);
            }
            if (!orPrevious || !iterator.isValid()) {
                iterator.seek(from);
            }
            for (; iterator.isValid(); iterator.next()) {
                byte[] key = iterator.key();
                if (to != null && Arrays.compareUnsigned(key, to) >= 0) {
                    return;
                }
                reader.page(key, iterator.value());
            }
            iterator.status();
        } catch (RocksDBException e) {
            throw CheckpointStore.failed("cannot read pages", e);
        }
    }

    @Override
    public void apply(long checkpoint, Iterator<Change> changes) throws IOException {
        if (!changes.hasNext()) {
            return;
        }
        Path file = directory.resolveSibling(directory.getFileName() + "-" + checkpoint + ".sst");
        Files.deleteIfExists(file);
        try {
            writeFile(file, changes);
            // delay the checkpoint rather than let reads rot
            if (Integer.parseInt(db.getProperty("rocksdb.num-files-at-level0")) >= L0_LIMIT) {
                db.compactRange();
            }
            try (IngestExternalFileOptions ingest = new IngestExternalFileOptions().setMoveFiles(true)) {
                db.ingestExternalFile(List.of(file.toString()), ingest);
            }
        } catch (RocksDBException e) {
            throw new IOException("cannot write pages", e);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void writeFile(Path file, Iterator<Change> changes) throws RocksDBException {
        try (EnvOptions env = new EnvOptions();
                SstFileWriter writer = new SstFileWriter(env, options)) {
            writer.open(file.toString());
            while (changes.hasNext()) {
                Change change = changes.next();
                byte[] value = change.value();
                if (value == null) {
                    writer.delete(change.key());
                } else {
                    writer.put(change.key(), value);
                }
            }
            writer.finish();
        }
    }

    @Override
    public void saveTo(Path target) throws IOException {
        Files.createDirectories(target);
        try (Checkpoint checkpoint = Checkpoint.create(db)) {
            checkpoint.createCheckpoint(target.resolve(DIRECTORY).toString());
        } catch (RocksDBException e) {
            throw new IOException("cannot link pages", e);
        }
        Durable.sync(target);
    }

    @Override
    public void close() {
        db.close();
        options.close();
    }
}
