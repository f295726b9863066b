package io.sabot.executor.job;

import io.sabot.executor.batch.ColumnLimit;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.util.OversizedAllocationException;

/** Why a job could not go on, as its user is told. */
final class JobFailure {
    private JobFailure() {}

    static SabotException of(Throwable cause) {
        if (cause instanceof SabotException known) {
            return known;
        }
        if (cause instanceof OversizedAllocationException oversized) {
            return ColumnLimit.exceeded(oversized);
        }
        if (cause instanceof OutOfMemoryException || cause instanceof OutOfMemoryError) {
            return SabotException.of(ErrorCode.OUT_OF_MEMORY, "the query ran out of memory")
                    .causedBy(cause);
        }
        return SabotException.of(ErrorCode.INTERNAL_ERROR, "internal error: " + cause)
                .hint("this is a mistake in Sabot; please report it with the statement and the log")
                .causedBy(cause);
    }
}
