package io.sabot.sqltests;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells whether a query sorts its rows, by a look at its text. */
final class OrderBy {
    private static final Pattern TOKEN = Pattern.compile("'[^']*'|`[^`]*`|--.*|[()]|(?i)\\border\\s+by\\b");

    private OrderBy() {}

    /** Whether ORDER BY stands outside of all brackets. */
    static boolean isOutermost(String sql) {
        int depth = 0;
        Matcher token = TOKEN.matcher(sql);
        while (token.find()) {
            String text = token.group();
            if (text.equals("(")) {
                depth++;
            } else if (text.equals(")")) {
                depth--;
            } else if (depth == 0 && text.regionMatches(true, 0, "order", 0, 5)) {
                return true;
            }
        }
        return false;
    }
}
