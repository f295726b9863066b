package io.sabot.connectors.kafka;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;

/**
 * Settings for clients of one cluster: ours, then what the user wrote, then what must be as it is.
 *
 * @param given what the user wrote behind {@code properties.}; never providers, by which the clients would look up values in
 *     files and environment variables
 */
record ClientSettings(String bootstrapServers, Map<String, String> given) {
    /** How long to wait for a broker's answer before a statement fails. */
    static final int TIMEOUT_MILLIS = 5_000;

    private static final AtomicInteger CLIENTS = new AtomicInteger();

    ClientSettings {
        given = Map.copyOf(given);
        given.keySet().stream()
                .filter(key -> key.startsWith(KafkaOptions.CONFIG_PROVIDERS))
                .findFirst()
                .ifPresent(key -> {
                    throw SabotException.of(
                                    ErrorCode.FEATURE_NOT_SUPPORTED,
                                    "option '" + KafkaOptions.PROPERTIES + key + "' is not supported")
                            .why(KafkaOptions.NO_PROVIDERS)
                            .hint("leave it out");
                });
    }

    Map<String, Object> admin() {
        Map<String, Object> settings = common("admin");
        settings.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        settings.putIfAbsent(
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                settings.get(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG));
        return settings;
    }

    /** @param batchRows how many records a poll should bring */
    Map<String, Object> consumer(String name, int batchRows) {
        Map<String, Object> settings = common(name);
        settings.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Math.max(500, batchRows));
        settings.putIfAbsent(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 << 20);
        settings.putIfAbsent(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 << 20);
        settings.putIfAbsent(ConsumerConfig.RECEIVE_BUFFER_CONFIG, 1 << 20);
        // A fetch that waits for rows of quiet partitions keeps busy ones waiting too.
        settings.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        settings.put(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation().toString().toLowerCase(Locale.ROOT));
        // Positions are in checkpoints. A position that the broker does not have must be seen, never skipped.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        return settings;
    }

    Map<String, Object> producer(String name) {
        Map<String, Object> settings = common(name);
        settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 10);
        settings.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
        settings.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, 30_000);
        return settings;
    }

    private Map<String, Object> common(String name) {
        Map<String, Object> settings = new HashMap<>(given);
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        // Unique, since clients register themselves under it.
        settings.putIfAbsent(CommonClientConfigs.CLIENT_ID_CONFIG, "sabot-" + name);
        settings.compute(CommonClientConfigs.CLIENT_ID_CONFIG, (key, id) -> id + "-" + CLIENTS.incrementAndGet());
        settings.putIfAbsent(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        settings.putIfAbsent(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        return settings;
    }

    /** Whether records of transactions that are open or were aborted are left out. */
    IsolationLevel isolation() {
        String text = given.getOrDefault(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return switch (text.trim().toLowerCase(Locale.ROOT)) {
            case "read_committed" -> IsolationLevel.READ_COMMITTED;
            case "read_uncommitted" -> IsolationLevel.READ_UNCOMMITTED;
            default ->
                throw KafkaTable.invalid(
                        "option 'properties.isolation.level' has the value '" + text + "'",
                        "it is 'read_committed' or 'read_uncommitted'");
        };
    }
}
