package io.sabot.executor.aggregate;

import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;

/** One of the texts or byte strings that are not NULL. Append-only input. */
final class TextChoice implements Accumulator {
    /** Which one; least and greatest are by unsigned bytes. */
    enum Choice {
        FIRST,
        LAST,
        LEAST,
        GREATEST
    }

    private final TextSlots texts;
    private final int slot;
    private final Choice choice;

    TextChoice(TextSlots texts, int slot, Choice choice) {
        this.texts = texts;
        this.slot = slot;
        this.choice = choice;
    }

    @Override
    public void add(Column column, Run run, Tails tails) {
        int[] rows = run.rows();
        long[] records = run.records();
        for (int i = 0; i < run.count(); i++) {
            offer(tails, records[i], column.start(rows[i]), column.length(rows[i]));
        }
    }

    void offer(Tails tails, long record, long bytes, int length) {
        int have = texts.length(tails, record, slot);
        boolean better = have < 0
                || switch (choice) {
                    case FIRST -> false;
                    case LAST -> true;
                    case LEAST -> Memory.compare(bytes, length, texts.address(tails, record, slot), have) < 0;
                    case GREATEST -> Memory.compare(bytes, length, texts.address(tails, record, slot), have) > 0;
                };
        if (better) {
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
