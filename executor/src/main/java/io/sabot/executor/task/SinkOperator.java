package io.sabot.executor.task;

import io.sabot.executor.operator.Operator;
import java.util.Optional;

/** An operator that writes to an outside system and takes part in checkpoints. */
public interface SinkOperator extends Operator {
    /** Name of the sink in the plan. */
    String sinkName();

    /** Whether all inputs have gone idle. */
    void onIdle(boolean idle);

    /** Makes everything written so far safe but not visible; what the sink's commit needs, if anything. */
    Optional<byte[]> prepare(long checkpoint);
}
