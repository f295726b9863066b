package io.sabot.planner.validate;

import io.sabot.parser.text.SabotConformance;
import org.apache.calcite.sql.validate.SqlConformance;

/** What the validator lets through beyond what the parser does. */
final class ValidatorConformance extends SabotConformance {
    static final SqlConformance INSTANCE = new ValidatorConformance();

    @Override
    public boolean allowNiladicParentheses() {
        return true;
    }

    @Override
    public boolean allowPluralTimeUnits() {
        return true;
    }
}
