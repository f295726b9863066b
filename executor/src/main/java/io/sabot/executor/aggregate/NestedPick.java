package io.sabot.executor.aggregate;

import io.sabot.catalog.type.DataType;
import io.sabot.executor.batch.Column;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyDecoder;
import io.sabot.executor.state.KeyEncoder;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** First or last ROW, ARRAY or MAP that is not NULL, in order of arrival; in a slot of the record's tail. Append-only input. */
final class NestedPick implements Accumulator, AutoCloseable {
    private final TextSlots texts;
    private final int slot;
    private final TextChoice choice;
    private final KeyEncoder encoder;
    private final KeyDecoder decoder;

    NestedPick(TextSlots texts, int slot, boolean last, DataType type, BufferAllocator allocator) {
        this.texts = texts;
        this.slot = slot;
        this.choice = new TextChoice(texts, slot, last ? TextChoice.Choice.LAST : TextChoice.Choice.FIRST);
        this.encoder = KeyEncoder.ofRows(allocator, List.of(type));
        this.decoder = new KeyDecoder(List.of(type));
    }

    @Override
    public void add(Column column, Run run, Tails tails) {
        KeyBatch values = encoder.encode(new Column[] {column}, run.rows(), run.count());
        for (int i = 0; i < run.count(); i++) {
            choice.offer(tails, run.records()[i], values.address(i), values.length(i));
        }
    }

    @Override
    public void merge(long[] from, Tails fromTails, long[] to, Tails toTails, int count) {
        choice.merge(from, fromTails, to, toTails, count);
    }

    /** The value; NULL when there was none. */
    Result result() {
        return (records, count, tails, out) -> {
            for (int i = 0; i < count; i++) {
                int length = texts.length(tails, records[i], slot);
                if (length < 0) {
                    out.appendNull();
                } else {
                    decoder.decode(texts.address(tails, records[i], slot), length, List.of(out), 0);
                }
            }
        };
    }

    @Override
    public void close() {
        encoder.close();
    }
}
