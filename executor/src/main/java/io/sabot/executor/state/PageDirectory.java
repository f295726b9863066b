package io.sabot.executor.state;

import java.util.Arrays;

/**
 * Extendible hashing: which page holds which hashes. The top {@code depth} bits of a hash are an index into the entries; a
 * page of smaller depth fills several entries in a row. Entries are described in {@link Page}.
 */
final class PageDirectory {
    private long[] entries = new long[1];
    private int depth;

    long[] entries() {
        return entries;
    }

    int depth() {
        return depth;
    }

    /** What to shift {@code hash >>> 1} by, so that a depth of 0 needs no case of its own. */
    int shift() {
        return 63 - depth;
    }

    int index(long hash) {
        return (int) ((hash >>> 1) >>> (63 - depth));
    }

    long entry(int index) {
        return entries[index];
    }

    /** Puts an entry at all places of a prefix, deepening the directory where needed. */
    void set(long start, int pageDepth, long entry) {
        while (pageDepth > depth) {
            deepen();
        }
        int first = index(start);
        Arrays.fill(entries, first, first + (1 << (depth - pageDepth)), entry);
    }

    private void deepen() {
        long[] deeper = new long[entries.length * 2];
        for (int i = 0; i < entries.length; i++) {
            deeper[2 * i] = entries[i];
            deeper[2 * i + 1] = entries[i];
        }
        entries = deeper;
        depth++;
    }

    /** A copy for a snapshot; afterwards no entry is writable. */
    long[] freeze() {
        for (int i = 0; i < entries.length; i++) {
            entries[i] &= ~Page.WRITABLE;
        }
        return entries.clone();
    }

    /** The hash bits that a prefix of this depth leaves open, all set. */
    static long suffix(int depth) {
        return depth == 64 ? 0 : -1L >>> depth;
    }

    /** Whether no page is set at a prefix. */
    boolean isEmptyAt(long start, int prefixDepth) {
        int first = index(start);
        int width = prefixDepth >= depth ? 1 : 1 << (depth - prefixDepth);
        for (int i = first; i < first + width; i++) {
            if (entries[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** The first entry at a prefix that is not empty. */
    long firstEntry(long start, int prefixDepth) {
        int at = index(start);
        while (entries[at] == 0) {
            at++;
        }
        assert at < index(start) + (1 << (depth - prefixDepth)) : "the prefix is empty";
        return entries[at];
    }

    /** Forgets all entries. */
    void clear() {
        entries = new long[1];
        depth = 0;
    }

    /** The index behind the page at {@code index}. */
    static int next(long[] entries, int depth, int index) {
        long entry = entries[index];
        return entry == 0 ? index + 1 : index + (1 << (depth - Page.depth(Page.address(entry))));
    }
}
