package io.sabot.connectors.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.catalog.type.AtomicType;
import io.sabot.connectors.record.FieldProblem;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.TestAllocator;
import java.math.BigDecimal;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whole numbers without a sign. */
class ArrowUnsignedTest {
    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    @Test
    void sixtyFourBits() throws FieldProblem {
        assertThat(read(64, -1, AtomicType.decimal(20, 0))).isEqualTo(new BigDecimal("18446744073709551615"));
        assertThat(read(64, -1, AtomicType.DOUBLE)).isEqualTo(0x1p64);
        assertThat(read(64, Long.MAX_VALUE, AtomicType.BIGINT)).isEqualTo(Long.MAX_VALUE);
        assertThatThrownBy(() -> read(64, -1, AtomicType.BIGINT))
                .isInstanceOf(FieldProblem.class)
                .hasMessageContaining("18446744073709551615 does not fit");
    }

    @Test
    void fewerBits() throws FieldProblem {
        assertThat(read(32, 3_000_000_000L, AtomicType.BIGINT)).isEqualTo(3_000_000_000L);
        assertThat(read(32, 3_000_000_000L, AtomicType.decimal(12, 0))).isEqualTo(new BigDecimal("3000000000"));
        assertThat(read(16, 65_535, AtomicType.INT)).isEqualTo(65_535);
        assertThat(read(8, 255, AtomicType.SMALLINT)).isEqualTo((short) 255);
    }

    private Object read(int bits, long value, AtomicType type) throws FieldProblem {
        Field field = Field.nullable("n", new ArrowType.Int(bits, false));
        ArrowValue number = ArrowValue.of(field, type, new DictionaryProvider.MapDictionaryProvider());
        try (FieldVector from = field.createVector(memory.allocator());
                ColumnBuilder target = new ColumnBuilder("n", type, memory.allocator(), 1)) {
            from.setInitialCapacity(1);
            from.allocateNew();
            ((BaseIntVector) from).setWithPossibleTruncate(0, value);
            from.setValueCount(1);
            number.copy(from, 0, target);
            try (FieldVector vector = target.finish()) {
                return vector.getObject(0);
            }
        }
    }
}
