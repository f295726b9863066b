package io.sabot.connectors.raw;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.connector.EncodedRecords;
import io.sabot.executor.connector.RecordEncoder;

/** Writes each value as a record; NULL as a record that is missing. */
final class RawEncoder implements RecordEncoder {
    private final RawValue value;

    RawEncoder(RawValue value) {
        this.value = value;
    }

    @Override
    public void encode(Batch batch, EncodedRecords target) {
        Column column = batch.column(0);
        for (int row = 0; row < batch.rowCount(); row++) {
            if (column.isNull(row)) {
                target.endMissing();
            } else {
                value.write(column, row, target);
                target.endRecord();
            }
        }
    }

    @Override
    public void close() {}
}
