package io.sabot.connectors.kafka;

import io.sabot.catalog.Column;
import io.sabot.catalog.ObjectName;
import io.sabot.catalog.Table;
import io.sabot.catalog.TableKind;
import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.AtomicType;
import io.sabot.connectors.TestContext;
import io.sabot.connectors.kafka.local.LocalKafka;
import io.sabot.executor.batch.Allocators;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.connector.ScanFilter;
import io.sabot.executor.connector.ScanSpec;
import io.sabot.executor.connector.Sink;
import io.sabot.executor.connector.SinkSpec;
import io.sabot.executor.connector.SinkWriter;
import io.sabot.executor.connector.Source;
import io.sabot.executor.connector.Split;
import io.sabot.executor.connector.SplitReader;
import io.sabot.executor.connector.SplitRows;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Measures writing and reading a topic of JSON values of about 250 bytes: nanoseconds of the task's thread per record. */
public final class KafkaSpeed {
    private static final int PARTITIONS = 2;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private KafkaSpeed() {}

    /** Arguments: records (1,000,000), and servers when there is a broker already. */
    public static void main(String[] arguments) throws IOException {
        int records = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        if (arguments.length > 1) {
            run(arguments[1], records);
            return;
        }
        try (LocalKafka broker = LocalKafka.start(Files.createTempDirectory("sabot-kafka-speed"))) {
            run(broker.bootstrapServers(), records);
        }
    }

    private static void run(String servers, int records) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers));
                BufferAllocator root = Allocators.root()) {
            String topic = "speed" + System.currentTimeMillis();
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            Table table = table(topic, servers);
            write(table, records, TestContext.of(root));
            for (int i = 0; i < 4; i++) {
                read(table, List.of(physical("auction"), physical("price"), physical("at")), TestContext.of(root));
            }
            read(table, List.of(), TestContext.of(root));
            read(table, List.of(new ScanColumn.Metadata("offset", AtomicType.BIGINT)), TestContext.of(root));
        }
    }

    private static ScanColumn physical(String name) {
        return new ScanColumn.Physical(List.of(name), AtomicType.BIGINT);
    }

    private static Table table(String topic, String servers) {
        return new Table(
                new ObjectName("c", "d", "bids"),
                TableKind.TABLE,
                List.of(
                        new Column.Physical("auction", AtomicType.BIGINT, ""),
                        new Column.Physical("price", AtomicType.BIGINT, ""),
                        new Column.Physical("at", AtomicType.BIGINT, ""),
                        new Column.Physical("url", AtomicType.STRING, ""),
                        new Column.Physical("extra", AtomicType.STRING, "")),
                List.of(),
                Optional.empty(),
                List.of(),
                Map.of("connector", "kafka", "topic", topic, "properties.bootstrap.servers", servers, "format", "json"),
                "",
                false);
    }

    private static void write(Table table, int records, TestContext context) {
        SinkSpec spec = new SinkSpec(table, ChangelogMode.APPEND_ONLY, List.of(), false, true);
        long wall = System.nanoTime();
        long cpu = THREADS.getCurrentThreadCpuTime();
        try (Sink sink = new KafkaFactory().create(spec, context);
                SinkWriter writer = sink.writer(0, context)) {
            for (int from = 0; from < records; from += 2048) {
                try (Batch batch = batch(spec, from, Math.min(records, from + 2048), context)) {
                    writer.write(batch);
                }
            }
            writer.flush();
        }
        print("write", records, wall, cpu);
    }

    private static Batch batch(SinkSpec spec, int from, int to, TestContext context) {
        try (BatchBuilder rows = new BatchBuilder(spec.schema(), context.allocator(), to - from)) {
            for (int i = from; i < to; i++) {
                rows.column(0).appendLong(1000 + i % 1000);
                rows.column(1).appendLong(i * 7919L % 100_000);
                rows.column(2).appendLong(1_700_000_000_000L + i);
                rows.column(3).appendText("https://www.example.org/auctions/item.htm?query=1&channel_id=" + i);
                rows.column(4).appendText("x".repeat(80));
                rows.endRow();
            }
            return rows.finish();
        }
    }

    private static void read(Table table, List<ScanColumn> columns, TestContext context) {
        ScanSpec scan = new ScanSpec(table, columns, ScanFilter.NONE, true);
        long wall = System.nanoTime();
        long cpu = THREADS.getCurrentThreadCpuTime();
        long count = 0;
        try (Source source = new KafkaFactory().create(scan, context);
                SplitReader reader = source.reader(context)) {
            List<Split> splits = source.discover(List.of());
            reader.add(splits);
            int ended = 0;
            while (ended < splits.size()) {
                SplitRows rows = reader.poll(split -> 0, 50_000_000);
                if (rows != null) {
                    ended += rows.ended() ? 1 : 0;
                    try (Batch batch = rows.rows()) {
                        count += batch == null ? 0 : batch.rowCount();
                    }
                }
            }
        }
        print("read " + columns.size() + " columns", count, wall, cpu);
    }

    private static void print(String what, long records, long wall, long cpu) {
        System.out.printf(
                "%s: %d records, %d ns of the thread per record, %.0f records/s%n",
                what,
                records,
                (THREADS.getCurrentThreadCpuTime() - cpu) / records,
                records * 1e9 / (System.nanoTime() - wall));
    }
}
