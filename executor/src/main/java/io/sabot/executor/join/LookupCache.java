package io.sabot.executor.join;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.state.KeyBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Rows of single keys, each with its own age. Where a batch asks for keys that are not known, or too old, the table is read
 * once for all of them, and only their rows are kept.
 */
final class LookupCache implements LookupIndex {
    private final LookupRows source;
    private final LookupKeeping.Keys bounds;
    private final JoinSide side;
    private final RowChains rows;
    private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true); // in order of use
    private final Key probe = new Key();
    private final List<Entry> listed = new ArrayList<>();
    private long keptRows;
    private int[] firsts = new int[0];

    /** Bytes of a key; as a probe they are those of the key that is looked for. */
    private static final class Key {
        private byte[] bytes = new byte[16];
        private int length;
        private int hash;

        void set(KeyBatch keys, int key) {
            length = keys.length(key);
            if (bytes.length < length) {
                bytes = new byte[length * 2];
            }
            Memory.copy(keys.address(key), bytes, 0, length);
            hash = Long.hashCode(keys.hash(key));
        }

        Key copy() {
            Key copy = new Key();
            copy.bytes = Arrays.copyOf(bytes, length);
            copy.length = length;
            copy.hash = hash;
            return copy;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key
                    && hash == key.hash
                    && Arrays.equals(bytes, 0, length, key.bytes, 0, key.length);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    /** The rows of a key; {@link #first} is the last of them among those listed, or none when they are not. */
    private static final class Entry {
        final List<byte[]> rows = new ArrayList<>(1);
        long written;
        long accessed;
        boolean isListed;
        int first = RowChains.NONE;

        int weight() {
            return Math.max(1, rows.size());
        }
    }

    LookupCache(JoinSpec spec, LookupRows source, LookupKeeping.Keys bounds, BufferAllocator allocator) {
        this.source = source;
        this.bounds = bounds;
        this.side = new JoinSide(spec, 1, allocator);
        this.rows = new RowChains(allocator);
    }

    @Override
    public void find(KeyBatch keys, boolean[] skipped, long now, boolean anew) {
        Entry[] found = new Entry[keys.count()];
        Map<Key, Entry> wanted = new HashMap<>();
        for (int key = 0; key < found.length; key++) {
            if (!skipped[key]) {
                probe.set(keys, key);
                Entry known = anew ? null : present(now);
                found[key] = known != null ? known : wanted.computeIfAbsent(wantedKey(wanted), missing -> new Entry());
            }
        }
        if (!wanted.isEmpty()) {
            read(wanted, now);
        }
        list(found);
    }

    /** The key that is looked for, as one that may be kept. */
    private Key wantedKey(Map<Key, Entry> wanted) {
        return wanted.containsKey(probe) ? probe : probe.copy();
    }

    private @Nullable Entry present(long now) {
        Entry entry = entries.get(probe);
        if (entry == null) {
            return null;
        }
        if (isOver(bounds.afterWriteMillis(), now - entry.written)
                || isOver(bounds.afterAccessMillis(), now - entry.accessed)) {
            entries.remove(probe);
            keptRows -= entry.weight();
            return null;
        }
        entry.accessed = now;
        return entry;
    }

    private static boolean isOver(long bound, long age) {
        return bound != LookupKeeping.NEVER && age >= bound;
    }

    private void read(Map<Key, Entry> wanted, long now) {
        source.read(batch -> {
            try (batch) {
                take(batch, wanted);
            }
        });
        wanted.forEach((key, entry) -> {
            entry.written = now;
            entry.accessed = now;
            if (bounds.missing() || !entry.rows.isEmpty()) {
                Entry before = entries.put(key, entry);
                keptRows += entry.weight() - (before == null ? 0 : before.weight());
            }
        });
        Iterator<Entry> oldest = entries.values().iterator();
        while (keptRows > bounds.maxRows() && oldest.hasNext()) {
            keptRows -= oldest.next().weight();
            oldest.remove();
        }
    }

    private void take(Batch batch, Map<Key, Entry> wanted) {
        side.begin(batch);
        for (int row = 0; row < batch.rowCount(); row++) {
            if (!side.isMatchless(row)) {
                probe.set(side.keys(), row);
                Entry entry = wanted.get(probe);
                if (entry != null) {
                    byte[] bytes = new byte[side.rowLength(row)];
                    Memory.copy(side.rowAddress(row), bytes, 0, bytes.length);
                    entry.rows.add(bytes);
                }
            }
        }
    }

    /** Lays the rows of keys side by side, those of each once. */
    private void list(@Nullable Entry[] found) {
        if (firsts.length < found.length) {
            firsts = new int[found.length];
        }
        rows.clear();
        for (int key = 0; key < found.length; key++) {
            Entry entry = found[key];
            if (entry == null) {
                firsts[key] = RowChains.NONE;
                continue;
            }
            if (!entry.isListed) {
                entry.isListed = true;
                listed.add(entry);
                entry.rows.forEach(row -> entry.first = rows.add(row, entry.first));
            }
            firsts[key] = entry.first;
        }
        for (Entry entry : listed) {
            entry.isListed = false;
            entry.first = RowChains.NONE;
        }
        listed.clear();
    }

    @Override
    public int first(int key) {
        return firsts[key];
    }

    @Override
    public RowChains rows() {
        return rows;
    }

    @Override
    public void close() {
        side.close();
        rows.close();
    }
}
