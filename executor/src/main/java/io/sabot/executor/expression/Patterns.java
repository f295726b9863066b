package io.sabot.executor.expression;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Compiles regular expressions, keeping the last one: mostly it is a constant. For one thread. */
final class Patterns {
    private String text = "";
    private @Nullable Pattern pattern = Pattern.compile("");

    /** The pattern; an IllegalArgumentException when it is not valid. */
    Pattern require(String newText) {
        Pattern found = of(newText);
        if (found == null) {
            throw new IllegalArgumentException("'" + newText + "' is no regular expression");
        }
        return found;
    }

    /** The pattern; null when it is not valid. */
    @Nullable
    Pattern of(String newText) {
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
