package io.sabot.executor.state;

/**
 * Where an operator gets its state tables from, in {@code open}. What it gets is restored already.
 *
 * <p>A name is a promise to later versions: it finds the state again, and a table asked for with another kind or shape than
 * its checkpoint holds is an error (55000). Asking twice for one name is a mistake. The store owns what it hands out: it
 * frees all memory when the task ends, operators need not close tables. Only the task's thread calls it.
 */
public interface StateStore {
    /** Records by key. */
    RecordTable recordTable(String name, RecordSpec spec);

    /** Records by slice end and key. */
    SlicedRecordTable slicedTable(String name, RecordSpec spec);

    /** Ordered entries by partition key. */
    OrderedTable orderedTable(String name, OrderedSpec spec);

    /** Rows in arrival order. */
    RowLog rowLog(String name, RowLogSpec spec);

    /** A number; {@code initial} when there is nothing to restore. */
    LongCell cell(String name, long initial, LongCell.Merge merge);

    /** Key groups of this task; keys of others must not come here. */
    KeyGroups.Range keyGroups();
}
