package io.sabot.parser.statement;

/** What EXPLAIN shows besides the plan. */
public enum ExplainDetail {
    ESTIMATED_COST,
    CHANGELOG_MODE,
    JSON_EXECUTION_PLAN,
    PLAN_ADVICE,
    /** Runs the statement and shows what was measured. */
    ANALYZE
}
