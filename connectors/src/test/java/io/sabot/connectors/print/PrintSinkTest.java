package io.sabot.connectors.print;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.Schema;
import io.sabot.connectors.TestContext;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchText;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.connector.SinkWriter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PrintSinkTest {
    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    @Test
    void printsKindsAndValuesAsFlinkDoes() {
        Schema schema = Schema.of(
                new Field("i", AtomicType.INT),
                new Field("s", AtomicType.STRING),
                new Field("t", AtomicType.timestamp(3)),
                new Field("z", AtomicType.timestampLtz(3)),
                new Field("d", AtomicType.decimal(5, 2)),
                new Field("a", new ArrayType(AtomicType.INT, true)),
                new Field("m", new MapType(AtomicType.STRING, AtomicType.INT, true)),
                new Field("r", new RowType(List.of(new Field("x", AtomicType.STRING)), true)));
        String table = """
                +I | 1 | a b | 2020-01-01 00:00:00.123 | 1969-12-31 23:59:59Z | 1.50 | [1, NULL] | {k=1} | (q)
                -U | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL
                """;
        assertThat(print(schema, table, "", 1))
                .containsExactly(
                        "+I[1, a b, 2020-01-01T00:00:00.123, 1969-12-31T23:59:59Z, 1.50, [1, null], {k=1}, +I[q]]",
                        "-U[null, null, null, null, null, null, null, null]");
    }

    @Test
    void namesItselfAndTheTask() {
        Schema schema = Schema.of(new Field("i", AtomicType.INT));
        assertThat(print(schema, "1", "out", 1)).containsExactly("out> +I[1]");
        assertThat(print(schema, "1", "out", 2)).containsExactly("out:2> +I[1]");
        assertThat(print(schema, "1", "", 2)).containsExactly("2> +I[1]");
    }

    private List<String> print(Schema schema, String table, String identifier, int tasks) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, false, StandardCharsets.UTF_8));
        TestContext context = TestContext.of(memory.allocator()).withParallelism(tasks);
        try (PrintSink sink = new PrintSink(schema, identifier, false);
                SinkWriter writer = sink.writer(tasks - 1, context);
                Batch batch = BatchText.parse(memory.allocator(), schema, table)) {
            writer.write(batch);
            writer.flush();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
