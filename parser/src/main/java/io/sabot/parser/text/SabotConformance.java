package io.sabot.parser.text;

import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;

/** What is let through where SQL dialects differ: the standard, and the few liberties of Flink. The planner's validator adds its own. */
public class SabotConformance extends SqlDelegatingConformance {
    /** What the parser lets through. */
    public static final SqlConformance INSTANCE = new SabotConformance();

    /** For the validator's, which lets through more. */
    protected SabotConformance() {
        super(SqlConformanceEnum.DEFAULT);
    }

    @Override
    public boolean isBangEqualAllowed() {
        return true;
    }

    @Override
    public boolean isPercentRemainderAllowed() {
        return true;
    }

    @Override
    public boolean isApplyAllowed() {
        return true;
    }

    @Override
    public boolean isMinusAllowed() {
        return true;
    }

    @Override
    public boolean isOffsetLimitAllowed() {
        return true;
    }

    @Override
    public boolean allowExplicitRowValueConstructor() {
        return true;
    }
}
