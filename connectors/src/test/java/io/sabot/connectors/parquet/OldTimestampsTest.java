package io.sabot.connectors.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.catalog.type.AtomicType;
import io.sabot.connectors.record.FieldProblem;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.TestAllocator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.vector.FieldVector;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Timestamps as INT96. */
class OldTimestampsTest {
    private static final int EPOCH_DAY = 2_440_588;
    private static final long DAY_NANOS = 86_400_000_000_000L;

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    @Test
    void nanosecondsReachTo2262() throws FieldProblem {
        assertThat(read(9, EPOCH_DAY, 5)).isEqualTo(5);
        assertThat(read(9, EPOCH_DAY - 1, DAY_NANOS - 1)).isEqualTo(-1);
        assertThat(read(3, EPOCH_DAY - 1, DAY_NANOS - 1)).isEqualTo(-1);
        int lastDay = (int) (Long.MAX_VALUE / DAY_NANOS);
        long last = Long.MAX_VALUE % DAY_NANOS;
        assertThat(read(9, EPOCH_DAY + lastDay, last)).isEqualTo(Long.MAX_VALUE);
        assertThatThrownBy(() -> read(9, EPOCH_DAY + lastDay, last + 1))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("1677 and 2262");
        assertThat(read(6, EPOCH_DAY + lastDay, last + 1)).isEqualTo(Long.MAX_VALUE / 1_000);
    }

    private long read(int precision, int day, long nanos) throws FieldProblem {
        AtomicType type = AtomicType.timestamp(precision);
        ParquetAtomic value =
                ParquetAtomic.of(Types.required(PrimitiveTypeName.INT96).named("t"), type);
        try (ColumnBuilder column = new ColumnBuilder("t", type, memory.allocator(), 1)) {
            value.bind(column);
            byte[] bytes = ByteBuffer.allocate(12)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(nanos)
                    .putInt(day)
                    .array();
            value.addBinary(Binary.fromConstantByteArray(bytes));
            try (FieldVector vector = column.finish()) {
                return vector.getDataBuffer().getLong(0);
            }
        }
    }
}
