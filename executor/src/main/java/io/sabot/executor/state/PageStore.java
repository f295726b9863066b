package io.sabot.executor.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Frames of one task's tables, and which of them snapshots still need.
 *
 * <p>Time is counted in generations: a freeze ends one. A frame carries the generation it was made in; a snapshot of
 * generation g needs every frame made in g or before that was still in use at g. A table that lets go of a frame
 * {@link #retire}s it: it is freed at once or with the last snapshot that needs it.
 *
 * <p>{@link #freeze} and {@link #retire} are called on the task's thread, {@link #thaw} on any.
 */
final class PageStore implements AutoCloseable {
    private final FramePool pool;
    private final List<DeletedKey> deletedKeys = new ArrayList<>();
    private long generation = 1;
    private long checkpointGeneration;
    private volatile long newestFrozen;
    private long[] openSnapshots = new long[4];
    private int openCount;
    private long[] retired = new long[64];
    private int retiredCount;
    private boolean closed;

    PageStore(MemoryBudget budget) {
        pool = new FramePool(budget);
    }

    FramePool pool() {
        return pool;
    }

    long allocate(int bytes, String table) {
        return pool.allocate(bytes, table);
    }

    /** The present generation: goes into every frame made now. */
    long generation() {
        return generation;
    }

    /** Whether a frame may be read by a snapshot, so must be copied before it is written. */
    boolean isFrozen(long madeIn) {
        return madeIn <= newestFrozen;
    }

    /** Ends the present generation and keeps its frames until {@link #thaw} is called with the number returned. */
    synchronized long freeze() {
        long frozen = generation++;
        if (openCount == openSnapshots.length) {
            openSnapshots = Arrays.copyOf(openSnapshots, openCount * 2);
        }
        openSnapshots[openCount++] = frozen;
        newestFrozen = frozen;
        return frozen;
    }

    /** A snapshot is closed: frees what only it needed. */
    synchronized void thaw(long frozen) {
        int at = 0;
        while (openSnapshots[at] != frozen) {
            at++;
        }
        openSnapshots[at] = openSnapshots[--openCount];
        long newest = 0;
        for (int i = 0; i < openCount; i++) {
            newest = Math.max(newest, openSnapshots[i]);
        }
        newestFrozen = newest;
        int kept = 0;
        for (int i = 0; i < retiredCount; i++) {
            int from = i * 4;
            if (isNeeded(retired[from + 2], retired[from + 3])) {
                System.arraycopy(retired, from, retired, kept * 4, 4);
                kept++;
            } else {
                pool.free(retired[from], (int) retired[from + 1]);
            }
        }
        retiredCount = kept;
        if (closed && openCount == 0) {
            pool.close();
        }
    }

    private boolean isNeeded(long madeIn, long retiredIn) {
        for (int i = 0; i < openCount; i++) {
            if (openSnapshots[i] >= madeIn && openSnapshots[i] < retiredIn) {
                return true;
            }
        }
        return false;
    }

    /** The table no longer uses a frame. */
    void retire(long frame, int bytes, long madeIn) {
        if (!isFrozen(madeIn)) {
            pool.free(frame, bytes);
            return;
        }
        retireFrozen(frame, bytes, madeIn);
    }

    private synchronized void retireFrozen(long frame, int bytes, long madeIn) {
        if (!isNeeded(madeIn, generation)) {
            pool.free(frame, bytes);
            return;
        }
        int at = retiredCount * 4;
        if (at == retired.length) {
            retired = Arrays.copyOf(retired, at * 2);
        }
        retired[at] = frame;
        retired[at + 1] = bytes;
        retired[at + 2] = madeIn;
        retired[at + 3] = generation;
        retiredCount++;
    }

    /** Frames that are kept for snapshots only. */
    synchronized int retiredCount() {
        return retiredCount;
    }

    /** Whether a page that came to be in this generation may be in a checkpoint. */
    boolean mayBeStored(long createdIn) {
        return createdIn <= checkpointGeneration;
    }

    /** A stored page is gone: the next checkpoint deletes its key. */
    void delete(byte[] storedKey) {
        deletedKeys.add(new DeletedKey(storedKey, generation));
    }

    /** Says that a frozen generation is being written as a checkpoint. Returns the keys to delete in it. */
    List<byte[]> beginCheckpoint(long frozen) {
        checkpointGeneration = frozen;
        return deletedKeys.stream().map(deleted -> deleted.key).toList();
    }

    /** The checkpoint of this generation is complete: its deletions need not be repeated. */
    void endCheckpoint(long frozen) {
        deletedKeys.removeIf(deleted -> deleted.generation <= frozen);
    }

    /** Frees everything: at once, or with the last snapshot that is still open. Tables gave their frames back before. */
    @Override
    public synchronized void close() {
        closed = true;
        if (openCount == 0) {
            pool.close();
        }
    }

    private static final class DeletedKey {
        final byte[] key;
        final long generation;

        DeletedKey(byte[] key, long generation) {
            this.key = key;
            this.generation = generation;
        }
    }
}
