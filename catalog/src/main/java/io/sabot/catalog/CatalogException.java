package io.sabot.catalog;

import java.util.List;

/** A definition or a name that the catalog refuses. Whoever holds the statement adds its place in the SQL. */
public final class CatalogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Kind {
        NOT_FOUND,
        ALREADY_EXISTS,
        INVALID_OPTION,
        INVALID_DEFINITION,
        IN_USE,
        STORE_FAILED
    }

    private final Kind kind;
    private final String subject;
    private final String why;
    private final String hint;

    /**
     * @param subject the name or option key that is wrong, as the user wrote it, by which the caller finds its place
     * @param why facts that explain it, may be empty
     * @param hint what to do, may be empty
     */
    public CatalogException(Kind kind, String subject, String message, String why, String hint) {
        super(message);
        this.kind = kind;
        this.subject = subject;
        this.why = why;
        this.hint = hint;
    }

    /** What is wrong. */
    public Kind kind() {
        return kind;
    }

    /** The name or option key at fault. */
    public String subject() {
        return subject;
    }

    /** Facts that explain the error; may be empty. */
    public String why() {
        return why;
    }

    /** What to do; may be empty. */
    public String hint() {
        return hint;
    }

    /** The list as a user reads it, for a {@code why}. */
    public static String listed(List<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}
