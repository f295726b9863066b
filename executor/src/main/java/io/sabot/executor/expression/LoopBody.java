package io.sabot.executor.expression;

import org.apache.calcite.DataContext;

/** A generated loop over rows. Public only because generated classes live in a package of their own. */
public interface LoopBody {
    /** Computes the results of all rows. */
    void run(DataContext root, LoopRows rows);
}
