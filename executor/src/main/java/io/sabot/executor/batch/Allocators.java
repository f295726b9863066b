package io.sabot.executor.batch;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** Makes the root allocators of the process: one per engine, one per test. */
public final class Allocators {
    static {
        ArrowAccess.open();
    }

    private Allocators() {}

    /** A new root without a limit; its owner closes it, which fails if anything is still allocated. */
    public static BufferAllocator root() {
        return new RootAllocator(Long.MAX_VALUE);
    }

    /** A new root that refuses to hold more than {@code limitBytes}. */
    public static BufferAllocator root(long limitBytes) {
        return new RootAllocator(limitBytes);
    }
}
