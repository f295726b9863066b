package io.sabot.executor.job;

import io.sabot.catalog.ObjectName;
import io.sabot.executor.checkpoint.CheckpointMetadata;
import io.sabot.executor.checkpoint.SplitState;
import io.sabot.executor.storage.StoredTables;
import io.sabot.executor.time.Watermark;
import io.sabot.planner.plan.Plan;
import io.sabot.planner.plan.PlanNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * How far into the logs of the engine's tables, and whether to the end of what ends, the committed output of a run goes. The coordinator tells, others wait; safe
 * for any thread.
 */
final class CommittedInputs {
    /** By name of the scan. */
    private final Map<String, ObjectName> scans = new HashMap<>();

    /** Names of the other sources that come to an end. */
    private final Set<String> ending = new HashSet<>();

    private final Map<String, Long> places = new HashMap<>();
    private final Map<String, Long> needed = new HashMap<>();
    /** Of the scans that take the watermark of a view. */
    private final Map<String, Long> watermarks = new HashMap<>();

    /** Whether everything that is read comes to an end. */
    private final boolean bounded;

    private boolean endsCommitted;
    private boolean over;

    CommittedInputs(Plan plan) {
        bounded = plan.bounded();
        plan.sinks().forEach(this::collect);
    }

    private void collect(PlanNode node) {
        if (node instanceof PlanNode.SourceScan scan && scan.table().connector().isEmpty()) {
            scans.put(scan.info().name(), scan.table().name());
            if (scan.eventTime().isPresent() && scan.eventTime().get().ofRows().isEmpty()) {
                watermarks.put(scan.info().name(), Watermark.START);
            }
        } else if (node.inputs().isEmpty() && node.info().stream().bounded()) {
            ending.add(node.info().name());
        }
        node.inputs().forEach(this::collect);
    }

    Set<ObjectName> tables() {
        return Set.copyOf(scans.values());
    }

    synchronized void committed(CheckpointMetadata metadata) {
        // where all comes to an end, what is shown then is waited for too
        endsCommitted = bounded
                ? metadata.finished()
                : metadata.splits().stream().allMatch(split -> split.ended() || !ending.contains(split.source()));
        for (SplitState split : metadata.splits()) {
            if (scans.containsKey(split.source())) {
                places.put(split.source(), StoredTables.place(split.next()));
                needed.put(split.source(), StoredTables.needed(split.next()));
                watermarks.computeIfPresent(split.source(), (scan, before) -> split.watermark());
            }
        }
        notifyAll();
    }

    /** From which place on the log of a table is needed to go on from the last checkpoint; -1 when that is not known. */
    synchronized long needed(ObjectName table) {
        return scans.entrySet().stream()
                .filter(scan -> scan.getValue().equals(table))
                .mapToLong(scan -> needed.getOrDefault(scan.getKey(), -1L))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** The run has ended: nobody need wait any longer. */
    synchronized void end() {
        over = true;
        notifyAll();
    }

    private boolean covers(ObjectName table, long place, long watermark) {
        return scans.entrySet().stream()
                .filter(scan -> scan.getValue().equals(table))
                .allMatch(scan -> places.getOrDefault(scan.getKey(), -1L) >= place
                        && watermarks.getOrDefault(scan.getKey(), Watermark.END) >= watermark);
    }

    /**
     * Waits until everything in front of a place in the log of a table is in the committed output, and a watermark of it has
     * been taken; returns whether it is, or the run is over.
     *
     * @param request asks for a checkpoint
     */
    boolean await(ObjectName table, long place, long watermark, long nanos, Runnable request) {
        return await(() -> covers(table, place, watermark), nanos, request);
    }

    /** Waits until all rows of files, and of other sources that end, are in the committed output, or the run is over. */
    boolean awaitEnds(long nanos, Runnable request) {
        return await(() -> ending.isEmpty() || endsCommitted, nanos, request);
    }

    private synchronized boolean await(BooleanSupplier reached, long nanos, Runnable request) {
        long deadline = System.nanoTime() + nanos;
        try {
            while (!over && !reached.getAsBoolean()) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return false;
                }
                request.run();
                wait(Math.min(left, 100));
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
