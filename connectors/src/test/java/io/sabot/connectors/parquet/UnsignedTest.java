package io.sabot.connectors.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.catalog.type.AtomicType;
import io.sabot.connectors.record.FieldProblem;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.TestAllocator;
import java.math.BigDecimal;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whole numbers without a sign. */
class UnsignedTest {
    private static final int THREE_BILLION = (int) 3_000_000_000L;

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    @Test
    void thirtyTwoBits() throws FieldProblem {
        assertThat(read(32, THREE_BILLION, AtomicType.BIGINT)).isEqualTo(3_000_000_000L);
        assertThat(read(32, THREE_BILLION, AtomicType.DOUBLE)).isEqualTo(3e9);
        assertThat(read(32, THREE_BILLION, AtomicType.decimal(12, 0))).isEqualTo(new BigDecimal("3000000000"));
        assertThat(read(32, 7, AtomicType.INT)).isEqualTo(7);
        assertThatThrownBy(() -> read(32, THREE_BILLION, AtomicType.INT))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("3000000000 does not fit");
    }

    @Test
    void sixtyFourBits() throws FieldProblem {
        assertThat(read(64, -1, AtomicType.decimal(20, 0))).isEqualTo(new BigDecimal("18446744073709551615"));
        assertThat(read(64, -1, AtomicType.DOUBLE)).isEqualTo(0x1p64);
        assertThat(read(64, Long.MAX_VALUE, AtomicType.BIGINT)).isEqualTo(Long.MAX_VALUE);
        assertThatThrownBy(() -> read(64, -1, AtomicType.BIGINT))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("18446744073709551615 does not fit");
    }

    /** A value of a column as a foot has it that says so only by its logical type. */
    private Object read(int bits, long value, AtomicType type) throws FieldProblem {
        SchemaElement root = new SchemaElement("root").setNum_children(1);
        LogicalType logical = new LogicalType();
        logical.setINTEGER(new IntType((byte) bits, false));
        SchemaElement column = new SchemaElement("n")
                .setRepetition_type(FieldRepetitionType.REQUIRED)
                .setType(bits == 64 ? Type.INT64 : Type.INT32)
                .setLogicalType(logical);
        ParquetAtomic number = ParquetAtomic.of(
                SchemaElements.read(List.of(root, column)).getType(0).asPrimitiveType(), type);
        try (ColumnBuilder target = new ColumnBuilder("n", type, memory.allocator(), 1)) {
            number.bind(target);
            if (bits == 64) {
                number.addLong(value);
            } else {
                number.addInt((int) value);
            }
            try (FieldVector vector = target.finish()) {
                return vector.getObject(0);
            }
        }
    }
}
