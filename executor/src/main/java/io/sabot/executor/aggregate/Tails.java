package io.sabot.executor.aggregate;

/** Where the variable part of records lies: one byte string per record, empty when new. */
public interface Tails {
    /** Records that have none. */
    Tails NONE = new Tails() {
        @Override
        public long address(long record) {
            throw new AssertionError("records without tails");
        }

        @Override
        public int length(long record) {
            throw new AssertionError("records without tails");
        }

        @Override
        public void set(long record, long bytes, int length) {
            throw new AssertionError("records without tails");
        }
    };

    /** Address of a record's bytes; valid until they are set again. */
    long address(long record);

    /** Number of a record's bytes. */
    int length(long record);

    /** Replaces a record's bytes by a copy of these. */
    void set(long record, long bytes, int length);
}
