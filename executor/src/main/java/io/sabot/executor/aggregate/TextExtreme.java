package io.sabot.executor.aggregate;

import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;

/** Least or greatest text or byte string, by unsigned bytes. */
final class TextExtreme implements Accumulator {
    private final TextSlots texts;
    private final int slot;
    private final boolean greatest;

    TextExtreme(TextSlots texts, int slot, boolean greatest) {
        this.texts = texts;
        this.slot = slot;
        this.greatest = greatest;
    }

    @Override
    public void add(Column column, Run run, Tails tails) {
        int[] rows = run.rows();
        long[] records = run.records();
        for (int i = 0; i < run.count(); i++) {
            offer(tails, records[i], column.start(rows[i]), column.length(rows[i]));
        }
    }

    private void offer(Tails tails, long record, long bytes, int length) {
        int have = texts.length(tails, record, slot);
        if (have >= 0) {
            int order = compare(bytes, length, texts.address(tails, record, slot), have);
            if (greatest ? order <= 0 : order >= 0) {
                return;
            }
        }
        texts.set(tails, record, slot, bytes, length);
    }

    @Override
    public void merge(long[] from, Tails fromTails, long[] to, Tails toTails, int count) {
        for (int i = 0; i < count; i++) {
            int length = texts.length(fromTails, from[i], slot);
            if (length >= 0) {
                offer(toTails, to[i], texts.address(fromTails, from[i], slot), length);
            }
        }
    }

    static int compare(long a, int aLength, long b, int bLength) {
        int common = Math.min(aLength, bLength);
        for (int i = 0; i < common; i++) {
            int difference = (Memory.getByte(a + i) & 0xFF) - (Memory.getByte(b + i) & 0xFF);
            if (difference != 0) {
                return difference;
            }
        }
        return aLength - bLength;
    }
}
