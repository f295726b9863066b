package io.sabot.executor.expression;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A text that stands in every match of a regular expression, and how far behind the beginning of the match at most: where it
 * is missing nothing can match, and no match begins long before its first occurrence. So most of a text need not be searched.
 *
 * <p>Reads only the plain parts of the syntax: literals, classes, groups, anchors, quantifiers. An expression that has anything
 * else has no required text.
 *
 * @param ascii the text
 * @param reach bytes of an ASCII text between the beginning of a match and this one, at most; {@link #UNKNOWN} when there is no limit
 */
record RequiredText(byte[] ascii, int reach) {
    static final int UNKNOWN = Integer.MAX_VALUE;

    private static final String SPECIAL = "\\[](){}.*+?^$|";

    /** The longest such text of an expression; null when none is known. */
    static @Nullable RequiredText of(String expression) {
        return new Reader(expression).read();
    }

    /** Goes once over the sequence of an expression; a group is one step of it. */
    private static final class Reader {
        private final String text;
        private final StringBuilder run = new StringBuilder();
        private @Nullable RequiredText best;
        private int at;
        /** Longest way from the beginning to here, and to where the run began. */
        private int width;

        private int runWidth;

        Reader(String text) {
            this.text = text;
        }

        @Nullable
        RequiredText read() {
            if (text.contains("(?") || !sequence()) {
                return null;
            }
            endRun();
            return best;
        }

        /** Reads steps to the end; false when something is not understood. */
        private boolean sequence() {
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == '^' || c == '$') {
                    at++;
                    endRun();
                    continue;
                }
                int begin = at;
                int stepWidth = step();
                if (stepWidth < 0) {
                    return false;
                }
                boolean isEscaped = c == '\\' && !Character.isLetterOrDigit(text.charAt(at - 1));
                boolean literal = isEscaped || (at == begin + 1 && SPECIAL.indexOf(c) < 0 && c < 128);
                quantified(literal ? text.charAt(at - 1) : 0, stepWidth);
            }
            return true;
        }

        /** Takes a step with the quantifier behind it. */
        private void quantified(char literal, int stepWidth) {
            char quantifier = at < text.length() ? text.charAt(at) : 0;
            boolean repeats = quantifier == '*' || quantifier == '+' || quantifier == '{';
            boolean isQuantified = repeats || quantifier == '?';
            if (literal != 0 && !isQuantified) {
                if (run.length() == 0) {
                    runWidth = width;
                }
                run.append(literal);
            } else {
                endRun();
            }
            width = repeats ? UNKNOWN : plus(width, stepWidth);
            if (isQuantified) {
                at = quantifier == '{' ? text.indexOf('}', at) + 1 : at + 1;
                at = at == 0 ? text.length() : at;
                if (at < text.length() && (text.charAt(at) == '?' || text.charAt(at) == '+')) {
                    at++;
                }
            }
        }

        private static int plus(int a, int b) {
            return a == UNKNOWN || b == UNKNOWN ? UNKNOWN : a + b;
        }

        private void endRun() {
            RequiredText longest = best;
            if (run.length() > (longest == null ? 0 : longest.ascii.length)) {
                best = new RequiredText(run.toString().getBytes(StandardCharsets.US_ASCII), runWidth);
            }
            run.setLength(0);
        }

        /** Passes over one step without its quantifier; returns its longest width, -1 when it is not understood. */
        private int step() {
            char c = text.charAt(at);
            return switch (c) {
                case '(' -> group();
                case '[' -> characterClass();
                case '\\' -> escape();
                case '|', ')', ']', '{', '}', '*', '+', '?' -> -1;
                default -> {
                    at++;
                    yield Character.isSurrogate(c) ? -1 : 1;
                }
            };
        }

        private int escape() {
            if (at + 1 >= text.length()) {
                return -1;
            }
            char c = text.charAt(at + 1);
            at += 2;
            boolean isKnown = "dDwWsS".indexOf(c) >= 0 || (c < 128 && !Character.isLetterOrDigit(c));
            return isKnown ? 1 : -1;
        }

        /** Classes within classes are not understood. */
        private int characterClass() {
            at++;
            if (at < text.length() && text.charAt(at) == '^') {
                at++;
            }
            int first = at;
            for (; at < text.length(); at++) {
                char c = text.charAt(at);
                if (c == ']' && at > first) {
                    at++;
                    return 1;
                }
                if (c == '[' || c == '\\' || text.startsWith("&&", at)) {
                    return -1;
                }
            }
            return -1;
        }

        /** The longest of a group's alternatives; what stands in it is required by none of them alone. */
        private int group() {
            at++;
            int longest = 0;
            int current = 0;
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == ')') {
                    at++;
                    return Math.max(longest, current);
                }
                if (c == '|') {
                    longest = Math.max(longest, current);
                    current = 0;
                    at++;
                } else if (c == '^' || c == '$') {
                    at++;
                } else if (c == '*' || c == '+' || c == '{') {
                    current = UNKNOWN;
                    at = c == '{' ? Math.max(at, text.indexOf('}', at)) + 1 : at + 1;
                } else if (c == '?') {
                    at++;
                } else {
                    int stepWidth = step();
                    if (stepWidth < 0) {
                        return -1;
                    }
                    current = plus(current, stepWidth);
                }
            }
            return -1;
        }
    }
}
