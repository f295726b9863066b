package io.sabot.server.avatica;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.io.PrintWriter;
import java.util.UUID;
import org.apache.calcite.avatica.AvaticaSeverity;
import org.apache.calcite.avatica.remote.AvaticaRuntimeException;
import org.apache.calcite.avatica.remote.Service.ErrorResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Errors as clients see them: the drawn text and its SQLState, never a stack trace of the server. */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    /** What to throw out of a request for this failure. */
    static AvaticaRuntimeException of(Throwable failure, String sql) {
        if (failure instanceof AvaticaRuntimeException ready) {
            return ready;
        }
        if (failure instanceof SabotException error) {
            if (error.code().side() == ErrorCode.Side.INTERNAL) {
                LOG.error("internal error sql={}", sql, error);
            }
            return new ClientError(error.render(sql), ErrorResponse.UNKNOWN_ERROR_CODE, error.sqlState());
        }
        String id = UUID.randomUUID().toString().substring(0, 8);
        LOG.error("internal error id={} sql={}", id, sql, failure);
        return new ClientError(
                "ERROR XX000: internal error " + id + ": " + failure
                        + "\n  Hint: this is a fault of Sabot; please report it with the server's log of " + id,
                ErrorResponse.UNKNOWN_ERROR_CODE,
                "XX000");
    }

    /** A request that names something which is not there (any more). */
    static AvaticaRuntimeException gone(String what) {
        return new ClientError("ERROR 24000: " + what, ErrorResponse.UNKNOWN_ERROR_CODE, "24000");
    }

    /** The session has expired or never was. Clients may open a new one on this code. */
    static AvaticaRuntimeException noConnection() {
        return new ClientError(
                "ERROR 08003: the session is closed, or was idle for too long\n  Hint: connect again",
                ErrorResponse.MISSING_CONNECTION_ERROR_CODE,
                "08003");
    }

    /** The protocol sends what {@link #printStackTrace} prints. */
    private static final class ClientError extends AvaticaRuntimeException {
        private static final long serialVersionUID = 1L;

        ClientError(String message, int code, String sqlState) {
            super(message, code, sqlState, AvaticaSeverity.ERROR);
        }

        @Override
        public String getMessage() {
            return getErrorMessage();
        }

        @Override
        public void printStackTrace(PrintWriter writer) {
            writer.print(getErrorMessage());
        }
    }
}
