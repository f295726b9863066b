package io.sabot.connectors.json;

import com.sun.management.ThreadMXBean;
import io.sabot.catalog.connector.Options;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.Schema;
import io.sabot.connectors.TestContext;
import io.sabot.executor.batch.Allocators;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.connector.BadRecord;
import io.sabot.executor.connector.EncodedRecords;
import io.sabot.executor.connector.LineFramer;
import io.sabot.executor.connector.RecordDecoder;
import io.sabot.executor.connector.RecordEncoder;
import io.sabot.executor.connector.ScanFilter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Prints nanoseconds of thread CPU per event for decoding a file of Nexmark events in memory. A program, not a test:
 * arguments are the file, a number of repetitions, and a case ({@code q0}, {@code q2}, {@code q8}, {@code framing}, {@code encode}, {@code jackson}, {@code words}).
 */
public final class JsonDecodeSpeed {
    private static final int BATCH = 2048;
    private static final Schema EVENT = Schema.of(
            new Field("event_type", AtomicType.INT),
            new Field(
                    "person", row("id BIGINT", "name", "emailAddress", "city", "state", "dateTime TIMESTAMP", "extra")),
            new Field("auction", row("id BIGINT", "itemName", "seller BIGINT", "dateTime TIMESTAMP", "extra")),
            new Field(
                    "bid",
                    row(
                            "auction BIGINT",
                            "bidder BIGINT",
                            "price BIGINT",
                            "channel",
                            "url",
                            "dateTime TIMESTAMP",
                            "extra")));

    private JsonDecodeSpeed() {}

    private static RowType row(String... fields) {
        List<Field> parts = new ArrayList<>();
        for (String field : fields) {
            AtomicType type = field.endsWith(" BIGINT")
                    ? AtomicType.BIGINT
                    : field.endsWith(" TIMESTAMP") ? AtomicType.timestamp(3) : AtomicType.STRING;
            parts.add(new Field(field.replaceFirst(" .*", ""), type));
        }
        return new RowType(parts, true);
    }

    public static void main(String[] arguments) throws IOException, BadRecord {
        byte[] bytes = Files.readAllBytes(Path.of(arguments[0]));
        long address = Memory.allocate(bytes.length + 64L);
        Memory.copy(bytes, 0, address, bytes.length);
        int repetitions = Integer.parseInt(arguments[1]);
        for (int i = 2; i < arguments.length; i++) {
            long best = Long.MAX_VALUE;
            StringBuilder all = new StringBuilder();
            for (int repetition = 0; repetition < repetitions; repetition++) {
                long nanos = arguments[i].equals("words")
                        ? readWords(address, bytes.length)
                        : run(arguments[i], address, bytes.length);
                best = Math.min(best, nanos);
                all.append(' ').append(nanos);
            }
            System.out.println(arguments[i] + ": best " + best + " ns/event; all" + all);
        }
        Memory.free(address);
    }

    /** Nanoseconds for 325 bytes, about an event, when nothing is done but reading: what the machine gives at the moment. */
    private static long readWords(long address, int length) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long begin = threads.getCurrentThreadCpuTime();
        long sum = 0;
        for (long at = address; at < address + length; at += 8) {
            sum += Memory.getLong(at);
        }
        long nanos = threads.getCurrentThreadCpuTime() - begin;
        return sum == 1 ? -1 : nanos * 325 / length;
    }

    private static long run(String name, long address, int length) throws BadRecord {
        List<ScanColumn> columns = new ArrayList<>();
        columns.add(column("event_type"));
        List<Integer> needed = List.of(0);
        if (name.startsWith("q8")) {
            columns.addAll(List.of(column("person", "id"), column("person", "name"), column("person", "dateTime")));
        } else if (name.startsWith("q2")) {
            columns.addAll(List.of(column("bid", "auction"), column("bid", "price")));
        } else if (name.startsWith("all")) {
            columns.add(column("bid", "auction"));
            columns.add(column("bid", "bidder"));
            columns.add(column("bid", "price"));
            columns.add(column("bid", "channel"));
            columns.add(column("bid", "url"));
            columns.add(column("bid", "dateTime"));
            columns.add(column("bid", "extra"));
        } else {
            columns.add(column("bid", "auction"));
            columns.add(column("bid", "bidder"));
            columns.add(column("bid", "price"));
            columns.add(column("bid", "dateTime"));
            columns.add(column("bid", "extra"));
        }
        if (name.endsWith("wm")) {
            int known = columns.size();
            columns.add(column("person", "dateTime"));
            columns.add(column("auction", "dateTime"));
            needed = List.of(0, known, known + 1, known - 2);
        }
        ScanFilter filter = name.contains("nofilter")
                ? ScanFilter.NONE
                : new ScanFilter(
                        List.of(new ScanFilter.Comparison(
                                0, ScanFilter.Operator.EQUAL, name.startsWith("q8") ? 0L : 2L)),
                        needed,
                        !name.endsWith("wm"));
        Options options = new Options(
                name.startsWith("jackson") ? Map.of("sabot.validate", "true") : Map.of(), JsonOptions.SPECS);
        Schema schema = new Schema(columns.stream()
                .map(column -> new Field(column.label(), column.type()))
                .toList());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long events = 0;
        LineFramer framer = new LineFramer();
        long[] starts = new long[BATCH];
        int[] lengths = new int[BATCH];
        long encodeNanos = 0;
        long encoded = 0;
        EncodedRecords records = new EncodedRecords();
        RecordEncoder encoder = new JsonEncoder(schema, JsonOptions.of(new Options(Map.of(), JsonOptions.SPECS)));
        long begin = threads.getCurrentThreadCpuTime();
        try (BufferAllocator allocator = Allocators.root();
                RecordDecoder decoder =
                        new JsonFormatFactory().decoder(EVENT, columns, filter, options, TestContext.of(allocator))) {
            long at = address;
            int count;
            while ((count = framer.frame(at, address + length, true, starts, lengths, BATCH)) > 0) {
                events += count;
                at = framer.next();
                if (name.equals("framing")) {
                    continue;
                }
                try (BatchBuilder rows = new BatchBuilder(schema, allocator, BATCH)) {
                    decoder.decode(starts, lengths, 0, count, rows, 0, true, null);
                    try (Batch batch = rows.finish()) {
                        if (name.equals("encode")) {
                            encodeNanos += encode(encoder, batch, records);
                            encoded += batch.rowCount();
                        }
                    }
                }
            }
            if (decoder instanceof ProjectingDecoder fast && fast.odd() > 0) {
                System.out.println(fast.odd() + " odd records");
            }
        }
        return encoded > 0 ? encodeNanos / encoded : (threads.getCurrentThreadCpuTime() - begin) / events;
    }

    private static long encode(RecordEncoder encoder, Batch batch, EncodedRecords records) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long begin = threads.getCurrentThreadCpuTime();
        records.clear();
        encoder.encode(batch, records);
        return threads.getCurrentThreadCpuTime() - begin;
    }

    private static ScanColumn column(String... path) {
        List<Field> fields = EVENT.fields();
        Field found = null;
        for (String name : path) {
            found = fields.stream()
                    .filter(field -> field.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            fields = found.type() instanceof RowType row ? row.fields() : List.of();
        }
        return new ScanColumn.Physical(
                List.of(path), java.util.Objects.requireNonNull(found).type());
    }
}
