package io.sabot.planner.plan;

/**
 * For how long the state of a node stays behind its last write, on the clock.
 *
 * @param leftMillis of what the first input brings, or the only one; 0 for ever
 * @param rightMillis of what the second input brings; 0 for ever
 */
public record StateTtl(long leftMillis, long rightMillis) {
    /** Nothing goes by itself. */
    public static final StateTtl FOREVER = new StateTtl(0, 0);

    /** Whether nothing goes by itself. */
    public boolean isForever() {
        return leftMillis == 0 && rightMillis == 0;
    }
}
