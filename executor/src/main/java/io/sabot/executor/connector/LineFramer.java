package io.sabot.executor.connector;

import io.sabot.executor.batch.Memory;

/** Records are lines that end with LF or CR LF; the last one may lack it. */
public final class LineFramer implements RecordFramer {
    private static final long LOW = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    private static final long LINE_FEEDS = '\n' * LOW;

    private final boolean keepsBlankLines;
    private long next;

    /** Lines of blanks alone are no records. */
    public LineFramer() {
        this(false);
    }

    /** @param keepsBlankLines whether lines of blanks alone are records too */
    public LineFramer(boolean keepsBlankLines) {
        this.keepsBlankLines = keepsBlankLines;
    }

    @Override
    public int frame(long from, long end, boolean last, long[] starts, int[] lengths, int recordsMax) {
        int count = 0;
        long start = from;
        next = from;
        while (count < recordsMax && start < end) {
            long lineFeed = find(start, end);
            if (lineFeed >= end) {
                if (!last) {
                    break;
                }
                lineFeed = end;
            }
            long stop = lineFeed > start && Memory.getByte(lineFeed - 1) == '\r' ? lineFeed - 1 : lineFeed;
            if (keepsBlankLines || !isBlank(start, stop)) {
                starts[count] = start;
                lengths[count++] = (int) (stop - start);
            }
            start = Math.min(end, lineFeed + 1);
            next = start;
        }
        return count;
    }

    @Override
    public long next() {
        return next;
    }

    private static boolean isBlank(long from, long to) {
        long at = from;
        while (at < to && (Memory.getByte(at) == ' ' || Memory.getByte(at) == '\t')) {
            at++;
        }
        return at == to;
    }

    /** Address of the first line feed from {@code at} on; some address not below {@code end} when there is none. */
    private static long find(long at, long end) {
        long address = at;
        while (address < end) {
            long a = Memory.getLong(address) ^ LINE_FEEDS;
            long b = Memory.getLong(address + 8) ^ LINE_FEEDS;
            long c = Memory.getLong(address + 16) ^ LINE_FEEDS;
            long d = Memory.getLong(address + 24) ^ LINE_FEEDS;
            // (x - LOW) & ~x marks zero bytes; a borrow can only mark bytes above a true one, so the lowest mark is
            // right
            long anyOfTwo = ((a - LOW) & ~a) | ((b - LOW) & ~b);
            long anyOfFour = anyOfTwo | ((c - LOW) & ~c) | ((d - LOW) & ~d);
            if ((anyOfFour & HIGH) != 0) {
                return locate(address, a, b, c, d);
            }
            address += 32;
        }
        return address;
    }

    private static long locate(long address, long a, long b, long c, long d) {
        long marks = (a - LOW) & ~a & HIGH;
        if (marks != 0) {
            return address + (Long.numberOfTrailingZeros(marks) >>> 3);
        }
        marks = (b - LOW) & ~b & HIGH;
        if (marks != 0) {
            return address + 8 + (Long.numberOfTrailingZeros(marks) >>> 3);
        }
        marks = (c - LOW) & ~c & HIGH;
        if (marks != 0) {
            return address + 16 + (Long.numberOfTrailingZeros(marks) >>> 3);
        }
        return address + 24 + (Long.numberOfTrailingZeros((d - LOW) & ~d & HIGH) >>> 3);
    }
}
