package io.sabot.connectors.kafka;

import static io.sabot.connectors.kafka.TopicScan.ID;
import static io.sabot.connectors.kafka.TopicScan.TEXT;
import static io.sabot.connectors.kafka.TopicScan.metadata;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.MapType;
import io.sabot.connectors.TestContext;
import io.sabot.connectors.kafka.local.LocalKafka;
import io.sabot.connectors.kafka.local.TestKafka;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.connector.Source;
import io.sabot.executor.connector.Split;
import io.sabot.executor.connector.SplitPosition;
import io.sabot.executor.connector.SplitReader;
import io.sabot.executor.connector.SplitRows;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class KafkaSourceTest {
    @RegisterExtension
    static final TestKafka KAFKA = new TestKafka();

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    private TestContext context() {
        return TestContext.of(memory.allocator());
    }

    private TopicScan scan(String topic) {
        return new TopicScan(context(), KAFKA.bootstrapServers(), topic);
    }

    private static String row(long id) {
        return "{\"id\":" + id + ",\"text\":\"t" + id + "\"}";
    }

    private static String[] rows(int from, int to) {
        String[] rows = new String[to - from];
        for (int i = from; i < to; i++) {
            rows[i - from] = row(i);
        }
        return rows;
    }

    @Test
    void readsAllPartitionsOnceInTheirOrderAndEnds() {
        String topic = KAFKA.topic(3);
        for (int partition = 0; partition < 3; partition++) {
            KAFKA.send(topic, partition, rows(partition * 5000, partition * 5000 + 5000));
        }
        TopicScan.Result result = scan(topic).columns(ID, TEXT).read();
        assertThat(result.rows()).hasSize(15_000);
        long[] next = {0, 5000, 10_000};
        for (String row : result.rows()) {
            long id = Long.parseLong(row.split(" \\| ", -1)[1]);
            assertThat(row).isEqualTo("+I | " + id + " | t" + id);
            assertThat(id).isEqualTo(next[(int) (id / 5000)]++);
        }
        assertThat(result.position(topic + "-2").offset()).isEqualTo(5000);
    }

    @Test
    void emptyTopicsEndAtOnce() {
        assertThat(scan(KAFKA.topic(2)).read().rows()).isEmpty();
    }

    @Test
    void countsRowsWithoutColumns() {
        String topic = KAFKA.topic(1);
        KAFKA.send(topic, 0, rows(0, 3));
        assertThat(scan(topic).columns().read().rows()).containsExactly("+I", "+I", "+I");
    }

    @Test
    void metadataStandsBetweenTheColumns() {
        String topic = KAFKA.topic(2);
        ProducerRecord<String, String> record = new ProducerRecord<>(topic, 1, 1_700_000_000_123L, "k", row(7));
        record.headers()
                .add("a", "old".getBytes(StandardCharsets.UTF_8))
                .add("b", null)
                .add("a", "new".getBytes(StandardCharsets.UTF_8));
        KAFKA.send(record);
        TopicScan scan = scan(topic)
                .columns(
                        metadata("topic", AtomicType.STRING),
                        ID,
                        metadata("partition", AtomicType.INT),
                        metadata("offset", AtomicType.BIGINT),
                        metadata("timestamp", AtomicType.timestampLtz(3)),
                        metadata("timestamp", AtomicType.timestampLtz(9)),
                        TEXT,
                        metadata("timestamp-type", AtomicType.STRING),
                        metadata("leader-epoch", AtomicType.BIGINT),
                        metadata("headers", new MapType(AtomicType.STRING, AtomicType.BYTES, true)));
        assertThat(scan.read().rows())
                .containsExactly("+I | " + topic
                        + " | 7 | 1 | 0 | 2023-11-14 22:13:20.123Z | 2023-11-14 22:13:20.123Z | t7 | CreateTime | 0 |"
                        + " {a=6e6577, b=NULL}");
    }

    @Test
    void metadataOfAnotherTypeIsRefused() {
        SabotException e = catchThrowableOfType(
                SabotException.class,
                () -> scan("t").columns(metadata("offset", AtomicType.STRING)).source());
        assertThat(e.code()).isEqualTo(ErrorCode.DATATYPE_MISMATCH);
        e = catchThrowableOfType(
                SabotException.class,
                () -> scan("t").columns(metadata("ofset", AtomicType.BIGINT)).source());
        assertThat(e.why().orElse("")).contains("offset");
    }

    @Test
    void keysFillTheirColumns() {
        String topic = KAFKA.topic(1);
        KAFKA.send(new ProducerRecord<>(topic, 0, "{\"id\":1}", "{\"text\":\"a\"}"));
        KAFKA.send(new ProducerRecord<>(topic, 0, null, "{\"text\":\"b\"}"));
        KAFKA.send(new ProducerRecord<>(topic, 0, "{\"id\":3}", "[{\"text\":\"c\"},{\"text\":\"d\"}]"));
        KAFKA.send(new ProducerRecord<>(topic, 0, "no json", "{\"text\":\"e\"}"));
        TopicScan scan = scan(topic)
                .with("key.format", "json")
                .with("key.fields", "id")
                .with("value.fields-include", "EXCEPT_KEY")
                .with("key.json.ignore-parse-errors", "true")
                .columns(TEXT, metadata("offset", AtomicType.BIGINT), ID);
        assertThat(scan.read().rows())
                .containsExactly(
                        "+I | a | 0 | 1", "+I | b | 1 | NULL", "+I | c | 2 | 3", "+I | d | 2 | 3", "+I | e | 3 | NULL");
        SabotException e = catchThrowableOfType(
                SabotException.class,
                () -> scan.without("key.json.ignore-parse-errors").read());
        assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_RECORD);
        assertThat(e.what()).contains("key at offset 3 of partition 0 of topic '" + topic + "'");
    }

    @Test
    void keyFieldsMayHaveAPrefix() {
        String topic = KAFKA.topic(1);
        KAFKA.send(new ProducerRecord<>(topic, 0, "{\"d\":1}", "{\"text\":\"a\"}"));
        TopicScan scan = scan(topic)
                .with("key.format", "json")
                .with("key.fields", "id")
                .with("key.fields-prefix", "i")
                .with("value.fields-include", "EXCEPT_KEY")
                .columns(ID, TEXT);
        assertThat(scan.read().rows()).containsExactly("+I | 1 | a");
        SabotException e = catchThrowableOfType(
                SabotException.class, () -> scan.without("value.fields-include").source());
        assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION);
    }

    @Test
    void tombstonesAreNoRowsAndAreCounted() {
        String topic = KAFKA.topic(1);
        KAFKA.send(new ProducerRecord<>(topic, 0, "k", row(1)));
        KAFKA.send(new ProducerRecord<>(topic, 0, "k", null));
        TestContext context = context();
        TopicScan.Result result = new TopicScan(context, KAFKA.bootstrapServers(), topic).read();
        assertThat(result.rows()).containsExactly("+I | 1");
        assertThat(result.position(topic + "-0").offset()).isEqualTo(2);
        assertThat(context.counter("records.tombstones").sum()).isEqualTo(1);
    }

    @Test
    void badRecordsFailWithTheirPlaceOrAreSkipped() {
        String topic = KAFKA.topic(2);
        KAFKA.send(topic, 1, row(0), row(1), "{\"id\":", row(3));
        SabotException e =
                catchThrowableOfType(SabotException.class, () -> scan(topic).read());
        assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_RECORD);
        assertThat(e.what()).contains("offset 2 of partition 1 of topic '" + topic + "'");
        assertThat(e.hint().orElse("")).contains("'json.ignore-parse-errors' = 'true'");
        assertThat(scan(topic).with("json.ignore-parse-errors", "true").read().rows())
                .containsExactly("+I | 0", "+I | 1", "+I | 3");
        assertThat(scan(topic)
                        .with("json.ignore-parse-errors", "true")
                        .columns(ID, metadata("offset", AtomicType.BIGINT))
                        .read()
                        .rows())
                .containsExactly("+I | 0 | 0", "+I | 1 | 1", "+I | 3 | 3");
    }

    @Test
    void unknownTopicIsNamedWithItsLikes() {
        String topic = KAFKA.topic(1);
        SabotException e = catchThrowableOfType(
                SabotException.class, () -> scan(topic + "s").read());
        assertThat(e.code()).isEqualTo(ErrorCode.UNDEFINED_TABLE);
        assertThat(e.what()).contains("'" + topic + "s'", KAFKA.bootstrapServers());
        assertThat(e.hint().orElse("")).contains("did you mean '" + topic + "'");
    }

    @Test
    void unreachableBrokerIsNamedWithinSeconds() {
        String nobody = "127.0.0.1:" + LocalKafka.freePort();
        long begin = System.nanoTime();
        SabotException e =
                catchThrowableOfType(SabotException.class, () -> new TopicScan(context(), nobody, "orders").read());
        assertThat(e.code()).isEqualTo(ErrorCode.CONNECTION_FAILURE);
        assertThat(e.what()).contains(nobody);
        assertThat(System.nanoTime() - begin).isLessThan(5_000_000_000L);
        e = catchThrowableOfType(
                SabotException.class, () -> new TopicScan(context(), "nowhere.invalid:9092", "orders").read());
        assertThat(e.why().orElse("")).contains("unknown host");
        e = catchThrowableOfType(SabotException.class, () -> new TopicScan(context(), "localhost", "orders").read());
        assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION);
    }

    @Test
    void startsWhereTheModeSays() {
        String topic = KAFKA.topic(2);
        for (int i = 0; i < 4; i++) {
            KAFKA.send(new ProducerRecord<>(topic, 0, 1000L + i, null, row(i)));
        }
        KAFKA.send(new ProducerRecord<>(topic, 1, 1000L, null, row(10)));
        assertThat(scan(topic)
                        .with("scan.startup.mode", "earliest-offset")
                        .read()
                        .rows())
                .hasSize(5);
        assertThat(scan(topic).with("scan.startup.mode", "latest-offset").read().rows())
                .isEmpty();
        assertThat(scan(topic)
                        .with("scan.startup.mode", "timestamp")
                        .with("scan.startup.timestamp-millis", "1002")
                        .read()
                        .rows())
                .containsExactly("+I | 2", "+I | 3");
        assertThat(scan(topic)
                        .with("scan.startup.mode", "specific-offsets")
                        .with("scan.startup.specific-offsets", "partition:0,offset:3")
                        .read()
                        .rows())
                .containsExactlyInAnyOrder("+I | 3", "+I | 10");
    }

    @Test
    void startsAtTheOffsetsOfAGroup() throws Exception {
        String topic = KAFKA.topic(2);
        KAFKA.send(topic, 0, rows(0, 3));
        KAFKA.send(topic, 1, rows(10, 13));
        KAFKA.admin()
                .alterConsumerGroupOffsets(
                        topic + "-group", Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(2)))
                .all()
                .get();
        TopicScan scan = scan(topic).with("scan.startup.mode", "group-offsets");
        SabotException e = catchThrowableOfType(SabotException.class, scan::read);
        assertThat(e.what()).contains("properties.group.id");
        scan.with("properties.group.id", topic + "-group");
        e = catchThrowableOfType(SabotException.class, scan::read);
        assertThat(e.what()).contains("partition 1 of topic '" + topic + "'");
        assertThat(scan.with("properties.auto.offset.reset", "earliest").read().rows())
                .containsExactlyInAnyOrder("+I | 2", "+I | 10", "+I | 11", "+I | 12");
        assertThat(scan.with("properties.auto.offset.reset", "latest").read().rows())
                .containsExactly("+I | 2");
    }

    @Test
    void endsWhereTheModeSays() {
        String topic = KAFKA.topic(1);
        for (int i = 0; i < 4; i++) {
            KAFKA.send(new ProducerRecord<>(topic, 0, 1000L + i, null, row(i)));
        }
        TopicScan scan = scan(topic).goesOn().with("scan.startup.mode", "earliest-offset");
        assertThat(scan.source().bounded()).isFalse();
        assertThat(scan.with("scan.bounded.mode", "latest-offset").read().rows())
                .hasSize(4);
        assertThat(scan.with("scan.bounded.mode", "timestamp")
                        .with("scan.bounded.timestamp-millis", "1002")
                        .read()
                        .rows())
                .containsExactly("+I | 0", "+I | 1");
        assertThat(scan.with("scan.bounded.mode", "specific-offsets")
                        .with("scan.bounded.specific-offsets", "partition:0,offset:1")
                        .read()
                        .rows())
                .containsExactly("+I | 0");
        assertThat(scan(topic)
                        .with("scan.bounded.mode", "specific-offsets")
                        .with("scan.bounded.specific-offsets", "partition:0,offset:100")
                        .read()
                        .rows())
                .hasSize(4);
    }

    @Test
    void readsOnlyWhatTransactionsCommittedAndEndsBehindTheirMarkers() {
        String topic = KAFKA.topic(1);
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", KAFKA.bootstrapServers(), "transactional.id", topic),
                new StringSerializer(),
                new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            var unused1 = producer.send(new ProducerRecord<>(topic, row(1)));
            producer.commitTransaction();
            producer.beginTransaction();
            var unused2 = producer.send(new ProducerRecord<>(topic, row(2)));
            producer.flush();
            producer.abortTransaction();
            TopicScan.Result result = scan(topic).read();
            assertThat(result.rows()).containsExactly("+I | 1");
            assertThat(result.position(topic + "-0").offset()).isEqualTo(4);
            producer.beginTransaction();
            var unused3 = producer.send(new ProducerRecord<>(topic, row(3)));
            producer.flush();
            assertThat(scan(topic).read().rows()).containsExactly("+I | 1");
            assertThat(scan(topic)
                            .with("properties.isolation.level", "read_uncommitted")
                            .read()
                            .rows())
                    .containsExactly("+I | 1", "+I | 2", "+I | 3");
            producer.abortTransaction();
        }
    }

    @Test
    void goesOnFromAPosition() {
        String topic = KAFKA.topic(1);
        KAFKA.send(topic, 0, rows(0, 10));
        TopicScan scan = new TopicScan(context().withBatchRows(4), KAFKA.bootstrapServers(), topic)
                .goesOn()
                .with("scan.startup.mode", "earliest-offset");
        List<Split> restored = new ArrayList<>();
        try (Source source = scan.source()) {
            TopicScan.Result result = scan.read(
                    source, source.discover(List.of()), sofar -> sofar.rows().size() >= 4);
            assertThat(result.rows()).containsExactly("+I | 0", "+I | 1", "+I | 2", "+I | 3");
            restored.add(new Split(topic + "-0", result.position(topic + "-0")));
        }
        try (Source source = scan.source()) {
            assertThat(source.discover(restored)).isEmpty();
            TopicScan.Result result =
                    scan.read(source, restored, sofar -> sofar.rows().size() >= 6);
            assertThat(result.rows()).startsWith("+I | 4").hasSize(6);
            assertThat(result.position(topic + "-0").offset()).isEqualTo(10);
        }
    }

    @Test
    void aPositionBehindTheEndIsAnError() {
        String topic = KAFKA.topic(1);
        TopicScan scan = scan(topic).goesOn().with("scan.startup.mode", "earliest-offset");
        try (Source source = scan.source()) {
            Split split = source.discover(List.of()).get(0);
            Split beyond =
                    new Split(split.id(), new SplitPosition(1000, split.start().state()));
            SabotException e = catchThrowableOfType(
                    SabotException.class, () -> scan.read(source, List.of(beyond), sofar -> false));
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_STATE);
            assertThat(e.what()).contains("offset 1000 of partition 0 of topic '" + topic + "'");
        }
    }

    @Test
    void aTopicMadeAnewIsRefusedAtRestore() {
        String topic = KAFKA.topic(1);
        KAFKA.send(topic, 0, row(1));
        TopicScan scan = scan(topic).goesOn().with("scan.startup.mode", "earliest-offset");
        List<Split> known;
        try (Source source = scan.source()) {
            known = source.discover(List.of());
        }
        KAFKA.deleteTopic(topic);
        SabotException gone = catchThrowableOfType(SabotException.class, () -> scan.read(known));
        assertThat(gone.code()).isEqualTo(ErrorCode.UNDEFINED_TABLE);
        KAFKA.createTopic(topic, 1);
        SabotException anew = catchThrowableOfType(SabotException.class, () -> scan.read(known));
        assertThat(anew.code()).isEqualTo(ErrorCode.INVALID_STATE);
        assertThat(anew.why().orElse("")).contains("created anew");
    }

    @Test
    void findsNewPartitionsAndReadsThemFromTheirBeginning() {
        String topic = KAFKA.topic(1);
        TestContext context = context();
        TopicScan scan = new TopicScan(context, KAFKA.bootstrapServers(), topic)
                .goesOn()
                .with("scan.startup.mode", "latest-offset")
                .with("scan.topic-partition-discovery.interval", "10 s");
        try (Source source = scan.source()) {
            assertThat(source.discoveryInterval()).hasSeconds(10);
            List<Split> known = new ArrayList<>(source.discover(List.of()));
            assertThat(known).hasSize(1);
            KAFKA.addPartitions(topic, 2);
            KAFKA.send(topic, 1, row(5));
            assertThat(source.discover(known)).isEmpty();
            context.stepClock().step(10_000);
            List<Split> found = source.discover(known);
            assertThat(found).extracting(Split::id).containsExactly(topic + "-1");
            assertThat(scan.read(source, found, sofar -> !sofar.rows().isEmpty())
                            .rows())
                    .containsExactly("+I | 5");
        }
    }

    @Test
    void readsTopicsOfAPattern() {
        String topic = KAFKA.topic(1);
        KAFKA.createTopic(topic + ".a", 1);
        KAFKA.createTopic(topic + ".b", 1);
        KAFKA.send(topic + ".a", 0, row(1));
        KAFKA.send(topic + ".b", 0, row(2));
        TopicScan scan = scan("").without("topic").with("topic-pattern", topic + "\\..*");
        assertThat(scan.read().rows()).containsExactlyInAnyOrder("+I | 1", "+I | 2");
        assertThat(scan(topic + ".b;" + topic + ".a").read().rows()).hasSize(2);
        assertThat(catchThrowableOfType(
                                SabotException.class,
                                () -> scan(topic).with("topic-pattern", "x").source())
                        .code())
                .isEqualTo(ErrorCode.INVALID_OPTION);
    }

    @Test
    void tellsWhetherASplitIsAtItsEnd() {
        String topic = KAFKA.topic(2);
        KAFKA.send(topic, 0, rows(0, 3));
        TopicScan scan = scan(topic).goesOn().with("scan.startup.mode", "earliest-offset");
        try (Source source = scan.source();
                SplitReader reader = source.reader(context())) {
            List<Split> splits = source.discover(List.of());
            reader.add(splits);
            TopicScan.Result result = new TopicScan.Result(new ArrayList<>(), new HashMap<>(), splits);
            scan.readOn(
                    reader,
                    result,
                    sofar -> sofar.last().size() == 2
                            && sofar.last().values().stream().allMatch(SplitRows::atEnd));
            assertThat(result.rows()).hasSize(3);
            assertThat(reader.poll(split -> 0, 0)).isNull();
            KAFKA.send(topic, 1, row(9));
            scan.readOn(reader, result, sofar -> sofar.rows().contains("+I | 9") && sofar.atEnd(topic + "-1"));
            assertThat(result.position(topic + "-1").offset()).isEqualTo(1);
        }
    }

    @Test
    void readsTheSplitWithTheLowestWatermarkFirst() {
        String topic = KAFKA.topic(2);
        KAFKA.send(topic, 0, rows(0, 2000));
        KAFKA.send(topic, 1, rows(0, 2000));
        TestContext context = context().withBatchRows(100);
        TopicScan scan = new TopicScan(context, KAFKA.bootstrapServers(), topic);
        try (Source source = scan.source();
                SplitReader reader = source.reader(context)) {
            reader.add(source.discover(List.of()));
            Map<String, Long> read = new HashMap<>();
            long furthestApart = 0;
            int ended = 0;
            while (ended < 2) {
                SplitRows rows = reader.poll(split -> read.getOrDefault(split.id(), 0L), 50_000_000);
                if (rows != null) {
                    if (rows.rows() != null) {
                        rows.rows().close();
                    }
                    read.put(rows.split().id(), rows.next().offset());
                    ended += rows.ended() ? 1 : 0;
                    if (read.size() == 2) {
                        furthestApart = Math.max(
                                furthestApart, Collections.max(read.values()) - Collections.min(read.values()));
                    }
                }
            }
            assertThat(furthestApart).isLessThanOrEqualTo(500);
        }
    }

    @Test
    void aWaitingReaderCanBeWoken() throws InterruptedException {
        String topic = KAFKA.topic(1);
        TopicScan scan = scan(topic).goesOn().with("scan.startup.mode", "earliest-offset");
        try (Source source = scan.source();
                SplitReader reader = source.reader(context())) {
            reader.add(source.discover(List.of()));
            while (true) {
                SplitRows rows = reader.poll(split -> 0, 10_000_000);
                if (rows != null && rows.atEnd()) {
                    break;
                }
            }
            Thread waking = new Thread(reader::wakeUp);
            waking.start();
            long begin = System.nanoTime();
            assertThat(reader.poll(split -> 0, 60_000_000_000L)).isNull();
            assertThat(System.nanoTime() - begin).isLessThan(30_000_000_000L);
            waking.join();
        }
    }
}
