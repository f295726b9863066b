package io.sabot.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.catalog.Column;
import io.sabot.catalog.ObjectName;
import io.sabot.catalog.Table;
import io.sabot.catalog.TableKind;
import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.AtomicType;
import io.sabot.connectors.TestContext;
import io.sabot.connectors.kafka.local.TestKafka;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchText;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.connector.ScanFilter;
import io.sabot.executor.connector.ScanSpec;
import io.sabot.executor.connector.Sink;
import io.sabot.executor.connector.SinkSpec;
import io.sabot.executor.connector.SinkWriter;
import io.sabot.executor.connector.Source;
import io.sabot.executor.connector.SplitReader;
import io.sabot.executor.connector.SplitRows;
import io.sabot.parser.error.SabotException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UpsertKafkaTest {
    @RegisterExtension
    static final TestKafka KAFKA = new TestKafka();

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    private final Map<String, String> options = new LinkedHashMap<>();
    private final String topic = KAFKA.topic(1);

    private TestContext context() {
        return TestContext.of(memory.allocator());
    }

    private Table table() {
        options.putIfAbsent("connector", "upsert-kafka");
        options.putIfAbsent("topic", topic);
        options.putIfAbsent("properties.bootstrap.servers", KAFKA.bootstrapServers());
        options.putIfAbsent("key.format", "json");
        options.putIfAbsent("value.format", "json");
        return new Table(
                new ObjectName("c", "d", "t"),
                TableKind.TABLE,
                List.of(
                        new Column.Physical("id", AtomicType.BIGINT.withNullable(false), ""),
                        new Column.Physical("text", AtomicType.STRING, "")),
                List.of("id"),
                Optional.empty(),
                List.of(),
                options,
                "",
                false);
    }

    private List<String> read() {
        ScanSpec spec = new ScanSpec(
                table(),
                List.of(
                        new ScanColumn.Physical(List.of("id"), AtomicType.BIGINT),
                        new ScanColumn.Physical(List.of("text"), AtomicType.STRING),
                        new ScanColumn.Metadata("offset", AtomicType.BIGINT)),
                ScanFilter.NONE,
                true);
        List<String> rows = new ArrayList<>();
        try (Source source = new UpsertKafkaFactory().create(spec, context());
                SplitReader reader = source.reader(context())) {
            assertThat(source.changelog()).isEqualTo(ChangelogMode.UPSERT);
            reader.add(source.discover(List.of()));
            boolean ended = false;
            while (!ended) {
                SplitRows some = reader.poll(split -> 0, 50_000_000);
                ended = some != null && some.ended();
                Batch batch = some == null ? null : some.rows();
                if (batch != null) {
                    try (batch) {
                        rows.addAll(BatchText.rows(batch, spec.schema()));
                    }
                }
            }
        }
        return rows;
    }

    private void write(String... batches) {
        Table table = table();
        SinkSpec spec = new SinkSpec(table, ChangelogMode.UPSERT, List.of(0), false, true);
        try (Sink sink = new UpsertKafkaFactory().create(spec, context())) {
            assertThat(sink.acceptsUpdates()).isTrue();
            assertThat(sink.wantsBeforeImages()).isFalse();
            sink.open(List.of());
            try (SinkWriter writer = sink.writer(0, context())) {
                for (String rows : batches) {
                    try (Batch batch = BatchText.parse(memory.allocator(), spec.schema(), rows)) {
                        writer.write(batch);
                    }
                }
                writer.flush();
            }
        }
    }

    private void send(@Nullable String key, @Nullable String value) {
        KAFKA.send(new ProducerRecord<>(topic, key, value));
    }

    @Test
    void aRecordWithoutValueDeletesItsKey() {
        send("{\"id\":1}", "{\"id\":1,\"text\":\"a\"}");
        send("{\"id\":2}", null);
        send("{\"id\":1}", "{\"id\":7,\"text\":\"b\"}");
        send("{\"id\":1}", null);
        send("{\"id\":1}", null);
        assertThat(read())
                .containsExactly(
                        "+U | 1 | a | 0",
                        "-D | 2 | NULL | 1",
                        "+U | 1 | b | 2",
                        "-D | 1 | NULL | 3",
                        "-D | 1 | NULL | 4");
    }

    @Test
    void whatIsWrittenComesBack() {
        write("+I | 1 | a\n+U | 1 | b\n+I | 2 | NULL", "-D | 1 | b");
        assertThat(read())
                .containsExactly("+U | 1 | a | 0", "+U | 1 | b | 1", "+U | 2 | NULL | 2", "-D | 1 | NULL | 3");
    }

    @Test
    void valuesMayLeaveOutTheKey() {
        options.put("value.fields-include", "EXCEPT_KEY");
        write("+I | 1 | a\n-D | 1 | a");
        assertThat(read()).containsExactly("+U | 1 | a | 0", "-D | 1 | NULL | 1");
        assertThat(new TopicScan(context(), KAFKA.bootstrapServers(), topic)
                        .columns(TopicScan.ID, TopicScan.TEXT)
                        .read()
                        .rows())
                .containsExactly("+I | NULL | a");
    }

    @Test
    void keptBackRecordsAreOverwritten() {
        options.put("sink.buffer-flush.max-rows", "2");
        options.put("sink.buffer-flush.interval", "1 h");
        write("+I | 1 | a\n+U | 1 | b\n+U | 1 | c\n+I | 2 | d\n-D | 2 | d\n+U | 1 | e");
        assertThat(read()).containsExactly("+U | 1 | c | 0", "+U | 2 | d | 1", "-D | 2 | NULL | 2", "+U | 1 | e | 3");
    }

    @Test
    void optionsThatDoNotFitAreRefused() {
        options.put("sink.buffer-flush.max-rows", "2");
        assertThatThrownBy(() -> write("+I | 1 | a"))
                .isInstanceOf(SabotException.class)
                .hasMessageContaining("go together");
        options.remove("sink.buffer-flush.max-rows");
        options.put("key.fields-prefix", "k_");
        options.put("value.fields-include", "EXCEPT_KEY");
        assertThatThrownBy(() -> write("+I | 1 | a"))
                .isInstanceOf(SabotException.class)
                .hasMessageContaining("does not begin with 'k_'");
    }

    @Test
    void aRecordWithoutKeyIsAnError() {
        send(null, "{\"id\":1,\"text\":\"a\"}");
        assertThatThrownBy(this::read)
                .isInstanceOf(SabotException.class)
                .hasMessageContaining("cannot read the key at offset 0 of partition 0");
    }
}
