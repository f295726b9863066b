package io.sabot.jdbc;

import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLSyntaxErrorException;
import org.apache.calcite.avatica.remote.AvaticaRuntimeException;

/** Turns what went wrong into the SQLException that a program sees: the engine's own text and SQLState, nothing around it. */
final class Failures {
    static final String CANCELLED = "57014";

    private Failures() {}

    /** An error of the driver itself, worded as the engine words its own. */
    static SQLException of(String sqlState, String what) {
        return typed("ERROR " + sqlState + ": " + what, sqlState, null);
    }

    static SQLException toSql(Throwable failure) {
        if (failure instanceof SQLException sql) {
            return sql;
        }
        if (failure instanceof ServiceFailure service) {
            return typed(service.text(), service.sqlState(), service.getCause());
        }
        if (failure instanceof AvaticaRuntimeException engine) {
            return typed(engine.getErrorMessage(), engine.getSqlState(), engine.getCause());
        }
        if (failure.getCause() instanceof SQLException sql) {
            return sql;
        }
        return typed("ERROR XX000: the driver failed: " + failure, "XX000", failure);
    }

    private static SQLException typed(
            String message, String state, @org.jspecify.annotations.Nullable Throwable cause) {
        return switch (state.substring(0, 2)) {
            case "0A" -> new SQLFeatureNotSupportedException(message, state, cause);
            case "08" -> new SQLNonTransientConnectionException(message, state, cause);
            case "42" -> new SQLSyntaxErrorException(message, state, cause);
            default -> new SQLException(message, state, cause);
        };
    }
}
