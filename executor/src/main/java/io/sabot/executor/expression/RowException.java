package io.sabot.executor.expression;

import io.sabot.parser.error.ErrorCode;

/** A value that an operation cannot work with. {@link StrictNode} turns it into an error that names the expression. */
final class RowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final int row;

    RowException(ErrorCode code, String what, int row) {
        super(what, null, false, false);
        this.code = code;
        this.row = row;
    }

    /** The kind of error. */
    ErrorCode code() {
        return code;
    }

    /** What happened, in one line. */
    String what() {
        return String.valueOf(getMessage());
    }

    /** Row of the frame. */
    int row() {
        return row;
    }
}
