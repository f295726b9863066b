package io.sabot.executor.filter;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.Output;

/** Passes the rows of all inputs on as they come. Also stands for a source in the graph of operators. */
public final class UnionOperator implements Operator {
    @Override
    public void onBatch(int input, Batch batch, Output output) {
        output.emit(batch);
    }
}
