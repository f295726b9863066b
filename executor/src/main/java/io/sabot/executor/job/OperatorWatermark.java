package io.sabot.executor.job;

import io.sabot.executor.task.OperatorNode;
import io.sabot.executor.time.Watermark;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The event watermark of an operator, for its expressions, which are made before the operator has its place in a task. */
final class OperatorWatermark implements LongSupplier {
    private @Nullable OperatorNode node;

    void of(OperatorNode operator) {
        node = operator;
    }

    @Override
    public long getAsLong() {
        OperatorNode operator = node;
        return operator == null ? Watermark.START : operator.eventWatermark();
    }
}
