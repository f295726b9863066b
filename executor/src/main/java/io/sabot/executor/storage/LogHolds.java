package io.sabot.executor.storage;

import java.util.LinkedHashSet;
import java.util.Set;

/** Places in a log from which somebody is still going to read. Safe for any thread. */
final class LogHolds {
    private final Set<Hold> holds = new LinkedHashSet<>();

    /** One reader's place. */
    final class Hold implements AutoCloseable {
        private long place;

        private Hold(long place) {
            this.place = place;
        }

        long place() {
            synchronized (LogHolds.this) {
                return place;
            }
        }

        /** Gives up what lies in front of a place. */
        void advance(long next) {
            synchronized (LogHolds.this) {
                place = Math.max(place, next);
            }
        }

        @Override
        public void close() {
            synchronized (LogHolds.this) {
                holds.remove(this);
            }
        }
    }

    synchronized Hold hold(long place) {
        Hold hold = new Hold(place);
        holds.add(hold);
        return hold;
    }

    /** The least place; {@link Long#MAX_VALUE} when nobody reads. */
    synchronized long least() {
        return holds.stream().mapToLong(hold -> hold.place).min().orElse(Long.MAX_VALUE);
    }
}
