package io.sabot.function;

/** Any function of a user. One object a task; one thread calls it. */
public abstract class UserDefinedFunction {
    /** First call. */
    public void open(FunctionContext context) throws Exception {}

    /** Last call. */
    public void close() throws Exception {}

    /** Whether equal arguments give equal results. */
    public boolean isDeterministic() {
        return true;
    }
}
