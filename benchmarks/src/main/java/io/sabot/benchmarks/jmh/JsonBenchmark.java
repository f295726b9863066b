package io.sabot.benchmarks.jmh;

import io.sabot.catalog.connector.Options;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.Schema;
import io.sabot.connectors.json.JsonFormatFactory;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.connector.BadRecord;
import io.sabot.executor.connector.LineFramer;
import io.sabot.executor.connector.RecordDecoder;
import io.sabot.executor.connector.ScanFilter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Cutting JSON lines of about 300 bytes, shaped like Nexmark's events, and decoding columns of them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(JsonBenchmark.EVENTS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class JsonBenchmark {
    static final int EVENTS = 2048;

    private static final RowType BID = new RowType(
            List.of(
                    new Field("auction", AtomicType.BIGINT),
                    new Field("bidder", AtomicType.BIGINT),
                    new Field("price", AtomicType.BIGINT),
                    new Field("channel", AtomicType.STRING),
                    new Field("url", AtomicType.STRING),
                    new Field("dateTime", AtomicType.timestamp(3)),
                    new Field("extra", AtomicType.STRING)),
            true);
    private static final Schema EVENT = Schema.of(new Field("event_type", AtomicType.INT), new Field("bid", BID));

    /** Fields of the bid that are wanted. */
    @Param({"auction,price", "auction,bidder,price,dateTime", "auction,bidder,price,channel,url,dateTime,extra"})
    public String fields = "";

    private final LineFramer framer = new LineFramer();
    private final long[] starts = new long[EVENTS];
    private final int[] lengths = new int[EVENTS];
    private @Nullable BenchContext context;
    private @Nullable RecordDecoder decoder;
    private Schema wanted = EVENT;
    private long address;
    private long end;

    /** Makes lines. */
    @Setup
    public void open() {
        BenchContext opened = new BenchContext();
        context = opened;
        List<ScanColumn> columns = Arrays.stream(fields.split(","))
                .<ScanColumn>map(name -> new ScanColumn.Physical(List.of("bid", name), type(name)))
                .toList();
        wanted = new Schema(columns.stream()
                .map(column -> new Field(column.label(), column.type()))
                .toList());
        JsonFormatFactory json = new JsonFormatFactory();
        decoder = json.decoder(
                EVENT,
                columns,
                ScanFilter.NONE,
                new Options(Map.of(), json.descriptor().options()),
                opened);
        byte[] lines = lines();
        address = Memory.allocate(lines.length + 64L);
        end = address + lines.length;
        Memory.copy(lines, 0, address, lines.length);
    }

    private static DataType type(String name) {
        return BID.fields().stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow()
                .type();
    }

    private static byte[] lines() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < EVENTS; i++) {
            text.append("{\"event_type\":2,\"person\":null,\"auction\":null,\"bid\":{\"auction\":")
                    .append(1000 + i % 977)
                    .append(",\"bidder\":")
                    .append(2000 + i % 499)
                    .append(",\"price\":")
                    .append(i * 7919L % 100_000)
                    .append(",\"channel\":\"channel-")
                    .append(i % 20)
                    .append("\",\"url\":\"https://www.example.org/item.htm?query=1&channel_id=")
                    .append(i)
                    .append("\",\"dateTime\":\"2024-01-01 00:")
                    .append(10 + i % 50)
                    .append(":00.123\",\"extra\":\"")
                    .append("x".repeat(60))
                    .append("\"}}\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Frees memory. */
    @TearDown
    public void close() {
        if (decoder != null && context != null) {
            decoder.close();
            context.close();
        }
        Memory.free(address);
    }

    /** Frames and decodes all events. */
    @Benchmark
    public int jsonDecode() throws BadRecord {
        if (decoder == null || context == null) {
            throw new IllegalStateException("not open");
        }
        int count = framer.frame(address, end, true, starts, lengths, EVENTS);
        try (BatchBuilder rows = new BatchBuilder(wanted, context.allocator(), EVENTS)) {
            decoder.decode(starts, lengths, 0, count, rows, 0, true, null);
            try (Batch batch = rows.finish()) {
                return batch.rowCount();
            }
        }
    }
}
