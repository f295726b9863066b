package io.sabot.connectors.filesystem;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.connector.EncodedRecords;
import io.sabot.executor.connector.RecordEncoder;

/** How rows get into the files of one task. */
interface PartContent extends AutoCloseable {
    /** Begins a file. */
    void begin(PartFile file);

    /** Adds rows to a file. */
    void append(PartFile file, Batch batch);

    /** Writes what is left of a file. */
    void finish(PartFile file);

    @Override
    void close();

    /** Records one behind the other, with one encoder for all files. */
    final class Records implements PartContent {
        private final RecordEncoder encoder;
        private final EncodedRecords records;

        Records(RecordEncoder encoder, byte[] separator) {
            this.encoder = encoder;
            this.records = new EncodedRecords(separator);
        }

        @Override
        public void begin(PartFile file) {
            byte[] header = encoder.header();
            file.write(header, 0, header.length);
        }

        @Override
        public void append(PartFile file, Batch batch) {
            records.clear();
            encoder.encode(batch, records);
            file.write(records.bytes(), 0, records.length());
        }

        @Override
        public void finish(PartFile file) {}

        @Override
        public void close() {
            encoder.close();
        }
    }
}
