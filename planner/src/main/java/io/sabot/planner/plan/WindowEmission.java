package io.sabot.planner.plan;

/**
 * When a window aggregation puts results out.
 *
 * @param latenessMillis how long behind the watermark a window still takes rows, each of which changes its result; 0 for none
 * @param earlyMillis time on the clock between looks at windows that are not complete; 0 to put out complete ones only
 */
public record WindowEmission(long latenessMillis, long earlyMillis) {
    /** Each result once, when the watermark passes the end of its window. */
    public static final WindowEmission ONCE = new WindowEmission(0, 0);

    /** Whether no result changes. */
    public boolean isOnce() {
        return latenessMillis == 0 && earlyMillis == 0;
    }
}
