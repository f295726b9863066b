package io.sabot.connectors.avro;

import io.sabot.connectors.record.FieldProblem;
import io.sabot.executor.batch.Memory;

/** Steps through encoded values in memory. */
final class AvroInput {
    private long at;
    private long end;

    void open(long start, long length) {
        at = start;
        end = start + length;
    }

    long position() {
        return at;
    }

    void require(long bytes) throws FieldProblem {
        if (bytes < 0 || bytes > end - at) {
            throw new FieldProblem("", "the record ends in the middle, or has another schema");
        }
    }

    boolean nextBoolean() throws FieldProblem {
        require(1);
        return Memory.getByte(at++) != 0;
    }

    /** A number of variable length, which an int is too. */
    long nextLong() throws FieldProblem {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            require(1);
            byte next = Memory.getByte(at++);
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value >>> 1 ^ -(value & 1);
            }
        }
        throw new FieldProblem("", "a number is longer than ten bytes: the record has another schema");
    }

    float nextFloat() throws FieldProblem {
        require(4);
        float value = Memory.getFloat(at);
        at += 4;
        return value;
    }

    double nextDouble() throws FieldProblem {
        require(8);
        double value = Memory.getDouble(at);
        at += 8;
        return value;
    }

    /** Bytes of a text or byte string, which begins at {@link #position}; {@link #move} steps over it. */
    int nextLength() throws FieldProblem {
        long length = nextLong();
        require(length);
        return (int) length;
    }

    void move(long bytes) throws FieldProblem {
        require(bytes);
        at += bytes;
    }

    /** Number of the elements that the next block of an array or map has; 0 behind the last. */
    long nextBlock() throws FieldProblem {
        long count = nextLong();
        if (count < 0) {
            nextLong(); // bytes of the block
            count = -count;
        }
        return count;
    }
}
