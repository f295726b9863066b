package io.sabot.connectors.json;

import io.sabot.connectors.record.FieldProblem;
import java.io.IOException;

/**
 * How a tool that captures changes of a database writes them: where the row images stand in a message, and what they do.
 * Used by one decoder on one thread, a message at a time.
 */
interface Envelope {
    /**
     * Reads one message, which stays where it is until the next one.
     *
     * @param keyed whether rows are told apart by a key behind the decoder, so that images of before an update are not
     *     wanted and need not be there
     */
    void read(long start, int length, boolean keyed, RowImages images) throws IOException, FieldProblem;

    /** Finds the value of a metadata key in the message read last. */
    Place find(String metadataKey) throws IOException, FieldProblem;

    /** A value in a message, by addresses. */
    record Place(long from, long to) {
        /** Of a value that is null or not there. */
        static final Place NONE = new Place(0, 0);

        static Place of(ObjectFields fields, String name) {
            int field = fields.find(name);
            return field < 0 ? NONE : new Place(fields.start(field), fields.end(field));
        }
    }
}
