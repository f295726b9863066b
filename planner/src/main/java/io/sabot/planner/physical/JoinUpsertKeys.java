package io.sabot.planner.physical;

import io.sabot.planner.plan.JoinKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which columns identify a row of a join. */
final class JoinUpsertKeys {
    private JoinUpsertKeys() {}

    static List<List<Integer>> of(JoinInputs inputs, JoinKind kind) {
        List<List<Integer>> left = inputs.left().stream().upsertKeys();
        if (!kind.isPairing()) {
            return left;
        }
        int shift = inputs.left().schema().size();
        List<List<Integer>> right = inputs.right().stream().upsertKeys().stream()
                .map(key -> key.stream().map(column -> column + shift).toList())
                .toList();
        Set<List<Integer>> keys = new LinkedHashSet<>();
        boolean oneRight = right.stream()
                .anyMatch(key -> shifted(inputs.keys().right(), shift).containsAll(key));
        boolean oneLeft = left.stream().anyMatch(key -> inputs.keys().left().containsAll(key));
        if (oneRight && !kind.keepsRight()) {
            keys.addAll(left);
        }
        if (oneLeft && !kind.keepsLeft()) {
            keys.addAll(right);
        }
        if (keys.isEmpty()) {
            for (List<Integer> ofLeft : left) {
                for (List<Integer> ofRight : right) {
                    List<Integer> both = new ArrayList<>(ofLeft);
                    both.addAll(ofRight);
                    keys.add(both);
                }
            }
        }
        return List.copyOf(keys);
    }

    private static List<Integer> shifted(List<Integer> columns, int shift) {
        return columns.stream().map(column -> column + shift).toList();
    }
}
