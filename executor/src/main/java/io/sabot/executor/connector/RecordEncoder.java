package io.sabot.executor.connector;

import io.sabot.executor.batch.Batch;

/** Encodes rows into bytes, a whole batch at a time. One thread. */
public interface RecordEncoder extends AutoCloseable {
    /** Appends each row of the batch to the target as one record, without a separator. */
    void encode(Batch batch, EncodedRecords target);

    /** Bytes to write in front of the first record of a file, such as a CSV header; usually none. */
    default byte[] header() {
        return new byte[0];
    }

    @Override
    void close();
}
