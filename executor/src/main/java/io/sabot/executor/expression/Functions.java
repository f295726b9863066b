package io.sabot.executor.expression;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every operator and function that has a kernel, by the upper-case name of its operator.
 *
 * <p>To add one: write a {@link CallRule} in the class of its family, and one line in the family's {@code declare}.
 */
final class Functions {
    private static final Functions ALL = new Functions();

    private final Map<String, CallRule> rules = new HashMap<>();

    private Functions() {
        LogicRules.declare(this);
        ComparisonRules.declare(this);
        ArithmeticRules.declare(this);
        CastRules.declare(this);
    }

    /** Declares how calls of this name are computed. */
    void declare(String name, CallRule rule) {
        CallRule before = rules.put(name, rule);
        assert before == null : name + " is declared twice";
    }

    /** The rule of a name; null when there is none. */
    static @Nullable CallRule find(String name) {
        return ALL.rules.get(name);
    }
}
