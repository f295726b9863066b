package io.sabot.connectors.kafka;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Keeps the newest record of each key back for a while, so that one that is soon overwritten is never sent. */
final class UpsertBuffer {
    private final int recordsMax;
    private final long intervalMillis;
    private final Map<ByteBuffer, ProducerRecord<byte[], byte[]>> newest = new LinkedHashMap<>();
    private long sinceMillis;

    /** Records leave when there are so many, or when the first has waited so long. */
    UpsertBuffer(int recordsMax, long intervalMillis) {
        this.recordsMax = recordsMax;
        this.intervalMillis = intervalMillis;
    }

    /** Takes a record in place of the one with its key. The newest goes to the end. */
    void add(ProducerRecord<byte[], byte[]> record, long nowMillis) {
        if (newest.isEmpty()) {
            sinceMillis = nowMillis;
        }
        ByteBuffer key = ByteBuffer.wrap(record.key());
        newest.remove(key);
        newest.put(key, record);
    }

    /** Whether it is time to send. */
    boolean isDue(long nowMillis) {
        return newest.size() >= recordsMax || (!newest.isEmpty() && nowMillis - sinceMillis >= intervalMillis);
    }

    /** Sends and forgets all records. */
    void drain(Consumer<ProducerRecord<byte[], byte[]>> send) {
        Iterator<ProducerRecord<byte[], byte[]>> records = newest.values().iterator();
        while (records.hasNext()) {
            send.accept(records.next());
            records.remove();
        }
    }
}
