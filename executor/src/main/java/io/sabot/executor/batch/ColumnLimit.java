package io.sabot.executor.batch;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import org.apache.arrow.vector.util.OversizedAllocationException;

/**
 * What one column of a batch, and one value, can hold: offsets in vectors are 32 bits. Whoever sums up sizes does so in a
 * long and asks here before it allocates, and before an offset would wrap and name memory in front of the buffer.
 */
public final class ColumnLimit {
    /** Most bytes of a text column, most elements of a list column; Arrow's buffers of texts end 8 bytes behind it. */
    public static final int MOST = Integer.MAX_VALUE - 8;

    private ColumnLimit() {}

    /** The bytes of all texts of a column, as an offset. */
    public static int bytes(long bytes) {
        if (bytes > MOST) {
            throw tooMuch("2 GiB of text", bytes + " bytes");
        }
        return (int) bytes;
    }

    /** The elements of all lists of a column, as an offset. */
    public static int elements(long elements) {
        if (elements > MOST) {
            throw tooMuch("2 billion elements", elements + " elements");
        }
        return (int) elements;
    }

    /** The bytes of one text, one nested value or one key. */
    public static int value(long bytes) {
        if (bytes > MOST) {
            throw SabotException.of(ErrorCode.TOO_MANY, "a value is longer than 2 GiB")
                    .why("it would have " + bytes + " bytes");
        }
        return (int) bytes;
    }

    /** A vector that Arrow itself would not let grow. */
    public static SabotException exceeded(OversizedAllocationException cause) {
        return tooMuch("2 GiB", "2 GiB").causedBy(cause);
    }

    private static SabotException tooMuch(String what, String found) {
        return SabotException.of(ErrorCode.TOO_MANY, "a column of a batch of rows holds more than " + what)
                .why("the rows that are handled at once would have at least " + found + " in one column")
                .hint("handle fewer rows at once: SET 'sabot.batch-rows' = '256' or less");
    }
}
