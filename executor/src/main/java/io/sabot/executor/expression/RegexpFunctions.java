package io.sabot.executor.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Functions of regular expressions, Java's; what is none gives NULL, and matches nothing. */
final class RegexpFunctions {
    private RegexpFunctions() {}

    /** What a pattern and the texts give. */
    @FunctionalInterface
    private interface Match {
        @Nullable
        Object of(Pattern pattern, String text, Object[] arguments);
    }

    static void declare(Functions functions) {
        functions.row("REGEXP", () -> {
            Patterns patterns = new Patterns();
            return (a, x) -> {
                Pattern pattern = text(a[1]).isEmpty() ? null : patterns.of(text(a[1]));
                return pattern != null && pattern.matcher(text(a[0])).find();
            };
        });
        declare(
                functions,
                "REGEXP_REPLACE",
                (pattern, text, a) -> pattern.matcher(text).replaceAll(Matcher.quoteReplacement(text(a[2]))));
        declare(functions, "REGEXP_COUNT", (pattern, text, a) ->
                (int) pattern.matcher(text).results().count());
        declare(functions, "REGEXP_INSTR", (pattern, text, a) -> position(pattern.matcher(text), text));
        declare(functions, "REGEXP_SUBSTR", (pattern, text, a) -> first(pattern.matcher(text)));
        declare(
                functions,
                "REGEXP_EXTRACT_ALL",
                (pattern, text, a) -> all(pattern.matcher(text), a.length > 2 ? ((Number) a[2]).longValue() : 1));
    }

    private static void declare(Functions functions, String name, Match match) {
        functions.row(name, () -> {
            Patterns patterns = new Patterns();
            return (a, x) -> {
                Pattern pattern = patterns.of(text(a[1]));
                return pattern == null ? null : match.of(pattern, text(a[0]), a);
            };
        });
    }

    private static String text(Object argument) {
        return TextFunctions.text(argument);
    }

    private static int position(Matcher matcher, String text) {
        return matcher.find() ? text.codePointCount(0, matcher.start()) + 1 : 0;
    }

    private static @Nullable String first(Matcher matcher) {
        return matcher.find() ? matcher.group() : null;
    }

    /** Null when there is no such group. */
    private static @Nullable List<@Nullable String> all(Matcher matcher, long group) {
        if (group < 0 || group > matcher.groupCount()) {
            return null;
        }
        List<@Nullable String> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.group((int) group));
        }
        return found;
    }
}
