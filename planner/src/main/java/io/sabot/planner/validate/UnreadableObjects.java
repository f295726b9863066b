package io.sabot.planner.validate;

import io.sabot.catalog.Unreadable;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;

/** What is said about an object that a durable catalog could not make again. */
public final class UnreadableObjects {
    private UnreadableObjects() {}

    /** The error for using one. */
    public static SabotException error(Unreadable unreadable) {
        return SabotException.of(
                        ErrorCode.INVALID_DEFINITION,
                        unreadable.kind() + " '" + unreadable.name().name()
                                + "' could not be read when the engine was opened")
                .why(unreadable.why())
                .hint("give back what is missing and write ADD JAR, or open the engine again; or drop it");
    }
}
