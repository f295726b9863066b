package io.sabot.executor.state;

/**
 * The shape of a {@link RecordTable}. A restored table must be asked for with the shape it was written with.
 *
 * @param keys shape of the keys
 * @param fixedBytes bytes of a record's fixed part, a multiple of 8; may be 0
 * @param hasTail whether records have a byte string of any length beside the fixed part
 * @param bound what keeps the table from growing for ever
 */
public record RecordSpec(KeyLayout keys, int fixedBytes, boolean hasTail, StateBound bound) {
    /** Largest fixed part; longer values belong into the tail. */
    public static final int MAX_FIXED_BYTES = 32 << 10;

    /** Checks the width. */
    public RecordSpec {
        if (fixedBytes < 0 || fixedBytes > MAX_FIXED_BYTES || (fixedBytes & 7) != 0) {
            throw new IllegalArgumentException("fixed part of " + fixedBytes + " bytes");
        }
    }

    /** Records without a tail. */
    public static RecordSpec of(KeyLayout keys, int fixedBytes, StateBound bound) {
        return new RecordSpec(keys, fixedBytes, false, bound);
    }

    /** The same records with a tail. */
    public RecordSpec withTail() {
        return new RecordSpec(keys, fixedBytes, true, bound);
    }
}
