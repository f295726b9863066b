package io.sabot.connectors.kafka;

import static io.sabot.connectors.kafka.TopicScan.ID;
import static io.sabot.connectors.kafka.TopicScan.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.connectors.TestContext;
import io.sabot.connectors.kafka.local.TestKafka;
import io.sabot.executor.batch.TestAllocator;
import java.util.ArrayList;
import java.util.List;
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
    void readsAllPartitionsOnceAndEnds() {
        String topic = KAFKA.topic(3);
        List<String> expected = new ArrayList<>();
        for (int partition = 0; partition < 3; partition++) {
            KAFKA.send(topic, partition, rows(partition * 5000, partition * 5000 + 5000));
            for (int i = 0; i < 5000; i++) {
                expected.add("+I | " + (partition * 5000 + i) + " | t" + (partition * 5000 + i));
            }
        }
        TopicScan.Result result = scan(topic).columns(ID, TEXT).read();
        assertThat(result.rows()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(result.position(topic + "-2").offset()).isEqualTo(5000);
        List<String> ofFirst = result.rows().stream()
                .filter(row -> expected.subList(0, 5000).contains(row))
                .toList();
        assertThat(ofFirst).isEqualTo(expected.subList(0, 5000));
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
}
