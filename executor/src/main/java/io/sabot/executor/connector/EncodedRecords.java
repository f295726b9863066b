package io.sabot.executor.connector;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Records as bytes, one behind the other in one array, with the end of each. Reused from batch to batch. With a separator
 * the whole array, from 0 to {@link #length}, is what a file of them holds.
 */
public final class EncodedRecords {
    private final byte[] separator;
    private byte[] bytes = new byte[1 << 16];
    private int length;
    private int[] ends = new int[2048];
    private int count;
    private final BitSet missing = new BitSet();

    /** Records without anything between them. */
    public EncodedRecords() {
        this(new byte[0]);
    }

    /** Records with these bytes behind each, which belong to none of them. */
    public EncodedRecords(byte[] separator) {
        this.separator = separator.clone();
    }

    /** Forgets all records, keeps the room. */
    public void clear() {
        length = 0;
        count = 0;
        missing.clear();
    }

    /** The array that holds the records; may be replaced by {@link #ensure}. */
    public byte[] bytes() {
        return bytes;
    }

    /** Bytes used so far, those of a record that has not ended included. */
    public int length() {
        return length;
    }

    /** Makes sure that {@code more} bytes fit behind {@link #length}; gives the array to write to. */
    public byte[] ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
        return bytes;
    }

    /** Says that bytes up to {@code newLength} are written. */
    public void setLength(int newLength) {
        length = newLength;
    }

    /** Writes bytes behind {@link #length}. */
    public void append(byte[] more) {
        System.arraycopy(more, 0, ensure(more.length), length, more.length);
        length += more.length;
    }

    /** Ends a record at {@link #length}. */
    public void endRecord() {
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, count * 2);
        }
        ends[count++] = length;
        if (separator.length > 0) {
            append(separator);
        }
    }

    /** Ends a record of which there is nothing, not even an empty one: what a NULL is where the record is the value. */
    public void endMissing() {
        missing.set(count);
        endRecord();
    }

    /** Whether there is nothing of a record. */
    public boolean isMissing(int record) {
        return missing.get(record);
    }

    /** Number of records. */
    public int count() {
        return count;
    }

    /** First byte of a record. */
    public int start(int record) {
        return record == 0 ? 0 : ends[record - 1] + separator.length;
    }

    /** First byte behind a record. */
    public int end(int record) {
        return ends[record];
    }
}
