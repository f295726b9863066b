package io.sabot.executor.aggregate;

import io.sabot.executor.batch.Batch;

/** State of aggregates that a record cannot hold: the values that a group has. */
interface GroupValues {
    /** Keeps of a run only the rows by which a value appears in its group or disappears from it. */
    void distinct(int set, Batch batch, Run run, Run thinned);

    /** Notes the values of a run and writes the extreme of each group into its record. */
    void extremes(int multiset, Batch batch, Run run, Tails tails);
}
