package io.sabot.executor.job;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.expression.Projector;
import io.sabot.executor.task.EventTimeReader;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/** Computes event times and proposed watermarks by two expressions of the plan. */
final class ProjectedEventTime implements EventTimeReader {
    private final Projector projector;
    private final BufferAllocator allocator;
    private List<FieldVector> vectors = List.of();
    private @Nullable Column times;
    private @Nullable Column proposals;

    ProjectedEventTime(Projector projector, BufferAllocator allocator) {
        this.projector = projector;
        this.allocator = allocator;
    }

    @Override
    public void read(Batch batch) {
        release();
        vectors = projector.project(batch, null, allocator);
        times = new Column(vectors.get(0));
        proposals = new Column(vectors.get(1));
    }

    @Override
    public Column times() {
        return current(times);
    }

    @Override
    public Column proposals() {
        return current(proposals);
    }

    private static Column current(@Nullable Column column) {
        if (column == null) {
            throw new AssertionError("no batch has been read");
        }
        return column;
    }

    private void release() {
        vectors.forEach(FieldVector::close);
        vectors = List.of();
    }

    @Override
    public void close() {
        release();
        projector.close();
    }
}
