package io.sabot.planner.plan;

import java.util.List;

/**
 * Columns that must be equal, pair by pair, of equal types.
 *
 * @param nullSafe per pair, whether NULL equals NULL
 */
public record JoinKeys(List<Integer> left, List<Integer> right, List<Boolean> nullSafe) {
    public JoinKeys {
        left = List.copyOf(left);
        right = List.copyOf(right);
        nullSafe = List.copyOf(nullSafe);
    }
}
