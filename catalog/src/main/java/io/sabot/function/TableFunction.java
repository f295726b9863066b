package io.sabot.function;

import org.jspecify.annotations.Nullable;

/** Gives any number of rows for each row: public methods named {@code eval} that call {@link #collect}. */
public abstract class TableFunction<T> extends UserDefinedFunction {
    /** Where rows go. */
    protected @Nullable Collector<T> collector;

    /** Called by the engine. */
    public final void setCollector(Collector<T> newCollector) {
        collector = newCollector;
    }

    /** Gives a row. */
    protected final void collect(T row) {
        Collector<T> to = collector;
        if (to == null) {
            throw new IllegalStateException("a row outside of a call");
        }
        to.collect(row);
    }
}
