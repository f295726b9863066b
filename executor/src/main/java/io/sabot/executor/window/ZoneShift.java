package io.sabot.executor.window;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * Between instants and local milliseconds of a zone (milliseconds that a clock on the wall there shows, as if it were UTC).
 * Windows of TIMESTAMP_LTZ are aligned on the latter. Remembers the last offset; one thread uses it.
 */
public final class ZoneShift {
    private final ZoneRules rules;
    private final boolean constant;
    private long validFrom;
    private long validUntil;
    private long shift;

    /** The shift of a zone. */
    public ZoneShift(ZoneId zone) {
        this.rules = zone.getRules();
        this.constant = rules.isFixedOffset();
        this.shift = rules.getOffset(Instant.EPOCH).getTotalSeconds() * 1000L;
        this.validFrom = constant ? Long.MIN_VALUE : 1;
        this.validUntil = constant ? Long.MAX_VALUE : 0;
    }

    /** Whether instants and local times are the same. */
    public boolean isNone() {
        return constant && shift == 0;
    }

    /** What clocks show at an instant. */
    public long toLocal(long instant) {
        if (!constant && (instant < validFrom || instant >= validUntil)) {
            look(instant);
        }
        return instant + shift;
    }

    private void look(long instant) {
        Instant at = Instant.ofEpochMilli(instant);
        ZoneOffsetTransition next = rules.nextTransition(at);
        ZoneOffsetTransition previous = rules.previousTransition(at.plusMillis(1));
        shift = rules.getOffset(at).getTotalSeconds() * 1000L;
        validFrom = previous == null ? Long.MIN_VALUE : previous.toEpochSecond() * 1000L;
        validUntil = next == null ? Long.MAX_VALUE : next.toEpochSecond() * 1000L;
    }

    /**
     * The instant at which clocks have shown a local time for the last time; for a time that they skip, the instant of the
     * skip.
     */
    public long toInstant(long local) {
        if (constant) {
            return local - shift;
        }
        LocalDateTime time = LocalDateTime.ofEpochSecond(
                Math.floorDiv(local, 1000L), (int) Math.floorMod(local, 1000L) * 1_000_000, ZoneOffset.UTC);
        ZoneOffsetTransition transition = rules.getTransition(time);
        if (transition != null && transition.isGap()) {
            return transition.toEpochSecond() * 1000L;
        }
        ZoneOffset offset = transition == null ? rules.getOffset(time) : transition.getOffsetAfter();
        return local - offset.getTotalSeconds() * 1000L;
    }

    /** The greatest local time whose {@link #toInstant} is not after an instant: what is over at a watermark. */
    public long overAt(long instant) {
        if (instant == Long.MAX_VALUE || instant == Long.MIN_VALUE) {
            return instant;
        }
        long local = toLocal(instant);
        if (constant || toInstant(local) <= instant) {
            return local;
        }
        // clocks show this time again later: over is only what comes before the repeated stretch
        LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(local, 1000L), 0, ZoneOffset.UTC);
        ZoneOffsetTransition transition = rules.getTransition(time);
        return transition.getDateTimeAfter().toEpochSecond(ZoneOffset.UTC) * 1000L - 1;
    }
}
