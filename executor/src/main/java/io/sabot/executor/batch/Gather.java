package io.sabot.executor.batch;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

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
            } else if (vector instanceof ListVector lists) { // maps are lists of entries
                takeLists(lists, selection, (ListVector) taken, allocator);
            } else if (vector instanceof StructVector rows) {
                takeStructs(rows, selection, (StructVector) taken, allocator);
            } else if (vector instanceof BitVector bits) {
                takeBits(bits, selection, (BitVector) taken);
            } else if (!(vector instanceof NullVector)) {
                throw new AssertionError("no column holds a " + vector.getMinorType());
            }
            taken.setValueCount(selection.count());
            return taken;
        } catch (RuntimeException | Error e) {
            taken.close();
            throw e;
        }
    }

    private static void takeBits(BitVector vector, Selection selection, BitVector taken) {
        taken.allocateNew(Math.max(1, selection.count()));
        int[] indices = selection.indices();
        for (int i = 0; i < selection.count(); i++) {
            if (indices[i] >= 0) {
                taken.copyFrom(indices[i], i, vector);
            }
        }
    }

    /** The elements of all lists are taken at once. */
    private static void takeLists(ListVector vector, Selection selection, ListVector taken, BufferAllocator allocator) {
        int count = selection.count();
        int[] indices = selection.indices();
        taken.setInitialCapacity(Math.max(1, count));
        taken.allocateNew();
        long offsets = vector.getOffsetBuffer().memoryAddress();
        long toOffsets = taken.getOffsetBuffer().memoryAddress();
        long end = 0;
        Memory.putInt(toOffsets, 0);
        for (int i = 0; i < count; i++) {
            if (isPresent(vector, indices[i])) {
                long at = offsets + ((long) indices[i] << 2);
                end += Memory.getInt(at + 4) - Memory.getInt(at);
            }
            Memory.putInt(toOffsets + ((long) (i + 1) << 2), (int) end);
        }
        int elementCount = ColumnLimit.elements(end);
        int[] elements = new int[elementCount];
        int next = 0;
        for (int i = 0; i < count; i++) {
            if (isPresent(vector, indices[i])) {
                long at = offsets + ((long) indices[i] << 2);
                for (int element = Memory.getInt(at); element < Memory.getInt(at + 4); element++) {
                    elements[next++] = element;
                }
            }
        }
        replace(taken.getDataVector(), vector.getDataVector(), new Selection(elements, elementCount), allocator);
        takeValidity(vector, vector.getValidityBufferAddress(), selection, taken.getValidityBufferAddress());
        taken.setLastSet(count - 1);
    }

    private static boolean isPresent(FieldVector vector, int index) {
        return index >= 0 && !vector.isNull(index);
    }

    private static void takeStructs(
            StructVector vector, Selection selection, StructVector taken, BufferAllocator allocator) {
        taken.setInitialCapacity(Math.max(1, selection.count()));
        taken.allocateNew();
        for (int child = 0; child < vector.size(); child++) {
            replace(
                    (FieldVector) taken.getChildByOrdinal(child),
                    (FieldVector) vector.getChildByOrdinal(child),
                    selection,
                    allocator);
        }
        takeValidity(vector, vector.getValidityBufferAddress(), selection, taken.getValidityBufferAddress());
    }

    /** Gives a child the selected rows of another vector of its type. */
    private static void replace(FieldVector child, FieldVector vector, Selection selection, BufferAllocator allocator) {
        try (FieldVector rows = take(vector, selection, allocator)) {
            rows.makeTransferPair(child).transfer();
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
        taken.allocateNew(Math.max(8, ColumnLimit.bytes(bytes)), Math.max(1, count));
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
