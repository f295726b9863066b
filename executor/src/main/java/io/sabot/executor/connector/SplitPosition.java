package io.sabot.executor.connector;

/**
 * A place between two rows of a split, as a checkpoint keeps it.
 *
 * @param offset the source's count: a Kafka offset, a byte in a file
 * @param state anything more that the source needs to go on (a topic id, the end to stop at), as text; may be empty
 */
public record SplitPosition(long offset, String state) {
    /** A position that is an offset and nothing more. */
    public static SplitPosition at(long offset) {
        return new SplitPosition(offset, "");
    }
}
