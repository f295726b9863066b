package io.sabot.executor.aggregate;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;

/** The value of a scalar sub-query: an error when there are several rows at the time it is asked for. */
final class SingleValue {
    private SingleValue() {}

    static Result of(int countOffset, Result value) {
        return (records, count, tails, out) -> {
            for (int i = 0; i < count; i++) {
                if (Results.count(records[i], countOffset) > 1) {
                    throw SabotException.of(
                                    ErrorCode.CARDINALITY_VIOLATION, "a scalar sub-query gave more than one row")
                            .hint("aggregate it, or make it unique by a condition");
                }
            }
            value.write(records, count, tails, out);
        };
    }
}
