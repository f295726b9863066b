package io.sabot.sqltests.random;

import java.util.Map;
import java.util.TreeMap;

/** What jobs have asked and compared so far. Any thread. */
final class Tally {
    private final Map<String, Integer> refused = new TreeMap<>();
    private int jobs;
    private int restarts;
    private int queries;
    private int answers;

    synchronized void refused(String reason) {
        refused.merge(reason, 1, Integer::sum);
    }

    /** A job with so many queries came to its end, and this number of answers was right. */
    synchronized void add(int queryCount, int answerCount, boolean restarted) {
        jobs++;
        queries += queryCount;
        answers += answerCount;
        restarts += restarted ? 1 : 0;
    }

    synchronized int answers() {
        return answers;
    }

    @Override
    public synchronized String toString() {
        return jobs + " jobs (" + restarts + " restarted), " + queries + " queries, " + answers
                + " answers at ends of epochs compared, refused: " + refused;
    }
}
