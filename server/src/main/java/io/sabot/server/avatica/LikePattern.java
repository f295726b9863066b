package io.sabot.server.avatica;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Name patterns of JDBC: {@code %} for any text, {@code _} for a character, a backslash in front of either for itself. */
final class LikePattern {
    private LikePattern() {}

    /** Whether a name fits; no pattern, or an empty one, fits all. */
    static Predicate<String> of(@Nullable String pattern) {
        if (pattern == null || pattern.isEmpty() || pattern.equals("%")) {
            return name -> true;
        }
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\' && i + 1 < pattern.length()) {
                i++;
                regex.append(Pattern.quote(String.valueOf(pattern.charAt(i))));
            } else if (c == '%') {
                regex.append(".*");
            } else if (c == '_') {
                regex.append('.');
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL).asMatchPredicate();
    }
}
