package io.sabot.executor.state;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Pages in a {@link TreeMap}, written whole at each checkpoint: the model in tests, and what is left where RocksDB's native
 * library cannot be loaded. Fit for small state only.
 */
final class HeapPageMap implements PageMap {
    /** Name of the file in a checkpoint. */
    static final String FILE = "pages";

    private final TreeMap<byte[], byte[]> pages = new TreeMap<>(Arrays::compareUnsigned);

    static PageMap open(Path directory, @Nullable Path saved) throws IOException {
        HeapPageMap map = new HeapPageMap();
        if (saved != null) {
            read(saved.resolve(FILE), map.pages);
        }
        return map;
    }

    /** Reads a file that {@link #saveTo} wrote. */
    static void read(Path file, Map<byte[], byte[]> to) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (int i = in.readInt(); i > 0; i--) {
                byte[] key = in.readNBytes(in.readInt());
                to.put(key, in.readNBytes(in.readInt()));
            }
        }
    }

    @Override
    public synchronized void scan(byte[] from, byte @Nullable [] to, boolean orPrevious, Reader reader) {
        byte[] first = orPrevious ? pages.floorKey(from) : from;
        Map<byte[], byte[]> tail = pages.tailMap(first == null ? from : first, true);
        for (Map.Entry<byte[], byte[]> page : tail.entrySet()) {
            if (to != null && Arrays.compareUnsigned(page.getKey(), to) >= 0) {
                return;
            }
            reader.page(page.getKey(), page.getValue());
        }
    }

    @Override
    public synchronized void apply(long checkpoint, Iterator<Change> changes) {
        while (changes.hasNext()) {
            Change change = changes.next();
            byte[] value = change.value();
            if (value == null) {
                pages.remove(change.key());
            } else {
                pages.put(change.key(), value);
            }
        }
    }

    @Override
    public synchronized void saveTo(Path directory) throws IOException {
        Path file = Files.createDirectories(directory).resolve(FILE);
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(pages.size());
            for (Map.Entry<byte[], byte[]> page : pages.entrySet()) {
                out.writeInt(page.getKey().length);
                out.write(page.getKey());
                out.writeInt(page.getValue().length);
                out.write(page.getValue());
            }
        }
        Durable.sync(file);
        Durable.sync(directory);
    }

    @Override
    public void close() {
        pages.clear();
    }
}
