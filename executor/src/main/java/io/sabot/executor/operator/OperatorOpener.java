package io.sabot.executor.operator;

/**
 * Makes an operator in its task: knows what it does, and asks the context for what it holds.
 *
 * <p>What it allocates goes to {@link OperatorContext#own} before anything else may fail: then an opening that fails half-way
 * leaves nothing behind.
 */
@FunctionalInterface
public interface OperatorOpener {
    /** Called once, on the thread of the task, before the first row. State tables asked for here are already restored. */
    Operator open(OperatorContext context);
}
