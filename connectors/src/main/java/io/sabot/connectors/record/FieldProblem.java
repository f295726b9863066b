package io.sabot.connectors.record;

/** A field of a record cannot be read. The message tells the user why. */
public final class FieldProblem extends Exception {
    private static final long serialVersionUID = 1L;

    private final String column;

    /** @param column path of the field, or empty for the record as a whole */
    public FieldProblem(String column, String message) {
        super(message);
        this.column = column;
    }

    /** Path of the field, or empty for the record as a whole. */
    public String column() {
        return column;
    }

    /** The same problem of a field inside {@code outer}. */
    public FieldProblem inside(String outer) {
        String separator = column.isEmpty() || column.startsWith("[") ? "" : ".";
        return new FieldProblem(outer + separator + column, String.valueOf(getMessage()));
    }
}
