package io.sabot.connectors.msgpack;

import io.sabot.connectors.record.FieldProblem;
import io.sabot.executor.batch.Memory;

/** Steps through one record in memory. */
final class MsgPackInput {
    static final int NIL = 0xC0;
    static final int FALSE = 0xC2;
    static final int TRUE = 0xC3;
    static final int FLOAT32 = 0xCA;
    static final int FLOAT64 = 0xCB;

    /** What a value is. */
    enum Kind {
        NIL,
        BOOLEAN,
        INTEGER,
        FLOAT,
        STRING,
        BINARY,
        ARRAY,
        MAP,
        EXTENSION
    }

    private long at;
    private long end;
    private long contentStart;
    private int contentLength;

    void open(long start, int length) {
        at = start;
        end = start + length;
    }

    long position() {
        return at;
    }

    void moveTo(long position) {
        at = position;
    }

    private int take() throws FieldProblem {
        require(1);
        return Memory.getByte(at++) & 0xFF;
    }

    private void require(long bytes) throws FieldProblem {
        if (bytes < 0 || at + bytes > end) {
            throw new FieldProblem("", "the record ends in the middle");
        }
    }

    private long bigEndian(int bytes) throws FieldProblem {
        require(bytes);
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | (Memory.getByte(at++) & 0xFF);
        }
        return value;
    }

    /** What stands next. */
    Kind kind() throws FieldProblem {
        require(1);
        int tag = Memory.getByte(at) & 0xFF;
        if (tag < 0x80 || tag >= 0xE0 || (tag >= 0xCC && tag <= 0xD3)) {
            return Kind.INTEGER;
        }
        if (tag < 0x90 || tag >= 0xDE) {
            return Kind.MAP;
        }
        if (tag < 0xA0 || tag >= 0xDC) {
            return Kind.ARRAY;
        }
        if (tag < 0xC0 || tag >= 0xD9) {
            return Kind.STRING;
        }
        return switch (tag) {
            case NIL -> Kind.NIL;
            case FALSE, TRUE -> Kind.BOOLEAN;
            case 0xC4, 0xC5, 0xC6 -> Kind.BINARY;
            case FLOAT32, FLOAT64 -> Kind.FLOAT;
            case 0xC1 -> throw new FieldProblem("", "byte C1 begins no value");
            default -> Kind.EXTENSION;
        };
    }

    boolean nextBoolean() throws FieldProblem {
        return take() == TRUE;
    }

    long nextInteger() throws FieldProblem {
        int tag = take();
        if (tag < 0x80) {
            return tag;
        }
        if (tag >= 0xE0) {
            return (long) tag - 0x100;
        }
        int bytes = 1 << (tag & 3);
        long value = bigEndian(bytes);
        if (tag < 0xD0) {
            if (bytes == 8 && value < 0) {
                throw new FieldProblem("", "the number " + Long.toUnsignedString(value) + " is too large");
            }
            return value;
        }
        int unused = 64 - 8 * bytes;
        return value << unused >> unused;
    }

    double nextFloat() throws FieldProblem {
        return take() == FLOAT32 ? Float.intBitsToFloat((int) bigEndian(4)) : Double.longBitsToDouble(bigEndian(8));
    }

    /** Number of the elements that follow. */
    int nextArray() throws FieldProblem {
        int tag = take();
        return tag < 0xA0 ? tag & 15 : count(bigEndian(tag == 0xDC ? 2 : 4));
    }

    /** Number of the pairs that follow. */
    int nextMap() throws FieldProblem {
        int tag = take();
        return tag < 0x90 ? tag & 15 : count(bigEndian(tag == 0xDE ? 2 : 4));
    }

    private int count(long count) throws FieldProblem {
        if (count > end - at) {
            throw new FieldProblem("", "the record ends in the middle");
        }
        return (int) count;
    }

    /** Takes a text or byte string, which then stands at {@link #contentStart}. */
    void nextBytes() throws FieldProblem {
        int tag = take();
        long length = tag < 0xC0
                ? tag & 31
                : switch (tag) {
                    case 0xC4, 0xD9 -> bigEndian(1);
                    case 0xC5, 0xDA -> bigEndian(2);
                    default -> bigEndian(4);
                };
        content(length);
    }

    /** Takes an extension, which then stands at {@link #contentStart}; gives its type. */
    int nextExtension() throws FieldProblem {
        int tag = take();
        long length = switch (tag) {
            case 0xC7 -> bigEndian(1);
            case 0xC8 -> bigEndian(2);
            case 0xC9 -> bigEndian(4);
            default -> 1L << (tag - 0xD4);
        };
        int type = (byte) take();
        content(length);
        return type;
    }

    private void content(long length) throws FieldProblem {
        require(length);
        contentStart = at;
        contentLength = (int) length;
        at += length;
    }

    long contentStart() {
        return contentStart;
    }

    int contentLength() {
        return contentLength;
    }

    /** Steps over the next value. */
    void skip() throws FieldProblem {
        long left = 1;
        while (left > 0) {
            left--;
            switch (kind()) {
                case NIL, BOOLEAN -> at++;
                case INTEGER -> {
                    int tag = take();
                    int bytes = tag >= 0xCC && tag <= 0xD3 ? 1 << (tag & 3) : 0;
                    require(bytes);
                    at += bytes;
                }
                case FLOAT -> {
                    int bytes = take() == FLOAT32 ? 4 : 8;
                    require(bytes);
                    at += bytes;
                }
                case STRING, BINARY -> nextBytes();
                case EXTENSION -> nextExtension();
                case ARRAY -> left += nextArray();
                case MAP -> left += 2L * nextMap();
            }
        }
    }
}
