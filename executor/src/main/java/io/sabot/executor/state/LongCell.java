package io.sabot.executor.state;

/** One number of an operator that is in every checkpoint: its watermark, a counter. Only the task's thread calls it. */
public interface LongCell {
    /** How the cells of several tasks become one when state is restored. */
    enum Merge {
        /** Each task gets the smallest value of all old tasks, as for watermarks: splits may have gone to another task. */
        MIN,
        /** At another parallelism each new task gets the largest value of all old tasks. */
        MAX,
        /** At another parallelism the sum stays the same, each old value goes to one new task, as for counters. */
        SUM
    }

    /** The present value. */
    long get();

    /** Changes the value. */
    void set(long value);
}
