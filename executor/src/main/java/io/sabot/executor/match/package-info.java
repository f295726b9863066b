/**
 * MATCH_RECOGNIZE: patterns in the ordered rows of each partition.
 *
 * <p>Read {@link io.sabot.executor.match.MatchOperator} first: it sorts rows until the watermark passes them and cuts them
 * into rounds of one row a partition. {@code PatternGraph} is the automaton, {@code Partition} moves the runs of one
 * partition through it, {@code TermRows} looks up what conditions and measures ask of the rows that a run has taken.
 *
 * <p>Which of several matches is the right one follows Flink: of those that begin with the same row the one that is
 * complete first; a match leaves when none that began earlier can still become complete. A greedy variable takes each row that
 * it can, so that what follows gets it only when it cannot.
 */
@NullMarked
package io.sabot.executor.match;

import org.jspecify.annotations.NullMarked;
