package io.sabot.executor.state;

import io.sabot.executor.batch.Memory;

/**
 * The 64-bit hash of a key in canonical encoding, version 1. It is on disk (page ranges, key groups) and must never change.
 *
 * <p>With a key of {@code length} bytes, {@code flags} its first byte, and w1 … wk the rest as little-endian 8-byte words, the
 * last one padded with zeros:
 *
 * <pre>
 *   h = SEED + ((length &lt;&lt; 8) | flags) * STEP
 *   for each w:  h = (h ^ w) * STEP;  h = h ^ (h &gt;&gt;&gt; 32)
 *   h = finalizer(h)                      (Stafford's variant 13 of MurmurHash3's)
 * </pre>
 *
 * <p>The top bits choose the key group and the page, the top 32 bits are kept with the record; slots inside a page come
 * from a re-mix of those ({@link SlotLayout#home}). Not a defence against chosen keys.
 */
public final class KeyHash {
    /** Stands in checkpoints; another version is another function. */
    public static final int VERSION = 1;

    static final long SEED = 0x5AB0_7000_0000_0001L;
    static final long STEP = 0x9E37_79B9_7F4A_7C15L;

    private KeyHash() {}

    /** Hash of the key at an address, in canonical encoding. */
    public static long hash(long address, int length) {
        int flags = Memory.getByte(address) & 0xFF;
        long h = start(length, flags);
        long at = address + 1;
        long end = address + length;
        for (; at + 8 <= end; at += 8) {
            h = step(h, Memory.getLong(at));
        }
        if (at < end) {
            long word = 0;
            for (int shift = 0; at < end; at++, shift += 8) {
                word |= (Memory.getByte(at) & 0xFFL) << shift;
            }
            h = step(h, word);
        }
        return finish(h);
    }

    static long start(int length, int flags) {
        return SEED + (((long) length << 8) | flags) * STEP;
    }

    static long step(long h, long word) {
        long mixed = (h ^ word) * STEP;
        return mixed ^ (mixed >>> 32);
    }

    static long finish(long h) {
        long mixed = (h ^ (h >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ (mixed >>> 31);
    }
}
