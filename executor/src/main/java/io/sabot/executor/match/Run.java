package io.sabot.executor.match;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One way in which rows have been taken so far.
 *
 * @param first the row it began with; null while it has none
 * @param last the row it took last, with those before; null while it has none
 */
record Run(int state, @Nullable Event first, @Nullable Taken last) {
    /** Those that began earlier come first, those without a row last. */
    static final Comparator<Run> BY_FIRST = (a, b) -> {
        Event x = a.first;
        Event y = b.first;
        if (x == null || y == null) {
            return x == y ? 0 : x == null ? 1 : -1;
        }
        return x.compareTo(y);
    };

    /** A row that some run has taken: its features as bytes, see {@code state.KeyEncoder.ofRows}. */
    record Event(long time, long sequence, byte[] row) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(time, other.time);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(sequence);
        }
    }

    /** A row and who took it; chains are shared by the runs that split after them. */
    static final class Taken {
        final Event event;
        final int variable;
        final @Nullable Taken before;

        Taken(Event event, int variable, @Nullable Taken before) {
            this.event = event;
            this.variable = variable;
            this.before = before;
        }

        boolean isBy(long variables) {
            return (variables >> variable & 1) != 0;
        }
    }
}
