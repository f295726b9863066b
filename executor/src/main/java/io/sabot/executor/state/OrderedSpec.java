package io.sabot.executor.state;

/**
 * The shape of an {@link OrderedTable}.
 *
 * @param partitions shape of the partition keys
 * @param fixedBytes bytes of an entry's fixed part, a multiple of 8; may be 0
 * @param bound what keeps the table from growing for ever
 */
public record OrderedSpec(KeyLayout partitions, int fixedBytes, StateBound bound) {
    /** Largest fixed part. */
    public static final int MAX_FIXED_BYTES = 1 << 10;

    /** Checks the width. */
    public OrderedSpec {
        if (fixedBytes < 0 || fixedBytes > MAX_FIXED_BYTES || (fixedBytes & 7) != 0) {
            throw new IllegalArgumentException("fixed part of " + fixedBytes + " bytes");
        }
    }
}
