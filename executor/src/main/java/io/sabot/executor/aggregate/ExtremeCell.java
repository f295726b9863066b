package io.sabot.executor.aggregate;

import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Storage;
import io.sabot.executor.state.SortKeys;

/**
 * The place in a record where the extreme of a multiset is noted, and the order keys of its values. The bytes of an order
 * key are the value: nothing else is kept per value.
 */
final class ExtremeCell implements Accumulator {
    private final int offset;
    private final Storage storage;
    private final TextSlots texts;
    private final int textSlot;

    /** A cell for texts at a slot, or for values of a fixed width at an offset. */
    ExtremeCell(int offset, Storage storage, TextSlots texts, int textSlot) {
        this.offset = offset;
        this.storage = storage;
        this.texts = texts;
        this.textSlot = textSlot;
    }

    static int bytes(Storage storage) {
        return storage == Storage.BYTES ? 0 : storage == Storage.DECIMAL128 ? 16 : 8;
    }

    /** Does nothing: values come through the multiset. */
    @Override
    public void add(Column column, Run run, Tails tails) {}

    @Override
    public void merge(long[] from, Tails fromTails, long[] to, Tails toTails, int count) {
        throw new AssertionError("a multiset cannot be merged");
    }

    boolean isText() {
        return storage == Storage.BYTES;
    }

    /** Bytes of an order key of fixed width. */
    int keyBytes() {
        return bytes(storage);
    }

    /** Writes the order key of a value of fixed width. */
    void putKey(Column column, int row, long to) {
        long values = column.values();
        switch (storage) {
            case INT64 -> SortKeys.putLong(to, Memory.getLong(values + ((long) row << 3)));
            case INT32 -> SortKeys.putLong(to, Memory.getInt(values + ((long) row << 2)));
            case INT16 -> SortKeys.putLong(to, Memory.getShort(values + ((long) row << 1)));
            case INT8 -> SortKeys.putLong(to, Memory.getByte(values + row));
            case BITMAP -> SortKeys.putLong(to, Memory.getBit(values, row) ? 1 : 0);
            case FLOAT64 -> SortKeys.putLong(to, Values.ordered(Memory.getDouble(values + ((long) row << 3)) + 0.0));
            case FLOAT32 -> SortKeys.putLong(to, Values.ordered(Memory.getFloat(values + ((long) row << 2)) + 0.0));
            case DECIMAL128 ->
                SortKeys.putDecimal(
                        to, Memory.getLong(values + ((long) row << 4)), Memory.getLong(values + ((long) row << 4) + 8));
            case BYTES, STRUCT, LIST, MAP, NULL -> throw new AssertionError(storage);
        }
    }

    /** Notes the value of an order key in a record. */
    void note(long record, Tails tails, long key, int keyLength) {
        if (isText()) {
            texts.set(tails, record, textSlot, key, keyLength);
        } else {
            Memory.putLong(record + offset, SortKeys.getLong(key));
            if (storage == Storage.DECIMAL128) {
                Memory.putLong(record + offset + 8, Long.reverseBytes(Memory.getLong(key + 8)));
            }
        }
    }

    /** Writes the noted extreme; NULL when nothing counts. */
    Result result(int countOffset) {
        if (isText()) {
            return Results.ofText(texts, textSlot, countOffset);
        }
        return (records, count, tails, out) -> {
            for (int i = 0; i < count; i++) {
                long at = records[i] + offset;
                long value = Memory.getLong(at);
                if (Results.count(records[i], countOffset) <= 0) {
                    out.appendNull();
                } else if (storage == Storage.DECIMAL128) {
                    out.appendDecimal(Memory.getLong(at + 8), value);
                } else if (storage == Storage.FLOAT64 || storage == Storage.FLOAT32) {
                    Results.appendDouble(out, Values.unordered(value), 0);
                } else {
                    Results.appendWhole(out, value);
                }
            }
        };
    }
}
