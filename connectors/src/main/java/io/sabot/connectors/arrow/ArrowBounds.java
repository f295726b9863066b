package io.sabot.connectors.arrow;

import io.sabot.executor.batch.Memory;
import java.io.IOException;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseLargeVariableWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.LargeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/**
 * Checks that all values of a vector lie within its buffers: the library takes over what the file says, and values are
 * copied from raw addresses.
 */
final class ArrowBounds {
    private ArrowBounds() {}

    /**
     * Checks the first rows, and what is nested in them. Vectors of types that are never read are not looked at.
     *
     * @throws IOException if one of them lies outside
     */
    static void check(FieldVector vector, long rows) throws IOException {
        if (vector instanceof BaseFixedWidthVector fixed) {
            validity(vector, rows);
            long bytes = fixed instanceof BitVector ? (rows + 7) / Byte.SIZE : rows * fixed.getTypeWidth();
            require(bytes <= vector.getDataBuffer().capacity(), vector, "values end");
        } else if (vector instanceof BaseVariableWidthVector) {
            validity(vector, rows);
            end(vector, rows, Integer.BYTES, vector.getDataBuffer().capacity());
        } else if (vector instanceof BaseLargeVariableWidthVector) {
            validity(vector, rows);
            end(vector, rows, Long.BYTES, vector.getDataBuffer().capacity());
        } else if (vector instanceof ListVector list) {
            validity(vector, rows);
            FieldVector elements = list.getDataVector();
            check(elements, end(vector, rows, Integer.BYTES, elements.getValueCount()));
        } else if (vector instanceof LargeListVector list) {
            validity(vector, rows);
            FieldVector elements = list.getDataVector();
            check(elements, end(vector, rows, Long.BYTES, elements.getValueCount()));
        } else if (vector instanceof FixedSizeListVector list) {
            validity(vector, rows);
            check(list.getDataVector(), rows * list.getListSize());
        } else if (vector instanceof StructVector struct) {
            validity(vector, rows);
            for (FieldVector child : struct.getChildrenFromFields()) {
                check(child, rows);
            }
        }
    }

    private static void validity(FieldVector vector, long rows) throws IOException {
        require(rows <= vector.getValueCount(), vector, "values end");
        require(rows <= vector.getValidityBuffer().capacity() * Byte.SIZE, vector, "bits of NULL end");
    }

    /** Where the last value ends; all of them begin at zero or later, in order, and end at {@code limit} or before. */
    private static long end(FieldVector vector, long rows, int width, long limit) throws IOException {
        if (rows == 0) {
            return 0;
        }
        ArrowBuf offsets = vector.getOffsetBuffer();
        require((rows + 1) * width <= offsets.capacity(), vector, "offsets end");
        long last = width == Integer.BYTES
                ? ints(offsets.memoryAddress(), rows + 1)
                : longs(offsets.memoryAddress(), rows + 1);
        require(last <= limit, vector, "values end");
        if (last < 0) {
            throw new IOException("damaged: the offsets of " + name(vector) + " are not in order");
        }
        return last;
    }

    /** The last number, or -1 when one is below zero or below the one before. */
    private static long ints(long address, long count) {
        int last = 0;
        int signs = 0;
        for (long i = 0; i < count; i++) {
            int next = Memory.getInt(address + (i << 2));
            signs |= next | (next - last);
            last = next;
        }
        return signs < 0 ? -1 : last;
    }

    private static long longs(long address, long count) {
        long last = 0;
        long signs = 0;
        for (long i = 0; i < count; i++) {
            long next = Memory.getLong(address + (i << 3));
            signs |= next | (next - last);
            last = next;
        }
        return signs < 0 ? -1 : last;
    }

    private static void require(boolean holds, FieldVector vector, String what) throws IOException {
        if (!holds) {
            throw new IOException("damaged: the " + what + " before the last row of " + name(vector));
        }
    }

    private static String name(FieldVector vector) {
        return "field '" + vector.getName() + "'";
    }
}
