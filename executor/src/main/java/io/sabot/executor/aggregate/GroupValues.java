package io.sabot.executor.aggregate;

import io.sabot.executor.batch.Batch;

/** State of aggregates that a record cannot hold: the values that a group has. */
interface GroupValues {
    /**
     * Keeps of a run only the rows by which a value appears in its group or disappears from it.
     *
     * @param filter by which the rows of the run were chosen; -1 for none
     */
    void distinct(int set, int filter, Run run, Run thinned);

    /** Notes the values of a run and writes the extreme of each group into its record. */
    void extremes(int multiset, Batch batch, Run run, Tails tails);
}
