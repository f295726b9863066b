package io.sabot.executor.expression;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** REGEXP_EXTRACT(text, pattern [, group]): the group (0, the whole match, by default) of the first match, else NULL. */
final class RegexpExtract implements Kernel {
    private final Patterns patterns = new Patterns();

    @Override
    public void run(Rows rows, Value... arguments) {
        Value regexp = arguments[1];
        Pattern constant = regexp.isConstant() ? patterns.of(ValueTexts.string(regexp, 0)) : null;
        for (int i = 0; i < rows.count(); i++) {
            if (rows.isNull(i)) {
                continue;
            }
            Pattern pattern = regexp.isConstant() ? constant : patterns.of(ValueTexts.string(regexp, i));
            long group = arguments.length > 2 ? arguments[2].getLong(i) : 0;
            String found = pattern == null ? null : find(pattern, ValueTexts.string(arguments[0], i), group);
            if (found == null) {
                rows.setNull(i);
            } else {
                rows.putText(i, found.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static @Nullable String find(Pattern pattern, String text, long group) {
        Matcher matcher = pattern.matcher(text);
        return group >= 0 && group <= matcher.groupCount() && matcher.find() ? matcher.group((int) group) : null;
    }
}
