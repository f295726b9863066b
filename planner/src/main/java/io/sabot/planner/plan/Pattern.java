package io.sabot.planner.plan;

import java.util.List;

/** What MATCH_RECOGNIZE looks for, over pattern variables by their index. PERMUTE is written out as alternatives. */
public sealed interface Pattern {
    /** One row that a variable takes. */
    record One(int variable) implements Pattern {}

    /** One part after the other. */
    record Sequence(List<Pattern> parts) implements Pattern {
        public Sequence {
            parts = List.copyOf(parts);
        }
    }

    /** One of several, the first preferred. */
    record Choice(List<Pattern> options) implements Pattern {
        public Choice {
            options = List.copyOf(options);
        }
    }

    /**
     * The same several times.
     *
     * @param most -1 when there is no limit
     * @param greedy whether a row that the body can take is never left to what follows
     */
    record Repeat(Pattern body, int least, int most, boolean greedy) implements Pattern {}
}
