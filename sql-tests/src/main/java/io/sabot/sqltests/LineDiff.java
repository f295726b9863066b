package io.sabot.sqltests;

import java.util.ArrayList;
import java.util.List;

/** What differs between two texts, line by line, with a few lines around. */
final class LineDiff {
    private static final int CONTEXT = 4;

    private LineDiff() {}

    /** Lines with {@code -} stand in the first text only, with {@code +} in the second; empty when they are equal. */
    static String between(String expected, String actual) {
        List<String> lines = merged(expected.lines().toList(), actual.lines().toList());
        StringBuilder text = new StringBuilder();
        int shown = -1;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(" ")) {
                continue;
            }
            int from = Math.max(shown + 1, i - CONTEXT);
            if (from > shown + 1) {
                text.append("...\n");
            }
            for (shown = from; shown <= Math.min(i + CONTEXT, lines.size() - 1); shown++) {
                if (shown > i && !lines.get(shown).startsWith(" ")) {
                    break;
                }
                text.append(lines.get(shown)).append('\n');
            }
            shown--;
        }
        return text.toString();
    }

    private static List<String> merged(List<String> left, List<String> right) {
        int[][] common = longestCommon(left, right);
        List<String> lines = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < left.size() || j < right.size()) {
            if (i < left.size() && j < right.size() && left.get(i).equals(right.get(j))) {
                lines.add("  " + left.get(i));
                i++;
                j++;
            } else if (j == right.size() || (i < left.size() && common[i + 1][j] >= common[i][j + 1])) {
                lines.add("- " + left.get(i++));
            } else {
                lines.add("+ " + right.get(j++));
            }
        }
        return lines;
    }

    /** Length of the longest common subsequence of the lines behind each pair of positions. */
    private static int[][] longestCommon(List<String> left, List<String> right) {
        int[][] length = new int[left.size() + 1][right.size() + 1];
        for (int i = left.size() - 1; i >= 0; i--) {
            for (int j = right.size() - 1; j >= 0; j--) {
                length[i][j] = left.get(i).equals(right.get(j))
                        ? length[i + 1][j + 1] + 1
                        : Math.max(length[i + 1][j], length[i][j + 1]);
            }
        }
        return length;
    }
}
