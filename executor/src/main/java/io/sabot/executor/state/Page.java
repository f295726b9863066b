package io.sabot.executor.state;

import io.sabot.executor.batch.Memory;

/**
 * The header that every page in memory begins with, and the words of a page directory.
 *
 * <pre>
 *   page (256 B … 4 KiB, more where records are wide)
 *   0        8         16       24        32        40       48    64
 *   │ start  │depth│cnt│ madeIn │changedIn│createdIn│ extra  │     │ records …
 *
 *   directory entry
 *   63                                   8    7      4   3..0
 *   │ address (256-byte aligned) or 0     │ … │WRITABLE│ size class │
 * </pre>
 *
 * <p>{@code start}: lowest hash of the prefix, {@code depth}: its bits. {@code madeIn}: generation of this frame, so
 * whether a snapshot reads it. {@code changedIn}: generation of the last write, so whether a checkpoint must write it.
 * {@code createdIn}: generation in which the stored key came to be, so whether a checkpoint must delete it.
 *
 * <p>An entry is WRITABLE while its page was un-shared and marked changed in the present generation; a freeze clears the
 * bit everywhere, so the hot loop needs one test and never reads the header. An entry of 0 is a hash range outside of the
 * task. Entries for pages on disk (evicted, or not yet read) will be addresses of 0 with a location: loops already leave
 * for the slow path when an entry is not WRITABLE.
 */
final class Page {
    static final int HEADER_BYTES = 64;
    static final int SMALLEST_BYTES = 256;
    static final int LARGEST_CLASS = 15;

    static final long CLASS_MASK = 0xF;
    static final long WRITABLE = 0x10;
    private static final long ADDRESS_MASK = -256L;

    private Page() {}

    static long address(long entry) {
        return entry & ADDRESS_MASK;
    }

    static int sizeClass(long entry) {
        return (int) (entry & CLASS_MASK);
    }

    static int bytes(int sizeClass) {
        return SMALLEST_BYTES << sizeClass;
    }

    static boolean isWritable(long entry) {
        return (entry & WRITABLE) != 0;
    }

    static long start(long page) {
        return Memory.getLong(page);
    }

    static void setStart(long page, long start) {
        Memory.putLong(page, start);
    }

    static int depth(long page) {
        return Memory.getInt(page + 8);
    }

    static void setDepth(long page, int depth) {
        Memory.putInt(page + 8, depth);
    }

    static int count(long page) {
        return Memory.getInt(page + 12);
    }

    static void setCount(long page, int count) {
        Memory.putInt(page + 12, count);
    }

    static long madeIn(long page) {
        return Memory.getLong(page + 16);
    }

    static void setMadeIn(long page, long generation) {
        Memory.putLong(page + 16, generation);
    }

    static long changedIn(long page) {
        return Memory.getLong(page + 24);
    }

    static void setChangedIn(long page, long generation) {
        Memory.putLong(page + 24, generation);
    }

    static long createdIn(long page) {
        return Memory.getLong(page + 32);
    }

    static void setCreatedIn(long page, long generation) {
        Memory.putLong(page + 32, generation);
    }

    /** A word whose meaning belongs to the table. */
    static long extra(long page) {
        return Memory.getLong(page + 40);
    }

    static void setExtra(long page, long value) {
        Memory.putLong(page + 40, value);
    }

    /** A new page of the present generation; with the entry, which is writable. */
    static long allocate(PageStore store, int sizeClass, String table) {
        long page = store.allocate(bytes(sizeClass), table);
        setMadeIn(page, store.generation());
        setChangedIn(page, store.generation());
        setCreatedIn(page, store.generation());
        return page | sizeClass | WRITABLE;
    }

    /** Lets go of a page. */
    static void retire(PageStore store, long entry) {
        long page = address(entry);
        store.retire(page, bytes(sizeClass(entry)), madeIn(page));
    }

    /** The entry of the same page made writable: a page that a snapshot reads is copied first. */
    static long unshare(PageStore store, long entry, String table) {
        long page = address(entry);
        long generation = store.generation();
        if (!store.isFrozen(madeIn(page))) {
            setChangedIn(page, generation);
            return entry | WRITABLE;
        }
        int bytes = bytes(sizeClass(entry));
        long copy = store.allocate(bytes, table);
        Memory.copy(page, copy, bytes);
        setMadeIn(copy, generation);
        setChangedIn(copy, generation);
        retire(store, entry);
        return copy | sizeClass(entry) | WRITABLE;
    }
}
