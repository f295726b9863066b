package io.sabot.executor.state;

/**
 * The shape of a {@link RowLog}.
 *
 * @param fixedBytes bytes of a row's fixed part, a multiple of 8; may be 0
 * @param bound what keeps the log from growing for ever
 */
public record RowLogSpec(int fixedBytes, StateBound bound) {
    /** Checks the width. */
    public RowLogSpec {
        if (fixedBytes < 0 || fixedBytes > OrderedSpec.MAX_FIXED_BYTES || (fixedBytes & 7) != 0) {
            throw new IllegalArgumentException("fixed part of " + fixedBytes + " bytes");
        }
    }
}
