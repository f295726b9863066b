package io.sabot.executor.state;

import io.sabot.executor.batch.Memory;

/**
 * How the records of one table lie in its pages: open addressing with linear probing over slots of one width.
 *
 * <pre>
 *   page:  │ header 64 │ slot 0 │ slot 1 │ …          at most 7/8 of the slots are taken
 *
 *   slot:  │ meta 8 │ key body │ fixed part │ tail reference 16 (tables with tails) │
 *
 *   meta, bits  63      56 55          33   32    31                 0
 *               │ key flags │ reserved  │ used │ top 32 bits of hash │
 *
 *   key body:  fixed keys     body, padded with zeros to 8
 *              variable keys  │ 12 bytes of body, or block address and 4 zeros │ body length 4 │
 *   tail reference:           │ block address 8, 0 = none │ length 4 │ 0 │
 * </pre>
 *
 * <p>The flag byte is the last byte of the meta word, so a key's bytes are contiguous: flags, then body. Free slots are all
 * zeros. Removal shifts later records back, there are no tombstones.
 */
final class SlotLayout {
    static final long USED = 1L << 32;
    /** The bits of the meta word that take part in comparing keys. */
    static final long KEY_MASK = 0xFF00_0001_FFFF_FFFFL;

    private static final long REMIX = 0xD1B5_4A32_D192_ED03L;
    private static final int INLINE_BODY = 12;

    final boolean variable;
    final int bodyWords;
    final int bodyBytes;
    /** From the slot to the fixed part. */
    final int fixedOffset;

    final int fixedBytes;
    final boolean hasTail;
    final int tailOffset;
    final int stride;
    final int smallestClass;
    /** The size from which pages split. */
    final int fullClass;

    final int[] slots = new int[Page.LARGEST_CLASS + 1];

    SlotLayout(RecordSpec spec) {
        variable = !spec.keys().isFixed();
        bodyBytes = spec.keys().bodyBytes();
        bodyWords = variable ? 2 : spec.keys().bodyWords();
        fixedOffset = 8 + bodyWords * 8;
        fixedBytes = spec.fixedBytes();
        hasTail = spec.hasTail();
        tailOffset = fixedOffset + fixedBytes;
        stride = tailOffset + (hasTail ? 16 : 0);
        for (int c = 0; c <= Page.LARGEST_CLASS; c++) {
            slots[c] = (Page.bytes(c) - Page.HEADER_BYTES) / stride;
        }
        smallestClass = firstClassWith(2);
        fullClass = Math.max(4, firstClassWith(8));
    }

    private int firstClassWith(int slotCount) {
        int c = 0;
        while (slots[c] < slotCount) {
            c++;
        }
        return c;
    }

    /** Records a page of this class may hold; at least one slot stays free, so that probing ends. */
    int limit(int sizeClass) {
        int all = slots[sizeClass];
        return Math.min(all - 1, all - (all >>> 2));
    }

    /** The slot where probing begins: a re-mix of the hash's top bits, of which pages share a prefix. */
    static int home(long meta, int slotCount) {
        long mixed = (meta & 0xFFFF_FFFFL) * REMIX;
        return (int) (((mixed >>> 32) * slotCount) >>> 32);
    }

    static long firstSlot(long page) {
        return page + Page.HEADER_BYTES;
    }

    long end(long page, int sizeClass) {
        return page + Page.HEADER_BYTES + (long) slots[sizeClass] * stride;
    }

    /** Finds the slot of a key of a batch in a page; 0 when it is not there. */
    long find(long page, int sizeClass, long want, long keySlot, int bodyLength) {
        int slotCount = slots[sizeClass];
        long first = firstSlot(page);
        long end = first + (long) slotCount * stride;
        long slot = first + (long) home(want, slotCount) * stride;
        for (; ; ) {
            long meta = Memory.getLong(slot);
            if (((meta ^ want) & KEY_MASK) == 0 && sameBody(slot, keySlot, bodyLength)) {
                return slot;
            }
            if (meta == 0) {
                return 0;
            }
            slot += stride;
            if (slot == end) {
                slot = first;
            }
        }
    }

    boolean sameBody(long slot, long keySlot, int bodyLength) {
        if (!variable) {
            return sameWords(slot + 8, keySlot + 8, bodyWords);
        }
        if (Memory.getInt(slot + 20) != bodyLength) {
            return false;
        }
        if (bodyLength <= INLINE_BODY) {
            // a batch pads keys with zeros to 8 bytes only: the second word is there when the body is longer than one
            return Memory.getLong(slot + 8) == (bodyLength == 0 ? 0 : Memory.getLong(keySlot + 8))
                    && Memory.getInt(slot + 16) == (bodyLength <= 8 ? 0 : Memory.getInt(keySlot + 16));
        }
        return sameWords(Blocks.bytes(Memory.getLong(slot + 8)) + 8, keySlot + 8, (bodyLength + 7) >>> 3);
    }

    static boolean sameWords(long a, long b, int words) {
        for (int i = 0; i < words; i++) {
            if (Memory.getLong(a + i * 8L) != Memory.getLong(b + i * 8L)) {
                return false;
            }
        }
        return true;
    }

    /** Puts a new key, which must not be there, into a page with room. Returns its slot. */
    long insert(PageStore store, String table, long entry, long want, long keySlot, int bodyLength) {
        long page = Page.address(entry);
        long block = 0;
        if (variable && bodyLength > INLINE_BODY) {
            block = Blocks.allocate(store, 8 + ((bodyLength + 7) & ~7), table);
            copyWords(keySlot, Blocks.bytes(block), 1 + ((bodyLength + 7) >>> 3));
        }
        long slot = freeSlot(page, Page.sizeClass(entry), want);
        Memory.putLong(slot, want);
        if (!variable) {
            copyWords(keySlot + 8, slot + 8, bodyWords);
        } else {
            if (block != 0) {
                Memory.putLong(slot + 8, block);
            } else if (bodyLength > 0) {
                Memory.putLong(slot + 8, Memory.getLong(keySlot + 8));
                if (bodyLength > 8) {
                    Memory.putInt(slot + 16, Memory.getInt(keySlot + 16));
                }
            }
            Memory.putInt(slot + 20, bodyLength);
        }
        Page.setCount(page, Page.count(page) + 1);
        return slot;
    }

    private long freeSlot(long page, int sizeClass, long meta) {
        int slotCount = slots[sizeClass];
        long first = firstSlot(page);
        long end = first + (long) slotCount * stride;
        long slot = first + (long) home(meta, slotCount) * stride;
        while (Memory.getLong(slot) != 0) {
            slot += stride;
            if (slot == end) {
                slot = first;
            }
        }
        return slot;
    }

    /** Copies a record as it is, with its references, into a page with room. */
    void copyRecord(long slot, long toEntry) {
        long page = Page.address(toEntry);
        copyWords(slot, freeSlot(page, Page.sizeClass(toEntry), Memory.getLong(slot)), stride >>> 3);
        Page.setCount(page, Page.count(page) + 1);
    }

    /** Copies all records of a page into another with room. */
    void copyAll(long fromEntry, long toEntry) {
        long page = Page.address(fromEntry);
        long end = end(page, Page.sizeClass(fromEntry));
        for (long slot = firstSlot(page); slot < end; slot += stride) {
            if (Memory.getLong(slot) != 0) {
                copyRecord(slot, toEntry);
            }
        }
    }

    /** Takes a record out of a writable page: blocks are let go, later records of its chain move back. */
    void remove(PageStore store, long entry, long slot) {
        retireBlocks(store, slot);
        long page = Page.address(entry);
        int slotCount = slots[Page.sizeClass(entry)];
        long first = firstSlot(page);
        int hole = (int) ((slot - first) / stride);
        int at = hole;
        for (; ; ) {
            at = at + 1 == slotCount ? 0 : at + 1;
            long candidate = first + (long) at * stride;
            long meta = Memory.getLong(candidate);
            if (meta == 0) {
                break;
            }
            int home = home(meta, slotCount);
            boolean homeBehindHole = hole <= at ? hole < home && home <= at : hole < home || home <= at;
            if (!homeBehindHole) {
                copyWords(candidate, first + (long) hole * stride, stride >>> 3);
                hole = at;
            }
        }
        Memory.fill(first + (long) hole * stride, stride, (byte) 0);
        Page.setCount(page, Page.count(page) - 1);
    }

    /** Whether records refer to blocks. */
    boolean hasBlocks() {
        return variable || hasTail;
    }

    void retireBlocks(PageStore store, long slot) {
        if (variable && Memory.getInt(slot + 20) > INLINE_BODY) {
            Blocks.retire(store, Memory.getLong(slot + 8));
        }
        if (hasTail) {
            long tail = Memory.getLong(slot + tailOffset);
            if (tail != 0) {
                Blocks.retire(store, tail);
            }
        }
    }

    long keyAddress(long slot) {
        boolean inBlock = variable && Memory.getInt(slot + 20) > INLINE_BODY;
        return (inBlock ? Blocks.bytes(Memory.getLong(slot + 8)) : slot) + 7;
    }

    int keyLength(long slot) {
        return 1 + (variable ? Memory.getInt(slot + 20) : bodyBytes);
    }

    long tailAddress(long slot) {
        long block = Memory.getLong(slot + tailOffset);
        return block == 0 ? 0 : Blocks.bytes(block);
    }

    int tailLength(long slot) {
        return Memory.getInt(slot + tailOffset + 8);
    }

    private static void copyWords(long from, long to, int words) {
        for (int i = 0; i < words; i++) {
            Memory.putLong(to + i * 8L, Memory.getLong(from + i * 8L));
        }
    }
}
