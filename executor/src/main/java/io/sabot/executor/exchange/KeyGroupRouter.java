package io.sabot.executor.exchange;

import io.sabot.catalog.type.DataType;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.state.KeyGroups;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** Sends each row to the task that owns the key group of its key. */
public final class KeyGroupRouter implements ExchangeWriter.Router {
    private final KeyEncoder encoder;
    private final int[] columns;
    private final int[] taskOfGroup;
    private final int groupCount;

    /** A router by these columns of these types, to {@code parallelism} tasks. */
    public KeyGroupRouter(
            BufferAllocator allocator, List<DataType> types, int[] columns, int parallelism, int groupCount) {
        this.encoder = new KeyEncoder(allocator, types);
        this.columns = columns;
        this.groupCount = groupCount;
        this.taskOfGroup = new int[groupCount];
        for (int group = 0; group < groupCount; group++) {
            taskOfGroup[group] = KeyGroups.taskOf(group, groupCount, parallelism);
        }
    }

    @Override
    public void route(Batch batch, int[] targets) {
        KeyBatch keys = encoder.encode(batch, columns);
        long[] hashes = keys.hashes();
        int shift = 64 - Integer.numberOfTrailingZeros(groupCount);
        for (int i = 0; i < batch.rowCount(); i++) {
            targets[i] = taskOfGroup[groupCount == 1 ? 0 : (int) (hashes[i] >>> shift)];
        }
    }

    @Override
    public void close() {
        encoder.close();
    }
}
