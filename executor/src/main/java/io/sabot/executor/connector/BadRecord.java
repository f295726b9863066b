package io.sabot.executor.connector;

/** A record that a decoder cannot read. The connector adds where it lies (topic, partition, offset; file, line). */
public final class BadRecord extends Exception {
    private static final long serialVersionUID = 1L;

    private final int record;
    private final String column;

    /**
     * @param record index of the record in the call
     * @param column column at fault, empty when the record as a whole is
     * @param message what is wrong, for a user, without the record's content
     */
    public BadRecord(int record, String column, String message) {
        super(message);
        this.record = record;
        this.column = column;
    }

    /** Index of the record in the call. */
    public int record() {
        return record;
    }

    /** Column at fault, or empty. */
    public String column() {
        return column;
    }
}
