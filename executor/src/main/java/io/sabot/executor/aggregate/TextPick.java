package io.sabot.executor.aggregate;

import io.sabot.executor.batch.Column;

/** First or last text that is not NULL, in order of arrival. Append-only input. */
final class TextPick implements Accumulator {
    private final TextSlots texts;
    private final int slot;
    private final boolean last;

    TextPick(TextSlots texts, int slot, boolean last) {
        this.texts = texts;
        this.slot = slot;
        this.last = last;
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
        if (last || texts.length(tails, record, slot) < 0) {
            texts.set(tails, record, slot, bytes, length);
        }
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
}
