package io.sabot.planner.plan;

/** How two inputs of equal columns are set against each other. */
public enum SetKind {
    INTERSECT,
    INTERSECT_ALL,
    EXCEPT,
    EXCEPT_ALL;

    /** The words of SQL. */
    public String sql() {
        return name().replace('_', ' ');
    }
}
