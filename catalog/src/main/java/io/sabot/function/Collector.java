package io.sabot.function;

/** Takes rows. */
public interface Collector<T> {
    /** Takes one. */
    void collect(T row);

    /** Called at the end. */
    void close();
}
