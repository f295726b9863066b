package io.sabot.executor.expression;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Compiles regular expressions, keeping the last one: mostly it is a constant. For one thread. */
final class Patterns {
    private String text = "";
    private @Nullable Pattern pattern = Pattern.compile("");

    /** The pattern; null when it is not valid. */
    @Nullable Pattern of(String newText) {
        if (!newText.equals(text)) {
            text = newText;
            try {
                pattern = Pattern.compile(newText);
            } catch (PatternSyntaxException e) {
                pattern = null;
            }
        }
        return pattern;
    }
}
