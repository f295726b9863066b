package io.sabot.parser.error;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An error that a user sees: what happened, where in the SQL, why, what to do.
 *
 * <p>{@link #getMessage()} is the "what" alone, one line without a full stop. {@link #render(String)} draws the whole
 * with the offending line and a caret. Whoever holds the statement adds the span once by {@link #at(SqlSpan)};
 * a span that is already there stays.
 */
public final class SabotException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    /** Null only after Java serialisation, which drops it. */
    private final transient @Nullable SqlSpan span;

    private final String why;
    private final String hint;

    private SabotException(
            ErrorCode code, String what, SqlSpan span, String why, String hint, @Nullable Throwable cause) {
        super(what, cause);
        this.code = code;
        this.span = span;
        this.why = why;
        this.hint = hint;
    }

    /** An error with nothing but its kind and one line of what happened. */
    public static SabotException of(ErrorCode code, String what) {
        return new SabotException(code, what, SqlSpan.NONE, "", "", null);
    }

    /** The same error with the place in the SQL text, unless it has one already. */
    public SabotException at(SqlSpan newSpan) {
        return span().isKnown() ? this : copy(newSpan, why, hint, getCause());
    }

    /** The same error with its reason: facts about the user's objects, one or more lines. */
    public SabotException why(String newWhy) {
        return copy(span(), newWhy, hint, getCause());
    }

    /** The same error with advice: what to write or do in its place. */
    public SabotException hint(String newHint) {
        return copy(span(), why, newHint, getCause());
    }

    /** The same error with the failure that led to it; shown in logs, never to users. */
    public SabotException causedBy(Throwable cause) {
        return copy(span(), why, hint, cause);
    }

    private SabotException copy(SqlSpan newSpan, String newWhy, String newHint, @Nullable Throwable cause) {
        SabotException copy = new SabotException(code, what(), newSpan, newWhy, newHint, cause);
        copy.setStackTrace(getStackTrace());
        return copy;
    }

    /** One line: what happened. */
    public String what() {
        return String.valueOf(getMessage());
    }

    /** The kind of error. */
    public ErrorCode code() {
        return code;
    }

    /** Five characters, never null. */
    public String sqlState() {
        return code.sqlState();
    }

    /** Where in the SQL text; {@link SqlSpan#NONE} when unknown. */
    public SqlSpan span() {
        return span == null ? SqlSpan.NONE : span;
    }

    /** Facts that explain the error, if there are any. */
    public Optional<String> why() {
        return why.isEmpty() ? Optional.empty() : Optional.of(why);
    }

    /** What to do, if we know. */
    public Optional<String> hint() {
        return hint.isEmpty() ? Optional.empty() : Optional.of(hint);
    }

    /**
     * Draws the error as a user sees it, over several lines without a final line break.
     *
     * @param sql the text that {@link #span()} counts in; may be empty when it is not at hand
     */
    public String render(String sql) {
        return ErrorText.render(this, sql);
    }
}
