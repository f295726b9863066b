package io.sabot.executor.time;

/**
 * Ends an epoch. What passed before it, in all inputs of a task, belongs to a prefix of every source.
 *
 * @param epoch number of the epoch that ends, from 1, without gaps
 * @param checkpoint number of the checkpoint that state is frozen for; 0 when there is none
 * @param last whether the job stops behind it
 */
public record Barrier(long epoch, long checkpoint, boolean last) {
    /** Whether tasks freeze their state at this barrier. */
    public boolean snapshots() {
        return checkpoint > 0;
    }
}
