package io.sabot.sqltests.failure;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the calls of one kind, and makes one of them fail. Any thread. */
final class Faults {
    /** What a connector or the memory is asked for. */
    enum Call {
        DISCOVER,
        POLL,
        OPEN_WRITER,
        WRITE,
        FLUSH,
        PREPARE,
        COMMIT,
        ALLOCATE
    }

    private final Call kind;
    private final long failing;
    private final AtomicLong calls = new AtomicLong();

    private Faults(Call kind, long failing) {
        this.kind = kind;
        this.failing = failing;
    }

    /** The n-th call of a kind fails, counted from 1. */
    static Faults at(Call kind, long n) {
        return new Faults(kind, n);
    }

    /** No call fails. */
    static Faults none() {
        return new Faults(Call.POLL, 0);
    }

    /** Fails when this call is the one. */
    void before(Call call) {
        if (call == kind && calls.incrementAndGet() == failing) {
            throw SabotException.of(ErrorCode.IO_ERROR, text());
        }
    }

    /** Whether the call that was to fail has been made. */
    boolean happened() {
        return failing > 0 && calls.get() >= failing;
    }

    /** What the failing call says. */
    String text() {
        return "call " + failing + " of " + kind + " fails on purpose";
    }
}
