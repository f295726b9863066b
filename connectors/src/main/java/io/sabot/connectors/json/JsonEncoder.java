package io.sabot.connectors.json;

import io.sabot.catalog.type.Schema;
import io.sabot.connectors.text.TextAppender;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.connector.EncodedRecords;
import io.sabot.executor.connector.RecordEncoder;
import org.jspecify.annotations.Nullable;

/** Writes each row as an object. Kinds of rows are not written: the format holds inserts only. */
final class JsonEncoder implements RecordEncoder {
    private final ValueWriter[] writers;
    private final boolean ignoreNulls;
    private @Nullable EncodedRecords last;
    private @Nullable TextAppender appender;

    JsonEncoder(Schema schema, JsonOptions options) {
        this.ignoreNulls = options.ignoreNullFields();
        this.writers = new ValueWriter[schema.size()];
        for (int i = 0; i < writers.length; i++) {
            writers[i] = new ValueWriter(schema.name(i), schema.type(i), options);
        }
    }

    @Override
    public void encode(Batch batch, EncodedRecords target) {
        TextAppender to = bind(batch, target);
        for (int row = 0; row < batch.rowCount(); row++) {
            write(row, to);
            target.endRecord();
        }
    }

    /** Takes the rows of a batch; gives what {@link #write} writes to. */
    TextAppender bind(Batch batch, EncodedRecords target) {
        for (int i = 0; i < writers.length; i++) {
            writers[i].bind(batch.column(i));
        }
        return appender(target);
    }

    /** Writes one row as an object. */
    void write(int row, TextAppender to) {
        ValueWriter.writeObject(writers, row, to, ignoreNulls);
    }

    private TextAppender appender(EncodedRecords target) {
        TextAppender found = appender;
        if (found == null || last != target) {
            found = new TextAppender(target);
            appender = found;
            last = target;
        }
        return found;
    }

    @Override
    public void close() {}
}
