package io.sabot.planner.physical;

import io.sabot.planner.plan.JoinKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Windows of both inputs of a join that its condition makes equal.
 *
 * @param keys the other pairs of columns
 */
record WindowPair(CarriedWindow left, CarriedWindow right, JoinKeys keys) {
    /** Looks for windows whose start and end are both equal. */
    static Optional<WindowPair> find(JoinInputs inputs) {
        for (CarriedWindow left : inputs.left().windows()) {
            for (CarriedWindow right : inputs.right().windows()) {
                int end = pair(inputs.keys(), left.end(), right.end());
                int start = pair(inputs.keys(), left.start(), right.start());
                boolean timed = inputs.left().time(left.end()).isPresent()
                        && inputs.right().time(right.end()).isPresent();
                if (end >= 0 && start >= 0 && timed) {
                    return Optional.of(new WindowPair(
                            left, right, without(inputs.keys(), end, left.sameKind(right) ? start : -1)));
                }
            }
        }
        return Optional.empty();
    }

    private static int pair(JoinKeys keys, int left, int right) {
        for (int i = 0; i < keys.left().size(); i++) {
            if (keys.left().get(i) == left && keys.right().get(i) == right) {
                return i;
            }
        }
        return -1;
    }

    private static JoinKeys without(JoinKeys keys, int end, int start) {
        List<Integer> left = new ArrayList<>();
        List<Integer> right = new ArrayList<>();
        List<Boolean> nullSafe = new ArrayList<>();
        for (int i = 0; i < keys.left().size(); i++) {
            if (i != end && i != start) {
                left.add(keys.left().get(i));
                right.add(keys.right().get(i));
                nullSafe.add(keys.nullSafe().get(i));
            }
        }
        return new JoinKeys(left, right, nullSafe);
    }
}
