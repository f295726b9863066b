package io.sabot.executor.state;

import io.sabot.executor.batch.Memory;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A key on the heap, ordered by hash and then by bytes. */
final class HeapKey implements Comparable<HeapKey> {
    private final long hash;
    private final byte[] bytes;

    HeapKey(long hash, byte[] bytes) {
        this.hash = hash;
        this.bytes = bytes;
    }

    long hash() {
        return hash;
    }

    byte[] bytes() {
        return bytes;
    }

    static HeapKey of(KeyBatch keys, int index) {
        return new HeapKey(keys.hash(index), bytes(keys.address(index), keys.length(index)));
    }

    static HeapKey of(byte[] bytes) {
        long copy = Memory.allocate(bytes.length + 8L);
        try {
            Memory.copy(bytes, 0, copy, bytes.length);
            return new HeapKey(KeyHash.hash(copy, bytes.length), bytes);
        } finally {
            Memory.free(copy);
        }
    }

    static byte[] bytes(long address, int length) {
        byte[] bytes = new byte[length];
        Memory.copy(address, bytes, 0, length);
        return bytes;
    }

    @Override
    public int compareTo(HeapKey other) {
        int byHash = Long.compareUnsigned(hash, other.hash);
        return byHash != 0 ? byHash : Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HeapKey key && compareTo(key) == 0;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(hash);
    }

    @Override
    public String toString() {
        return Arrays.toString(bytes);
    }
}
