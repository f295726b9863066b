package io.sabot.executor.aggregate;

import io.sabot.catalog.type.DataType;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyEncoder;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * All values of a group in order of arrival, as one byte string in the record's tail. A value that is taken back is the
 * oldest equal one; one that is taken back before it came waits for it.
 *
 * <pre>
 *   │ entries that wait 4 │ entry │ entry │ …
 *   entry:  │ count 4: 1, or below 0 for one that waits │ length 4 │ values as KeyEncoder.ofRows writes them │
 * </pre>
 *
 * <p>As a multiset equal values are one entry, in the place where the first of them came, with a signed count.
 */
final class ListCell implements Accumulator, AutoCloseable {
    private static final int HEADER = 4;
    private static final int ENTRY_HEADER = 8;

    private final TextSlots texts;
    private final int slot;
    private final boolean multiset;
    private final int[] columns;
    private final KeyEncoder encoder;
    private final RowsByRecord byRecord = new RowsByRecord();
    private final ByteList incoming;
    private final ByteList combined;
    private final KeyBatch values;
    private final LocalTable pending;
    private long[] found = new long[64];
    private int[] counts = new int[64];

    /**
     * @param columns of the input, whose values make up an entry
     * @param multiset whether equal values are one entry
     */
    ListCell(
            TextSlots texts,
            int slot,
            List<Integer> columns,
            List<DataType> types,
            boolean multiset,
            BufferAllocator allocator) {
        this.texts = texts;
        this.slot = slot;
        this.multiset = multiset;
        this.columns = columns.stream().mapToInt(Integer::intValue).toArray();
        this.encoder = KeyEncoder.ofRows(allocator, types);
        this.incoming = new ByteList(allocator);
        this.combined = new ByteList(allocator);
        this.values = new KeyBatch(allocator, encoder.layout());
        this.pending = new LocalTable(allocator, encoder.layout(), 8);
    }

    @Override
    public void add(Batch batch, int column, Run run, Tails tails) {
        Column[] chosen = new Column[columns.length];
        for (int c = 0; c < columns.length; c++) {
            chosen[c] = batch.column(columns[c]);
        }
        KeyBatch rows = encoder.encode(chosen, run.rows(), run.count());
        byte[] signs = run.signs();
        byRecord.gather(run);
        for (int r = 0; r < byRecord.count(); r++) {
            incoming.clear();
            int waiting = 0;
            incoming.appendInt(0);
            for (int i = byRecord.first(r); i >= 0; i = byRecord.next(i)) {
                int sign = signs == null ? 1 : signs[i];
                waiting += sign < 0 ? 1 : 0;
                appendEntry(incoming, sign, rows.address(i), rows.length(i));
            }
            Memory.putInt(incoming.address(), waiting);
            combine(tails, byRecord.record(r), incoming.address(), incoming.length());
        }
    }

    private static void appendEntry(ByteList list, int count, long bytes, int length) {
        list.appendInt(count);
        list.appendInt(length);
        list.append(bytes, length);
    }

    @Override
    public void add(Column column, Run run, Tails tails) {
        throw new AssertionError("values of several columns");
    }

    @Override
    public void merge(long[] from, Tails fromTails, long[] to, Tails toTails, int count) {
        for (int i = 0; i < count; i++) {
            int length = texts.length(fromTails, from[i], slot);
            if (length > 0) {
                incoming.clear();
                incoming.append(texts.address(fromTails, from[i], slot), length);
                combine(toTails, to[i], incoming.address(), length);
            }
        }
    }

    /** Adds a list to that of a record. */
    private void combine(Tails tails, long record, long more, int moreLength) {
        int length = Math.max(0, texts.length(tails, record, slot));
        long list = length == 0 ? 0 : texts.address(tails, record, slot);
        combined.clear();
        if (multiset || Memory.getInt(more) > 0 || (length > 0 && Memory.getInt(list) > 0)) {
            collect(list, length, more, moreLength);
        } else {
            if (length > 0) {
                combined.append(list, length);
                combined.append(more + HEADER, moreLength - HEADER);
            } else {
                combined.append(more, moreLength);
            }
        }
        texts.set(tails, record, slot, combined.address(), combined.length());
    }

    /** Sums up both lists with regard to signs. */
    private void collect(long list, int length, long more, int moreLength) {
        values.clear();
        int entries = read(more, moreLength, length > 0 ? read(list, length, 0) : 0);
        pending.clear();
        pending.resolve(values, found);
        combined.appendInt(0);
        if (multiset) {
            writeCounts(entries);
        } else {
            writeInOrder(entries);
        }
        pending.clear();
    }

    private int read(long list, int length, int count) {
        int entries = count;
        for (long at = list + HEADER; at < list + length; at += ENTRY_HEADER + Memory.getInt(at + 4)) {
            if (entries == counts.length) {
                counts = Arrays.copyOf(counts, entries * 2);
                found = Arrays.copyOf(found, entries * 2);
            }
            counts[entries++] = Memory.getInt(at);
            values.append(at + ENTRY_HEADER, Memory.getInt(at + 4));
        }
        return entries;
    }

    private void writeCounts(int entries) {
        for (int i = 0; i < entries; i++) {
            Memory.putLong(found[i], Memory.getLong(found[i]) + counts[i]);
        }
        for (int v = 0; v < pending.size(); v++) {
            int count = (int) Memory.getLong(pending.record(v));
            if (count != 0) {
                appendEntry(combined, count, pending.key(v), pending.keyLength(v));
            }
        }
    }

    /** Values that came, but for the oldest ones that were taken back; then what waits. */
    private void writeInOrder(int entries) {
        for (int i = 0; i < entries; i++) {
            if (counts[i] < 0) {
                Memory.putLong(found[i], Memory.getLong(found[i]) - counts[i]);
            }
        }
        for (int i = 0; i < entries; i++) {
            if (counts[i] > 0) {
                long takenBack = Memory.getLong(found[i]);
                if (takenBack > 0) {
                    Memory.putLong(found[i], takenBack - 1);
                } else {
                    appendEntry(combined, 1, values.address(i), values.length(i));
                }
            }
        }
        int waiting = 0;
        for (int v = 0; v < pending.size(); v++) {
            int takenBack = (int) Memory.getLong(pending.record(v));
            if (takenBack > 0) {
                waiting++;
                appendEntry(combined, -takenBack, pending.key(v), pending.keyLength(v));
            }
        }
        Memory.putInt(combined.address(), waiting);
    }

    /** Walks over the values that a record has. */
    Cursor cursor() {
        return new Cursor();
    }

    /** Where a walk over the values of one record stands. */
    final class Cursor {
        private long at;
        private long next;
        private long end;

        /** Goes in front of the first value of a record. */
        void open(Tails tails, long record) {
            int length = texts.length(tails, record, slot);
            long list = length <= 0 ? 0 : texts.address(tails, record, slot);
            next = list + HEADER;
            end = length <= 0 ? 0 : list + length;
        }

        /** Steps to the next value that has come; false behind the last. */
        boolean next() {
            while (next < end) {
                at = next;
                next = at + ENTRY_HEADER + Memory.getInt(at + 4);
                if (Memory.getInt(at) > 0) {
                    return true;
                }
            }
            return false;
        }

        /** How often the value is there. */
        int count() {
            return Memory.getInt(at);
        }

        long address() {
            return at + ENTRY_HEADER;
        }

        int length() {
            return Memory.getInt(at + 4);
        }
    }

    @Override
    public void close() {
        encoder.close();
        incoming.close();
        combined.close();
        values.close();
        pending.close();
    }
}
