package io.sabot.executor.state;

import io.sabot.executor.batch.Memory;

/**
 * Leaves of ordered tables: entries in order behind a slot array.
 *
 * <pre>
 *   page:   │ header 64 │ slot 0 │ slot 1 │ … →          ← … │ entry │ entry │
 *           slot: 2 bytes, offset of the entry in units of 8; header's extra: heap begin (low 4), dead bytes (high 4)
 *
 *   entry:  │ hash 8 │ sequence 8 │ partition length 4 │ order length 4 │ row length 4 │ in block? 4 │
 *           │ fixed part │ partition, order key, row; padded to 8     (or the address of a block with these) │
 * </pre>
 *
 * <p>Order: hash unsigned, partition bytes, order key bytes, sequence.
 */
final class LeafLayout {
    static final int ENTRY_HEAD = 32;
    private static final int MAX_INLINE = 512;

    final int fixedBytes;
    /** The size from which leaves split. */
    final int fullClass;

    LeafLayout(int fixedBytes) {
        this.fixedBytes = fixedBytes;
        int fourEntries = Page.HEADER_BYTES + 4 * (2 + ENTRY_HEAD + fixedBytes + MAX_INLINE);
        int sizeClass = 4;
        while (Page.bytes(sizeClass) < fourEntries) {
            sizeClass++;
        }
        fullClass = sizeClass;
    }

    static void clear(long page, int sizeClass) {
        Page.setExtra(page, Page.bytes(sizeClass));
    }

    private static int heapBegin(long page) {
        return (int) Page.extra(page);
    }

    private static int deadBytes(long page) {
        return (int) (Page.extra(page) >>> 32);
    }

    private static void setHeap(long page, int begin, int dead) {
        Page.setExtra(page, (long) dead << 32 | begin);
    }

    /** Bytes of slots and live entries. */
    static int liveBytes(long page, int sizeClass) {
        return Page.count(page) * 2 + Page.bytes(sizeClass) - heapBegin(page) - deadBytes(page);
    }

    static int room(int sizeClass) {
        return Page.bytes(sizeClass) - Page.HEADER_BYTES;
    }

    static long entry(long page, int slot) {
        return page + ((Memory.getShort(page + Page.HEADER_BYTES + slot * 2L) & 0xFFFFL) << 3);
    }

    /** Bytes that a new entry takes in the page, without its slot. */
    int entryBytes(long variableBytes) {
        return ENTRY_HEAD + fixedBytes + (isInline(variableBytes) ? (int) (variableBytes + 7) & ~7 : 8);
    }

    private static boolean isInline(long variableBytes) {
        return variableBytes <= MAX_INLINE;
    }

    private int entryBytesAt(long entry) {
        return entryBytes(inBlock(entry) ? Long.MAX_VALUE >>> 1 : variableBytes(entry));
    }

    private static boolean inBlock(long entry) {
        return Memory.getInt(entry + 28) != 0;
    }

    private static long variableBytes(long entry) {
        return (long) partitionLength(entry) + orderLength(entry) + rowLength(entry);
    }

    static long hash(long entry) {
        return Memory.getLong(entry);
    }

    static long sequence(long entry) {
        return Memory.getLong(entry + 8);
    }

    static int partitionLength(long entry) {
        return Memory.getInt(entry + 16);
    }

    static int orderLength(long entry) {
        return Memory.getInt(entry + 20);
    }

    static int rowLength(long entry) {
        return Memory.getInt(entry + 24);
    }

    static long fixed(long entry) {
        return entry + ENTRY_HEAD;
    }

    /** Address of the partition key; order key and row follow. */
    long partition(long entry) {
        long variable = entry + ENTRY_HEAD + fixedBytes;
        return inBlock(entry) ? Blocks.bytes(Memory.getLong(variable)) : variable;
    }

    long order(long entry) {
        return partition(entry) + partitionLength(entry);
    }

    long row(long entry) {
        return order(entry) + orderLength(entry);
    }

    int compare(long entry, EntryKey key) {
        int byHash = Long.compareUnsigned(hash(entry), key.hash);
        if (byHash != 0) {
            return byHash;
        }
        long partition = partition(entry);
        int partitionLength = partitionLength(entry);
        int byPartition = SortKeys.compare(partition, partitionLength, key.partition, key.partitionLength);
        if (byPartition != 0 || key.atEnd) {
            return byPartition != 0 ? byPartition : -1;
        }
        int byOrder = SortKeys.compare(partition + partitionLength, orderLength(entry), key.order, key.orderLength);
        return byOrder != 0 ? byOrder : Long.compare(sequence(entry), key.sequence);
    }

    boolean isInPartition(long entry, EntryKey key) {
        return hash(entry) == key.hash
                && SortKeys.compare(partition(entry), partitionLength(entry), key.partition, key.partitionLength) == 0;
    }

    /** The slot of a key, or {@code -(slot where it belongs) - 1}. */
    int search(long page, EntryKey key) {
        int low = 0;
        int high = Page.count(page) - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compare(entry(page, middle), key);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    /** Whether an entry of this size fits in without moving others. */
    static boolean fits(long page, int entryBytes) {
        return Page.HEADER_BYTES + (Page.count(page) + 1) * 2 + entryBytes <= heapBegin(page);
    }

    /** Puts a new entry at a slot; it fits. Returns its address. */
    long insert(PageStore store, String table, long page, int slot, EntryKey key, long row, int rowLength) {
        long variableBytes = (long) key.partitionLength + key.orderLength + rowLength;
        if (variableBytes > Blocks.MAX_LENGTH) {
            throw new IllegalArgumentException("an entry of " + variableBytes + " bytes is too long for state");
        }
        boolean inline = isInline(variableBytes);
        long block = inline ? 0 : Blocks.allocate(store, (int) variableBytes, table);
        long entry = open(page, slot, entryBytes(variableBytes));
        Memory.putLong(entry, key.hash);
        Memory.putLong(entry + 8, key.sequence);
        Memory.putInt(entry + 16, key.partitionLength);
        Memory.putInt(entry + 20, key.orderLength);
        Memory.putInt(entry + 24, rowLength);
        Memory.putInt(entry + 28, inline ? 0 : 1);
        Memory.fill(fixed(entry), fixedBytes, (byte) 0);
        if (!inline) {
            Memory.putLong(fixed(entry) + fixedBytes, block);
        }
        long to = partition(entry);
        Memory.copy(key.partition, to, key.partitionLength);
        Memory.copy(key.order, to + key.partitionLength, key.orderLength);
        if (rowLength > 0) {
            Memory.copy(row, to + key.partitionLength + key.orderLength, rowLength);
        }
        return entry;
    }

    /** Makes room for an entry and its slot. */
    private static long open(long page, int slot, int entryBytes) {
        int begin = heapBegin(page) - entryBytes;
        setHeap(page, begin, deadBytes(page));
        int count = Page.count(page);
        long slots = page + Page.HEADER_BYTES;
        for (int i = count; i > slot; i--) {
            Memory.putShort(slots + i * 2L, Memory.getShort(slots + (i - 1) * 2L));
        }
        Memory.putShort(slots + slot * 2L, (short) (begin >>> 3));
        Page.setCount(page, count + 1);
        return page + begin;
    }

    /** Takes an entry out; its block is let go. */
    void remove(PageStore store, long page, int slot) {
        long entry = entry(page, slot);
        retireBlock(store, entry);
        setHeap(page, heapBegin(page), deadBytes(page) + entryBytesAt(entry));
        int count = Page.count(page);
        long slots = page + Page.HEADER_BYTES;
        for (int i = slot + 1; i < count; i++) {
            Memory.putShort(slots + (i - 1) * 2L, Memory.getShort(slots + i * 2L));
        }
        Page.setCount(page, count - 1);
    }

    void retireBlock(PageStore store, long entry) {
        if (inBlock(entry)) {
            Blocks.retire(store, Memory.getLong(fixed(entry) + fixedBytes));
        }
    }

    /** Appends entries of one page, with their blocks, to another with room for them. */
    void append(long from, int firstSlot, int endSlot, long to) {
        for (int slot = firstSlot; slot < endSlot; slot++) {
            long entry = entry(from, slot);
            int bytes = entryBytesAt(entry);
            Memory.copy(entry, open(to, Page.count(to), bytes), bytes);
        }
    }

    /** The slot that divides a page in about equal halves of bytes, at least one entry in each. */
    int middle(long page, int sizeClass) {
        int half = liveBytes(page, sizeClass) / 2;
        int sum = 0;
        int count = Page.count(page);
        for (int slot = 0; slot < count - 1; slot++) {
            sum += 2 + entryBytesAt(entry(page, slot));
            if (sum >= half) {
                return slot + 1;
            }
        }
        return count - 1;
    }

    /** The lowest bound that separates two neighbours: empty when their hashes do it. */
    byte[] separator(long left, long right) {
        if (hash(left) != hash(right)) {
            return LeafIndex.NO_REST;
        }
        int partitionLength = partitionLength(right);
        int orderLength = 0;
        long sequence = Long.MIN_VALUE;
        boolean samePartition =
                SortKeys.compare(partition(left), partitionLength(left), partition(right), partitionLength) == 0;
        if (samePartition) {
            orderLength = Math.min(orderLength(right), common(order(left), orderLength(left), right) + 1);
            if (SortKeys.compare(order(left), orderLength(left), order(right), orderLength(right)) == 0) {
                sequence = sequence(right);
            }
        }
        return LeafIndex.rest(partition(right), partitionLength, order(right), orderLength, sequence);
    }

    private int common(long leftOrder, int leftLength, long right) {
        long rightOrder = order(right);
        int length = Math.min(leftLength, orderLength(right));
        int common = 0;
        while (common < length && Memory.getByte(leftOrder + common) == Memory.getByte(rightOrder + common)) {
            common++;
        }
        return common;
    }
}
