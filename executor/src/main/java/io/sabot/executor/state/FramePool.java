package io.sabot.executor.state;

import io.sabot.executor.batch.Memory;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Off-heap frames of many sizes for the tables of one task.
 *
 * <p>Sizes are rounded up to 2ⁿ or 1½·2ⁿ. Frames up to 32 KiB are cut from slabs of one size; a slab that is all free goes
 * back to the system unless it is the last of its size. Larger frames are taken one by one. Frames are 16-byte aligned,
 * those of a power of two from 256 bytes on are aligned to 256. Contents are zero. Safe for all threads, since a snapshot
 * may be closed on another thread than the task's.
 */
final class FramePool implements AutoCloseable {
    private static final int LARGEST_POOLED = 32 << 10;
    private static final int ALIGNMENT = 256;

    private final MemoryBudget budget;
    private final SizeClass[] classes = new SizeClass[2 * 32];
    private long[] slabBases = new long[16];
    private Slab[] slabs = new Slab[16];
    private int slabCount;
    private long framesInUse;
    private long bytesInUse;

    FramePool(MemoryBudget budget) {
        this.budget = budget;
    }

    /** Bytes that a frame of at least {@code bytes} has. */
    static int roundUp(int bytes) {
        if (bytes <= 32) {
            return 32;
        }
        int power = Integer.highestOneBit(bytes - 1);
        return bytes <= power + (power >>> 1) ? power + (power >>> 1) : power << 1;
    }

    private static int classOf(int rounded) {
        int power = Integer.highestOneBit(rounded);
        return 2 * Integer.numberOfTrailingZeros(power) + (rounded == power ? 0 : 1);
    }

    /** A frame of at least {@code bytes}, all zero. */
    synchronized long allocate(int bytes, String table) {
        int rounded = roundUp(bytes);
        long frame = rounded > LARGEST_POOLED ? allocateLarge(rounded, table) : allocatePooled(rounded, table);
        framesInUse++;
        bytesInUse += rounded;
        return frame;
    }

    private long allocateLarge(int rounded, String table) {
        long total = rounded + (long) ALIGNMENT + 8;
        budget.reserve(total, table);
        long raw = Memory.allocate(total);
        long frame = align(raw + 8);
        Memory.putLong(frame - 8, raw);
        Memory.fill(frame, rounded, (byte) 0);
        return frame;
    }

    private long allocatePooled(int rounded, String table) {
        int index = classOf(rounded);
        SizeClass sizeClass = classes[index];
        if (sizeClass == null) {
            sizeClass = new SizeClass(rounded);
            classes[index] = sizeClass;
        }
        Slab slab = sizeClass.withRoom.peekFirst();
        if (slab == null) {
            slab = addSlab(sizeClass, table);
        }
        long frame = slab.take();
        if (slab.isFull()) {
            sizeClass.withRoom.removeFirst();
        }
        return frame;
    }

    private Slab addSlab(SizeClass sizeClass, String table) {
        int frames = sizeClass.nextSlabFrames();
        long total = (long) frames * sizeClass.frameBytes + ALIGNMENT;
        budget.reserve(total, table);
        Slab slab = new Slab(sizeClass, Memory.allocate(total), total, frames);
        int at = -Arrays.binarySearch(slabBases, 0, slabCount, slab.base) - 1;
        if (slabCount == slabs.length) {
            slabs = Arrays.copyOf(slabs, slabCount * 2);
            slabBases = Arrays.copyOf(slabBases, slabCount * 2);
        }
        System.arraycopy(slabs, at, slabs, at + 1, slabCount - at);
        System.arraycopy(slabBases, at, slabBases, at + 1, slabCount - at);
        slabs[at] = slab;
        slabBases[at] = slab.base;
        slabCount++;
        sizeClass.slabs++;
        sizeClass.withRoom.addFirst(slab);
        return slab;
    }

    /** Gives a frame back that was allocated with the same {@code bytes}. */
    synchronized void free(long frame, int bytes) {
        int rounded = roundUp(bytes);
        framesInUse--;
        bytesInUse -= rounded;
        if (rounded > LARGEST_POOLED) {
            Memory.free(Memory.getLong(frame - 8));
            budget.release(rounded + (long) ALIGNMENT + 8);
            return;
        }
        int found = Arrays.binarySearch(slabBases, 0, slabCount, frame);
        int at = found >= 0 ? found : -found - 2;
        Slab slab = slabs[at];
        assert slab.sizeClass.frameBytes == rounded && slab.holds(frame) : "freed with another size";
        boolean wasFull = slab.isFull();
        slab.give(frame);
        if (wasFull) {
            slab.sizeClass.withRoom.addLast(slab);
        }
        if (slab.live == 0 && slab.sizeClass.slabs > 1) {
            slab.sizeClass.withRoom.remove(slab);
            slab.sizeClass.slabs--;
            removeSlab(at);
        }
    }

    private void removeSlab(int at) {
        Slab slab = slabs[at];
        System.arraycopy(slabs, at + 1, slabs, at, slabCount - at - 1);
        System.arraycopy(slabBases, at + 1, slabBases, at, slabCount - at - 1);
        slabCount--;
        Memory.free(slab.raw);
        budget.release(slab.totalBytes);
    }

    /** Frames that are out; 0 when nothing leaks. */
    synchronized long framesInUse() {
        return framesInUse;
    }

    /** Bytes of the frames that are out. */
    synchronized long bytesInUse() {
        return bytesInUse;
    }

    /** Gives all memory back. Frames that are still out are a leak: an error in tests, freed anyway otherwise. */
    @Override
    public synchronized void close() {
        while (slabCount > 0) {
            removeSlab(slabCount - 1);
        }
        Arrays.fill(classes, null);
        long leaked = framesInUse;
        framesInUse = 0;
        bytesInUse = 0;
        assert leaked == 0 : leaked + " frames of state were not given back";
    }

    private static long align(long address) {
        return (address + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /** Slabs of one frame size. */
    private static final class SizeClass {
        final int frameBytes;
        final ArrayDeque<Slab> withRoom = new ArrayDeque<>();
        int slabs;

        SizeClass(int frameBytes) {
            this.frameBytes = frameBytes;
        }

        /** The first slab of a size is small, so that a small job stays small. */
        int nextSlabFrames() {
            int slabBytes = slabs == 0 ? 16 << 10 : slabs < 4 ? 64 << 10 : 512 << 10;
            return Math.max(4, slabBytes / frameBytes);
        }
    }

    /** One stretch of memory cut into frames; free ones are linked through their first word. */
    private static final class Slab {
        final SizeClass sizeClass;
        final long raw;
        final long base;
        final long totalBytes;
        final int frames;
        int live;
        private int everUsed;
        private long freeHead;

        Slab(SizeClass sizeClass, long raw, long totalBytes, int frames) {
            this.sizeClass = sizeClass;
            this.raw = raw;
            this.base = align(raw);
            this.totalBytes = totalBytes;
            this.frames = frames;
        }

        boolean isFull() {
            return live == frames;
        }

        boolean holds(long frame) {
            return frame >= base && frame < base + (long) frames * sizeClass.frameBytes;
        }

        long take() {
            long frame = freeHead;
            if (frame != 0) {
                freeHead = Memory.getLong(frame);
            } else {
                frame = base + (long) everUsed * sizeClass.frameBytes;
                everUsed++;
            }
            live++;
            Memory.fill(frame, sizeClass.frameBytes, (byte) 0);
            return frame;
        }

        void give(long frame) {
            Memory.putLong(frame, freeHead);
            freeHead = frame;
            live--;
        }
    }

    @Override
    public synchronized String toString() {
        return "FramePool[frames=" + framesInUse + ", bytes=" + bytesInUse + ", slabs=" + slabCount + "]";
    }
}
