package io.sabot.server.session;

import io.sabot.catalog.CatalogException;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.error.SqlSpan;

/** Turns what the catalog refuses into an error that points at the SQL. */
final class StatementErrors {
    private StatementErrors() {}

    static SabotException of(CatalogException e, SqlSpan span) {
        ErrorCode code = switch (e.kind()) {
            case NOT_FOUND -> ErrorCode.UNDEFINED_TABLE;
            case ALREADY_EXISTS -> ErrorCode.DUPLICATE_OBJECT;
            case INVALID_OPTION -> ErrorCode.INVALID_OPTION;
            case INVALID_DEFINITION -> ErrorCode.INVALID_DEFINITION;
            case IN_USE -> ErrorCode.DEPENDENT_OBJECTS;
            case STORE_FAILED -> ErrorCode.IO_ERROR;
        };
        return SabotException.of(code, String.valueOf(e.getMessage()))
                .at(span)
                .why(e.why())
                .hint(e.hint())
                .causedBy(e);
    }
}
