package io.sabot.executor.batch;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;

/** Copies selected rows of a vector into a new one. Indices may repeat and need no order; -1 gives NULL. */
public final class Gather {
    private Gather() {}

    /** The rows selected as a new vector, owned by the caller. */
    public static FieldVector take(FieldVector vector, Selection selection, BufferAllocator allocator) {
        FieldVector taken = vector.getField().createVector(allocator);
        try {
            if (vector instanceof BaseVariableWidthVector text) {
                takeBytes(text, selection, (BaseVariableWidthVector) taken);
            } else if (vector instanceof BaseFixedWidthVector fixed && !(vector instanceof BitVector)) {
                takeFixed(fixed, selection, (BaseFixedWidthVector) taken);
            } else {
                takeGeneric(vector, selection, taken);
            }
            taken.setValueCount(selection.count());
            return taken;
        } catch (RuntimeException | Error e) {
            taken.close();
            throw e;
        }
    }

    private static void takeGeneric(FieldVector vector, Selection selection, FieldVector taken) {
        taken.setInitialCapacity(selection.count());
        taken.allocateNew();
        int[] indices = selection.indices();
        for (int i = 0; i < selection.count(); i++) {
            if (indices[i] < 0) {
                taken.setNull(i);
            } else {
                taken.copyFromSafe(indices[i], i, vector);
            }
        }
    }

    private static void takeFixed(BaseFixedWidthVector vector, Selection selection, BaseFixedWidthVector taken) {
        int count = selection.count();
        taken.allocateNew(Math.max(1, count));
        int[] indices = selection.indices();
        long from = vector.getDataBufferAddress();
        long to = taken.getDataBufferAddress();
        switch (vector.getTypeWidth()) {
            case 8 -> {
                for (int i = 0; i < count; i++) {
                    int index = indices[i];
                    Memory.putLong(to + ((long) i << 3), index < 0 ? 0 : Memory.getLong(from + ((long) index << 3)));
                }
            }
            case 4 -> {
                for (int i = 0; i < count; i++) {
                    int index = indices[i];
                    Memory.putInt(to + ((long) i << 2), index < 0 ? 0 : Memory.getInt(from + ((long) index << 2)));
                }
            }
            default -> {
                int width = vector.getTypeWidth();
                for (int i = 0; i < count; i++) {
                    if (indices[i] >= 0) {
                        Memory.copy(from + (long) indices[i] * width, to + (long) i * width, width);
                    }
                }
            }
        }
        takeValidity(vector, vector.getValidityBufferAddress(), selection, taken.getValidityBufferAddress());
    }

    private static void takeBytes(BaseVariableWidthVector vector, Selection selection, BaseVariableWidthVector taken) {
        int count = selection.count();
        int[] indices = selection.indices();
        long offsets = vector.getOffsetBufferAddress();
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            if (indices[i] >= 0) {
                long at = offsets + ((long) indices[i] << 2);
                bytes += Memory.getInt(at + 4) - Memory.getInt(at);
            }
        }
        taken.allocateNew(Math.max(8, bytes), Math.max(1, count));
        long from = vector.getDataBufferAddress();
        long to = taken.getDataBufferAddress();
        long toOffsets = taken.getOffsetBufferAddress();
        int end = 0;
        Memory.putInt(toOffsets, 0);
        for (int i = 0; i < count; i++) {
            if (indices[i] >= 0) {
                long at = offsets + ((long) indices[i] << 2);
                int start = Memory.getInt(at);
                int length = Memory.getInt(at + 4) - start;
                Memory.copy(from + start, to + end, length);
                end += length;
            }
            Memory.putInt(toOffsets + ((long) (i + 1) << 2), end);
        }
        takeValidity(vector, vector.getValidityBufferAddress(), selection, taken.getValidityBufferAddress());
        taken.setLastSet(count - 1);
    }

    private static void takeValidity(FieldVector vector, long from, Selection selection, long to) {
        int count = selection.count();
        int[] indices = selection.indices();
        if (vector.getNullCount() == 0 && !anyNegative(indices, count)) {
            Memory.fill(to, (count + 7) >> 3, (byte) -1);
            return;
        }
        Memory.fill(to, (count + 7) >> 3, (byte) 0);
        for (int i = 0; i < count; i++) {
            if (indices[i] >= 0 && Memory.getBit(from, indices[i])) {
                Memory.setBit(to, i);
            }
        }
    }

    private static boolean anyNegative(int[] indices, int count) {
        int signs = 0;
        for (int i = 0; i < count; i++) {
            signs |= indices[i];
        }
        return signs < 0;
    }
}
