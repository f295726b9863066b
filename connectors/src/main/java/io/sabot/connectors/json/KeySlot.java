package io.sabot.connectors.json;

import io.sabot.executor.batch.Memory;
import org.jspecify.annotations.Nullable;

/**
 * What stood between two values of an object once, comma, blanks, key and colon, as words to compare with: {@code
 * ,"price":}. Remembers what came behind it, since the next record will mostly have the same there.
 */
final class KeySlot {
    /** Longest stretch that is learnt; as many bytes are readable behind every record. */
    static final int BYTES_MAX = 64;

    final int length;
    /** What to fill with the value; null where the value is not wanted or an object. */
    final @Nullable Leaf leaf;
    /** Fields of the value to fill; null where the value is no such object. */
    final @Nullable ObjectPlan object;

    /** What followed last. */
    @Nullable
    KeySlot next;

    /** What followed before that. */
    @Nullable
    KeySlot alternate;

    private final long word0;
    private final long mask0;
    private final long word1;
    private final long mask1;
    private final long[] words;
    private final long[] masks;

    KeySlot(long address, int length, @Nullable Leaf leaf, @Nullable ObjectPlan object) {
        this.length = length;
        this.leaf = leaf;
        this.object = object;
        this.mask0 = mask(length);
        this.word0 = Memory.getLong(address) & mask0;
        this.mask1 = mask(length - 8);
        this.word1 = Memory.getLong(address + 8) & mask1;
        this.words = new long[Math.max(0, (length - 9) / 8)];
        this.masks = new long[words.length];
        for (int i = 0; i < words.length; i++) {
            masks[i] = mask(length - 16 - i * 8);
            words[i] = Memory.getLong(address + 16 + i * 8L) & masks[i];
        }
    }

    /** A slot of a key that is too long to be learnt, or of none; never compared with. */
    KeySlot(int length, @Nullable Leaf leaf, @Nullable ObjectPlan object) {
        this.length = length;
        this.leaf = leaf;
        this.object = object;
        this.mask0 = 0;
        this.word0 = 0;
        this.mask1 = 0;
        this.word1 = 0;
        this.words = new long[0];
        this.masks = words;
    }

    private static long mask(int bytes) {
        return bytes <= 0 ? 0 : bytes >= 8 ? -1 : -1L >>> (64 - bytes * 8);
    }

    /** Whether the same bytes stand there. */
    boolean matches(long address) {
        long difference = ((Memory.getLong(address) ^ word0) & mask0) | ((Memory.getLong(address + 8) ^ word1) & mask1);
        return difference == 0 && (length <= 16 || matchesRest(address + 16));
    }

    private boolean matchesRest(long address) {
        for (int i = 0; i < words.length; i++) {
            if (((Memory.getLong(address + i * 8L) ^ words[i]) & masks[i]) != 0) {
                return false;
            }
        }
        return true;
    }
}
