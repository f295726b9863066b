package io.sabot.connectors.json;

import io.sabot.catalog.type.Schema;
import io.sabot.connectors.text.TextAppender;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.connector.EncodedRecords;
import io.sabot.executor.connector.RecordEncoder;

/** Writes each change as a message: a row that comes as an insertion, one that goes as a deletion, updates as both. */
final class ChangeEncoder implements RecordEncoder {
    private final JsonEncoder rows;
    private final Frame insertion;
    private final Frame deletion;

    /** What stands around the image of a row. */
    record Frame(byte[] head, byte[] tail) {
        static Frame of(String head, String tail) {
            return new Frame(JsonText.ascii(head), JsonText.ascii(tail));
        }
    }

    ChangeEncoder(Schema schema, JsonOptions options, Frame insertion, Frame deletion) {
        this.rows = new JsonEncoder(schema, options);
        this.insertion = insertion;
        this.deletion = deletion;
    }

    @Override
    public void encode(Batch batch, EncodedRecords target) {
        TextAppender to = rows.bind(batch, target);
        for (int row = 0; row < batch.rowCount(); row++) {
            Frame frame = batch.sign(row) > 0 ? insertion : deletion;
            to.put(frame.head);
            rows.write(row, to);
            to.put(frame.tail);
            target.endRecord();
        }
    }

    @Override
    public void close() {
        rows.close();
    }
}
