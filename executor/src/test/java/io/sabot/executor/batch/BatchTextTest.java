package io.sabot.executor.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.Schema;
import io.sabot.catalog.type.TypeKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class BatchTextTest {
    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    @Test
    void printsWhatItReads() {
        Schema schema = Schema.of(
                new Field("b", AtomicType.BOOLEAN),
                new Field("i", AtomicType.INT),
                new Field("d", AtomicType.decimal(20, 2)),
                new Field("f", AtomicType.DOUBLE),
                new Field("s", AtomicType.STRING),
                new Field("x", AtomicType.BYTES));
        String table = """
                +I | true | 1 | 1.50 | 0.1 | a b | 00ff
                -U | false | -2 | -12345678901234567.89 | NaN | '' | NULL
                +U | NULL | NULL | NULL | NULL | NULL | 01
                -D | true | 7 | 0.00 | -0.0 | 'it''s | NULL' | 02""";
        try (Batch batch = BatchText.parse(memory.allocator(), schema, table)) {
            assertThat(BatchText.print(batch, schema)).isEqualTo(table);
            assertThat(batch.sign(1)).isEqualTo(-1);
        }
    }

    @Test
    void readsTimes() {
        Schema schema = Schema.of(
                new Field("d", AtomicType.DATE),
                new Field("t", AtomicType.of(TypeKind.TIME, 3)),
                new Field("ts", AtomicType.timestamp(3)),
                new Field("ts9", AtomicType.timestamp(9)),
                new Field("ltz", AtomicType.timestampLtz(6)));
        String table = """
                1969-12-31 | 10:00 | 10:00 | 1969-12-31 23:59:59.999999999 | 5
                2024-02-29 | 10:00:00.500 | 2024-02-29 | 10:00:00.000000001 | 2024-01-01 00:00:00.000001Z
                """;
        try (Batch batch = BatchText.parse(memory.allocator(), schema, table)) {
            assertThat(batch.isInsertOnly()).isTrue();
            assertThat(batch.column(2).getLong(0)).isEqualTo(36_000_000);
            assertThat(BatchText.print(batch, schema)).isEqualTo("""
                    +I | 1969-12-31 | 10:00:00 | 1970-01-01 10:00:00 | 1969-12-31 23:59:59.999999999 | 1970-01-01 00:00:00.005Z
                    +I | 2024-02-29 | 10:00:00.500 | 2024-02-29 00:00:00 | 1970-01-01 10:00:00.000000001 | 2024-01-01 00:00:00.000001Z""");
        }
    }

    @Test
    void readsNestedValues() {
        RowType row = new RowType(List.of(new Field("a", AtomicType.INT), new Field("b", AtomicType.STRING)), true);
        Schema schema = Schema.of(
                new Field("r", row),
                new Field("a", new ArrayType(AtomicType.STRING, true)),
                new Field("m", new MapType(AtomicType.STRING, AtomicType.BIGINT, true)));
        String table = """
                +I | (1, x) | [a, NULL, 'b,c'] | {k=1, l=NULL}
                +I | NULL | [] | NULL
                +I | (NULL, 'y)') | NULL | {}""";
        try (Batch batch = BatchText.parse(memory.allocator(), schema, table)) {
            assertThat(BatchText.print(batch, schema)).isEqualTo(table);
        }
    }

    @Test
    void refusesLinesThatDoNotFit() {
        Schema schema = Schema.of(new Field("i", AtomicType.INT));
        assertThatThrownBy(() -> BatchText.parse(memory.allocator(), schema, "+I | 1 | 2"))
                .hasMessageContaining("3 cells");
    }
}
