package io.sabot.sqltests.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What the sources and sinks of one job share: scripts to read, and what its sinks got. Any thread. */
final class Run implements AutoCloseable {
    private static final Map<String, Run> ALL = new ConcurrentHashMap<>();

    private final String name;
    private final Map<String, Script> scripts = new TreeMap<>();
    private final Map<String, Recording> recordings = new TreeMap<>();
    private long epochs;

    private Run(String name) {
        this.name = name;
    }

    /** Makes the run of this name known to the connectors. */
    static Run open(String name, List<Script> scripts) {
        Run run = new Run(name);
        scripts.forEach(script -> run.scripts.put(script.table(), script));
        ALL.put(name, run);
        return run;
    }

    /** The run of this name. */
    static Run named(String name) {
        Run run = ALL.get(name);
        if (run == null) {
            throw new IllegalStateException("there is no run '" + name + "'");
        }
        return run;
    }

    Script script(String table) {
        Script script = scripts.get(table);
        if (script == null) {
            throw new IllegalStateException("there is no script for '" + table + "'");
        }
        return script;
    }

    /** What a sink got. */
    synchronized Recording recording(String table) {
        return recordings.computeIfAbsent(table, key -> new Recording());
    }

    /** Notes that a sink has come to the end of an epoch. */
    synchronized void epochEnded(long epoch) {
        if (epoch > epochs) {
            epochs = epoch;
            notifyAll();
        }
    }

    /** Epochs that some sink has come to the end of. */
    synchronized long epochs() {
        return epochs;
    }

    /** Waits at most so long for the end of an epoch behind this one; returns whether there is one. */
    synchronized boolean awaitEpochAfter(long epoch, long nanos) {
        long deadline = System.nanoTime() + nanos;
        try {
            while (epochs <= epoch) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                wait(left / 1_000_000, (int) (left % 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return epochs > epoch;
    }

    @Override
    public void close() {
        ALL.remove(name);
    }

    /** The changes that a sink got, epoch by epoch: those of its tasks together. */
    static final class Recording {
        private final List<List<Script.Change>> past = new ArrayList<>();
        private final Map<Integer, List<List<Script.Change>>> writers = new TreeMap<>();

        synchronized void begin(int writer) {
            writers.put(writer, new ArrayList<>(List.of(new ArrayList<>())));
        }

        synchronized void add(int writer, Script.Change change) {
            List<List<Script.Change>> epochs = epochs(writer);
            epochs.get(epochs.size() - 1).add(change);
        }

        /** Ends an epoch of a writer; returns how many have ended now. */
        synchronized int endEpoch(int writer) {
            List<List<Script.Change>> epochs = epochs(writer);
            epochs.add(new ArrayList<>());
            return past.size() + epochs.size() - 1;
        }

        private List<List<Script.Change>> epochs(int writer) {
            List<List<Script.Change>> epochs = writers.get(writer);
            if (epochs == null) {
                throw new IllegalStateException("writer " + writer + " writes before it begins");
            }
            return epochs;
        }

        /**
         * The job has stopped: what its next run writes comes behind all epochs that have ended. What was written since the
         * last end comes again.
         */
        synchronized void restarted() {
            int begin = past.size();
            int end = begin
                    + writers.values().stream()
                            .mapToInt(epochs -> epochs.size() - 1)
                            .max()
                            .orElse(0);
            for (int epoch = begin; epoch < end; epoch++) {
                past.add(present(epoch, begin));
            }
            writers.clear();
        }

        /** Epochs that all writers have come to the end of; a writer whose input has ended comes to no further one. */
        synchronized int endedEpochs() {
            return past.size()
                    + writers.values().stream()
                            .mapToInt(epochs -> epochs.size() - 1)
                            .min()
                            .orElse(0);
        }

        /** All changes of an epoch. */
        synchronized List<Script.Change> epoch(int epoch) {
            return epoch < past.size() ? past.get(epoch) : present(epoch, past.size());
        }

        private List<Script.Change> present(int epoch, int begin) {
            List<Script.Change> changes = new ArrayList<>();
            writers.values().forEach(epochs -> {
                if (epoch - begin < epochs.size()) {
                    changes.addAll(epochs.get(epoch - begin));
                }
            });
            return changes;
        }
    }
}
