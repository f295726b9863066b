package io.sabot.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.connectors.TestContext;
import io.sabot.connectors.kafka.local.LocalKafka;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.connector.Source;
import io.sabot.executor.connector.SplitReader;
import io.sabot.parser.error.SabotException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class OutageTest {
    private static final long SECOND = 1_000_000_000L;

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    @TempDir
    Path directory = Path.of("");

    @Test
    void silenceIsToldOnceAndEndsInAnError() {
        LongAdder outages = new LongAdder();
        Outage outage = new Outage("host:1", "'t'", 60_000, outages);
        outage.polled(1, 0);
        for (int i = 0; i < 40; i++) {
            outage.polled(1, SECOND);
        }
        assertThat(outages.sum()).isEqualTo(1);
        outage.polled(2, SECOND);
        for (int i = 0; i < 59; i++) {
            outage.polled(2, SECOND);
        }
        assertThat(outages.sum()).isEqualTo(2);
        assertThatThrownBy(() -> outage.polled(2, SECOND))
                .isInstanceOf(SabotException.class)
                .hasMessageContaining("Kafka at host:1 has stopped answering");
    }

    @Test
    void itMayLastForEver() {
        Outage outage = new Outage("host:1", "'t'", 0, new LongAdder());
        for (int i = 0; i < 100; i++) {
            outage.polled(1, 1000 * SECOND);
        }
    }

    @Test
    void aReaderNoticesThatTheBrokerIsGone() throws ExecutionException, InterruptedException {
        TestContext context = TestContext.of(memory.allocator());
        TopicScan scan;
        Source source;
        SplitReader reader;
        try (LocalKafka kafka = LocalKafka.start(directory)) {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
                admin.createTopics(List.of(new NewTopic("t", 1, (short) 1)))
                        .all()
                        .get();
            }
            scan = new TopicScan(context, kafka.bootstrapServers(), "t")
                    .goesOn()
                    .with("scan.startup.mode", "earliest-offset")
                    .with("sabot.scan.outage-timeout", "300 ms");
            source = scan.source();
            reader = source.reader(context);
            reader.add(source.discover(List.of()));
            for (int i = 0; i < 20; i++) {
                reader.poll(split -> 0, SECOND / 20);
            }
        }
        try (source;
                reader) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 1000; i++) {
                            reader.poll(split -> 0, SECOND / 20);
                        }
                    })
                    .isInstanceOf(SabotException.class)
                    .hasMessageContaining("has stopped answering");
        }
        assertThat(context.counter("kafka.outages").sum()).isEqualTo(1);
    }
}
