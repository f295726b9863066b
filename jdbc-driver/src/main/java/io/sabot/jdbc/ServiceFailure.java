package io.sabot.jdbc;

import org.jspecify.annotations.Nullable;

/** An error on the way to the engine, or one that a server answered with. Never leaves the driver. */
final class ServiceFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String sqlState;

    ServiceFailure(String sqlState, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.sqlState = sqlState;
    }

    String sqlState() {
        return sqlState;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
