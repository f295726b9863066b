package io.sabot.function;

/** What a function learns about its surroundings when it is opened. */
public class FunctionContext {
    /** A parameter of the job; there are none, so this is the default. */
    public String getJobParameter(String key, String defaultValue) {
        return defaultValue;
    }

    /** Number of the task, from 0. */
    public int getIndexOfThisSubtask() {
        return 0;
    }
}
