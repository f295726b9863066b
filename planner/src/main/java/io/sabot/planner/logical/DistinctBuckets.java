package io.sabot.planner.logical;

/**
 * Whether and how aggregates of distinct values are split.
 *
 * @param count buckets of a group; 0 when they are not split
 * @param inWindows whether also in windows: not where a window gives several results
 */
public record DistinctBuckets(int count, boolean inWindows) {
    /** Aggregations stay whole. */
    public static final DistinctBuckets NONE = new DistinctBuckets(0, false);
}
