package io.sabot.executor.expression;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/** Offsets of a time zone, remembering the stretch between two changes that was asked for last. For one thread. */
final class Zone {
    private static final long MARGIN = TimeArithmetic.DAY_MILLIS;

    private final ZoneId id;
    private final ZoneRules rules;
    private long from = 1;
    private long until;
    private long offset;

    Zone(ZoneId id) {
        this.id = id;
        this.rules = id.getRules();
    }

    /** Milliseconds that the local time is ahead of UTC at an instant. */
    long offset(long utcMillis) {
        if (utcMillis < from || utcMillis >= until) {
            find(utcMillis);
        }
        return offset;
    }

    private void find(long utcMillis) {
        Instant instant = Instant.ofEpochMilli(utcMillis);
        offset = rules.getOffset(instant).getTotalSeconds() * 1000L;
        ZoneOffsetTransition before = rules.isFixedOffset() ? null : rules.previousTransition(instant.plusMillis(1));
        ZoneOffsetTransition after = rules.isFixedOffset() ? null : rules.nextTransition(instant);
        from = before == null ? Long.MIN_VALUE : before.toEpochSecond() * 1000;
        until = after == null ? Long.MAX_VALUE : after.toEpochSecond() * 1000;
    }

    /** Local time of an instant. */
    long toLocal(long utcMillis) {
        return utcMillis + offset(utcMillis);
    }

    /** Instant of a local time: the earlier of two, and behind a gap by as much as the time lies in it. */
    long toUtc(long localMillis) {
        long guess = localMillis - offset;
        if (from <= until && guess - MARGIN >= from && guess + MARGIN < until) {
            return guess;
        }
        LocalDateTime local = LocalDateTime.ofEpochSecond(
                Math.floorDiv(localMillis, 1000), (int) Math.floorMod(localMillis, 1000L) * 1_000_000, ZoneOffset.UTC);
        long utc = local.atZone(id).toInstant().toEpochMilli();
        find(utc);
        return utc;
    }
}
