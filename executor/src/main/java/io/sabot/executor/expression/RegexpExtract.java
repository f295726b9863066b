package io.sabot.executor.expression;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * REGEXP_EXTRACT(text, pattern [, group]): the group (0, the whole match, by default) of the first match, else NULL.
 *
 * <p>With a constant pattern a text is searched first for what every match contains; an ASCII text is matched where it lies,
 * and the result is a part of it.
 */
final class RegexpExtract implements Kernel {
    private final Patterns patterns = new Patterns();
    private @Nullable Constant constant;

    /** A pattern that stays, and what is kept for it. */
    private record Constant(
            Pattern pattern,
            Matcher matcher,
            AsciiText text,
            @Nullable RequiredText required) {
        static Constant of(Pattern pattern) {
            return new Constant(pattern, pattern.matcher(""), new AsciiText(), RequiredText.of(pattern.pattern()));
        }
    }

    @Override
    public void run(Rows rows, Value... arguments) {
        Value regexp = arguments[1];
        Constant fixed = regexp.isConstant() && rows.count() > 0 ? constant(ValueTexts.string(regexp, 0)) : null;
        for (int i = 0; i < rows.count(); i++) {
            if (rows.isNull(i)) {
                continue;
            }
            long group = arguments.length > 2 ? arguments[2].getLong(i) : 0;
            long text = arguments[0].low(i);
            int length = (int) arguments[0].high(i);
            if (fixed != null && Bytes.isAscii(text, length)) {
                extract(rows, i, fixed, text, length, group);
                continue;
            }
            Pattern pattern = fixed != null
                    ? fixed.pattern
                    : regexp.isConstant() ? null : patterns.of(ValueTexts.string(regexp, i));
            String found = pattern == null ? null : find(pattern, ValueTexts.string(text, length), group);
            if (found == null) {
                rows.setNull(i);
            } else {
                rows.putText(i, found.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private @Nullable Constant constant(String expression) {
        Pattern pattern = patterns.of(expression);
        Constant known = constant;
        if (pattern == null || (known != null && known.pattern == pattern)) {
            return pattern == null ? null : known;
        }
        Constant fresh = Constant.of(pattern);
        constant = fresh;
        return fresh;
    }

    private static void extract(Rows rows, int row, Constant constant, long text, int length, long group) {
        Matcher matcher = constant.matcher;
        int from = firstBeginning(constant.required, text, length);
        if (from < 0 || group < 0 || group > matcher.groupCount()) {
            rows.setNull(row);
            return;
        }
        constant.text.set(text, length);
        matcher.reset(constant.text);
        int start = matcher.find(from) ? matcher.start((int) group) : -1;
        if (start < 0) {
            rows.setNull(row);
        } else {
            rows.putText(row, text + start, matcher.end((int) group) - start);
        }
    }

    /** Where a match may begin at the earliest; -1 when there is none. */
    private static int firstBeginning(@Nullable RequiredText required, long text, int length) {
        if (required == null) {
            return 0;
        }
        int at = Bytes.indexOf(text, length, required.ascii());
        return at < 0 ? -1 : Math.max(0, at - required.reach());
    }

    private static @Nullable String find(Pattern pattern, String text, long group) {
        Matcher matcher = pattern.matcher(text);
        return group >= 0 && group <= matcher.groupCount() && matcher.find() ? matcher.group((int) group) : null;
    }
}
