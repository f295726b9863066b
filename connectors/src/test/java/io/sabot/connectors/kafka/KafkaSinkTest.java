package io.sabot.connectors.kafka;

import static io.sabot.connectors.kafka.TopicScan.ID;
import static io.sabot.connectors.kafka.TopicScan.TEXT;
import static io.sabot.connectors.kafka.TopicScan.metadata;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sabot.catalog.Column;
import io.sabot.catalog.ObjectName;
import io.sabot.catalog.Table;
import io.sabot.catalog.TableKind;
import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.MapType;
import io.sabot.connectors.TestContext;
import io.sabot.connectors.kafka.local.LocalKafka;
import io.sabot.connectors.kafka.local.TestKafka;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchText;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.connector.Sink;
import io.sabot.executor.connector.SinkSpec;
import io.sabot.executor.connector.SinkWriter;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class KafkaSinkTest {
    @RegisterExtension
    static final TestKafka KAFKA = new TestKafka();

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    private final Map<String, String> options = new LinkedHashMap<>();
    private final List<Column> columns = new ArrayList<>(List.of(
            new Column.Physical("id", AtomicType.BIGINT, ""), new Column.Physical("text", AtomicType.STRING, "")));

    private TestContext context() {
        return TestContext.of(memory.allocator());
    }

    private TopicScan scan(String topic) {
        return new TopicScan(context(), KAFKA.bootstrapServers(), topic);
    }

    private void table(String topic) {
        options.put("connector", "kafka");
        options.put("topic", topic);
        options.put("properties.bootstrap.servers", KAFKA.bootstrapServers());
        options.put("format", "json");
    }

    private SinkSpec spec(boolean bounded) {
        Table table = new Table(
                new ObjectName("c", "d", "t"),
                TableKind.TABLE,
                columns,
                List.of(),
                Optional.empty(),
                List.of(),
                options,
                "",
                false);
        return new SinkSpec(table, ChangelogMode.APPEND_ONLY, List.of(), false, bounded);
    }

    private Sink sink() {
        return new KafkaFactory().create(spec(true), context());
    }

    private void write(String... batches) {
        try (Sink sink = sink()) {
            sink.open(List.of());
            try (SinkWriter writer = sink.writer(0, context())) {
                for (String rows : batches) {
                    try (Batch batch =
                            BatchText.parse(memory.allocator(), spec(true).schema(), rows)) {
                        writer.write(batch);
                    }
                }
                writer.flush();
            }
        }
    }

    @Test
    void rowsComeBack() {
        String topic = KAFKA.topic(3);
        table(topic);
        write("1 | a\n2 | NULL", "3 | c");
        assertThat(scan(topic).columns(ID, TEXT).read().rows())
                .containsExactlyInAnyOrder("+I | 1 | a", "+I | 2 | NULL", "+I | 3 | c");
    }

    @Test
    void keysComeBackAndDecideThePartition() {
        String topic = KAFKA.topic(4);
        table(topic);
        options.put("key.format", "json");
        options.put("key.fields", "id");
        options.put("value.fields-include", "EXCEPT_KEY");
        write("1 | a\n2 | b\n1 | c\n3 | d\n1 | e");
        TopicScan scan = scan(topic)
                .with("key.format", "json")
                .with("key.fields", "id")
                .columns(ID, metadata("partition", AtomicType.INT));
        // with ALL the value is asked, which does not hold the key
        assertThat(scan.read().rows()).allMatch(row -> row.startsWith("+I | NULL"));
        List<String> rows =
                scan.with("value.fields-include", "EXCEPT_KEY").read().rows();
        assertThat(rows).hasSize(5);
        assertThat(rows.stream().filter(row -> row.startsWith("+I | 1 |")).distinct())
                .hasSize(1);
    }

    @Test
    void metadataIsWritten() {
        String topic = KAFKA.topic(1);
        table(topic);
        columns.add(0, new Column.Metadata("at", AtomicType.timestampLtz(3), "timestamp", false, ""));
        columns.add(new Column.Metadata("partition", AtomicType.INT, "partition", true, ""));
        columns.add(new Column.Metadata(
                "headers", new MapType(AtomicType.STRING, AtomicType.BYTES, true), "headers", false, ""));
        write("2024-01-01 10:00:00.250Z | 1 | a | {h=6162}\n1970-01-01 00:00:00Z | 2 | b | NULL");
        assertThat(scan(topic)
                        .columns(
                                ID,
                                metadata("timestamp", AtomicType.timestampLtz(3)),
                                metadata("headers", new MapType(AtomicType.STRING, AtomicType.BYTES, true)))
                        .read()
                        .rows())
                .containsExactly("+I | 1 | 2024-01-01 10:00:00.250Z | {h=6162}", "+I | 2 | 1970-01-01 00:00:00Z | {}");
    }

    @Test
    void metadataThatCannotBeWrittenIsRefused() {
        table("t");
        columns.add(new Column.Metadata("offset", AtomicType.BIGINT, "offset", false, ""));
        SabotException e = catchThrowableOfType(SabotException.class, this::sink);
        assertThat(e.code()).isEqualTo(ErrorCode.INVALID_DEFINITION);
        assertThat(e.hint().orElse("")).contains("VIRTUAL");
    }

    @Test
    void rowsMaySayTheirTopic() {
        String one = KAFKA.topic(1);
        String two = KAFKA.topic(1);
        table(one + ";" + two);
        assertThat(catchThrowableOfType(SabotException.class, this::sink).code())
                .isEqualTo(ErrorCode.INVALID_OPTION);
        columns.add(new Column.Metadata("topic", AtomicType.STRING, "topic", false, ""));
        write("1 | a | " + one + "\n2 | b | " + two);
        assertThat(scan(one).read().rows()).containsExactly("+I | 1");
        assertThat(scan(two).read().rows()).containsExactly("+I | 2");
    }

    @Test
    void roundRobinGoesThroughThePartitions() {
        String topic = KAFKA.topic(3);
        table(topic);
        options.put("sink.partitioner", "round-robin");
        write("0 | a\n1 | b\n2 | c\n3 | d");
        assertThat(scan(topic)
                        .columns(ID, metadata("partition", AtomicType.INT))
                        .read()
                        .rows())
                .containsExactlyInAnyOrder("+I | 0 | 0", "+I | 1 | 1", "+I | 2 | 2", "+I | 3 | 0");
        options.put("sink.partitioner", "org.example.Mine");
        assertThat(catchThrowableOfType(SabotException.class, this::sink).code())
                .isEqualTo(ErrorCode.INVALID_OPTION);
    }

    @Test
    void aCheckpointWaitsUntilAllRowsAreThere() {
        String topic = KAFKA.topic(1);
        table(topic);
        options.put("properties.linger.ms", "60000");
        SinkSpec endless = spec(false);
        try (Sink sink = new KafkaFactory().create(endless, context());
                SinkWriter writer = sink.writer(0, context());
                Batch batch = BatchText.parse(memory.allocator(), endless.schema(), "1 | a")) {
            writer.write(batch);
            writer.flush();
            assertThat(scan(topic).read().rows()).isEmpty();
            assertThat(writer.prepare(1)).isEmpty();
            assertThat(scan(topic).read().rows()).containsExactly("+I | 1");
        }
    }

    @Test
    void aRecordThatTheBrokerRefusesFailsTheJob() {
        String topic = KAFKA.topic(1);
        table(topic);
        options.put("properties.max.request.size", "100");
        SabotException e = catchThrowableOfType(SabotException.class, () -> write("1 | " + "x".repeat(200)));
        assertThat(e.what()).contains("'" + topic + "'");
        assertThat(e.why().orElse("")).contains("max.request.size");
    }

    @Test
    void exactlyOnceIsRefusedByName() {
        table("t");
        options.put("sink.delivery-guarantee", "exactly-once");
        assertThat(catchThrowableOfType(SabotException.class, this::sink).code())
                .isEqualTo(ErrorCode.FEATURE_NOT_SUPPORTED);
    }

    @Test
    void unknownTopicAndUnreachableBrokerFailBeforeTheFirstRow() {
        table(KAFKA.topic(1) + "q");
        assertThat(catchThrowableOfType(SabotException.class, () -> write("1 | a"))
                        .code())
                .isEqualTo(ErrorCode.UNDEFINED_TABLE);
        options.put("properties.bootstrap.servers", "127.0.0.1:" + LocalKafka.freePort());
        assertThat(catchThrowableOfType(SabotException.class, () -> write("1 | a"))
                        .code())
                .isEqualTo(ErrorCode.CONNECTION_FAILURE);
    }
}
