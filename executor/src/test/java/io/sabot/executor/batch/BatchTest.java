package io.sabot.executor.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class BatchTest {
    private static final Schema SCHEMA = Schema.of(new Field("k", AtomicType.BIGINT));

    @RegisterExtension
    final TestAllocator allocator = new TestAllocator();

    @Test
    void insertsTakenOutOfChangesAreInserts() {
        try (Batch changes = changes();
                Batch inserts = changes.take(new Selection(new int[] {2, 3}, 2), allocator.allocator());
                Batch update = changes.take(new Selection(new int[] {1, 3}, 2), allocator.allocator())) {
            assertThat(inserts.isInsertOnly()).isTrue();
            assertThat(inserts.kind(1)).isEqualTo(RowKind.INSERT);
            assertThat(update.isInsertOnly()).isFalse();
            assertThat(update.kind(0)).isEqualTo(RowKind.UPDATE_AFTER);
        }
    }

    private Batch changes() {
        try (BatchBuilder rows = new BatchBuilder(SCHEMA, allocator.allocator(), 4)) {
            for (RowKind kind :
                    new RowKind[] {RowKind.UPDATE_BEFORE, RowKind.UPDATE_AFTER, RowKind.INSERT, RowKind.INSERT}) {
                rows.column(0).appendLong(1);
                rows.endRow(kind.code());
            }
            return rows.finish();
        }
    }
}
