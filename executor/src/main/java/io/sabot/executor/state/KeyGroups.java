package io.sabot.executor.state;

/**
 * The fixed shards of the key space: by them rows are routed and state is moved.
 *
 * <p>A job has a power of two of them, 128 unless told otherwise, fixed for its life. A key's group is the top bits of its
 * hash, so a range of groups is a range of hashes. Task {@code i} of {@code n} owns the groups from ⌈i·count/n⌉ up to
 * ⌈(i+1)·count/n⌉, as in Flink.
 */
public final class KeyGroups {
    /** Groups of a job that says nothing else. */
    public static final int DEFAULT_COUNT = 128;

    private KeyGroups() {}

    /** Group of a key. */
    public static int of(long hash, int groupCount) {
        return (int) ((hash >>> 1) >>> (63 - bits(groupCount)));
    }

    /** Task that owns a group. */
    public static int taskOf(int group, int groupCount, int parallelism) {
        return (int) ((long) group * parallelism / groupCount);
    }

    /** Groups of one task. */
    public static Range rangeOf(int taskIndex, int parallelism, int groupCount) {
        if (parallelism < 1 || parallelism > groupCount || taskIndex < 0 || taskIndex >= parallelism) {
            throw new IllegalArgumentException("task " + taskIndex + " of " + parallelism + ", groups " + groupCount);
        }
        int first = (int) (((long) taskIndex * groupCount + parallelism - 1) / parallelism);
        int end = (int) (((long) (taskIndex + 1) * groupCount + parallelism - 1) / parallelism);
        return new Range(first, end, groupCount);
    }

    /** The bits of a hash that choose the group. */
    static long mask(int groupCount) {
        return groupCount == 1 ? 0 : -1L << (64 - bits(groupCount));
    }

    private static int bits(int groupCount) {
        if (Integer.bitCount(groupCount) != 1 || groupCount > 1 << 15) {
            throw new IllegalArgumentException("key groups must be a power of two up to 32768: " + groupCount);
        }
        return Integer.numberOfTrailingZeros(groupCount);
    }

    /**
     * The groups {@code first} to {@code end - 1} of {@code groupCount}.
     *
     * @param first first group inside
     * @param end first group behind
     * @param groupCount groups of the job
     */
    public record Range(int first, int end, int groupCount) {
        /** Checks that the range is not empty and inside. */
        public Range {
            if (first < 0 || end <= first || end > groupCount) {
                throw new IllegalArgumentException("key groups " + first + " to " + end + " of " + groupCount);
            }
            bits(groupCount);
        }

        /** All groups of a job. */
        public static Range all(int groupCount) {
            return new Range(0, groupCount, groupCount);
        }

        /** Lowest hash inside; hashes compare unsigned. */
        public long firstHash() {
            return hashAt(first);
        }

        /** Highest hash inside. */
        public long lastHash() {
            return end == groupCount ? -1L : hashAt(end) - 1;
        }

        /** Whether a hash is inside. */
        public boolean contains(long hash) {
            return Long.compareUnsigned(hash, firstHash()) >= 0 && Long.compareUnsigned(hash, lastHash()) <= 0;
        }

        private long hashAt(int group) {
            // shifts are taken modulo 64: one group means no bits, and only group 0 exists
            return groupCount == 1 ? 0 : (long) group << (64 - bits(groupCount));
        }
    }
}
