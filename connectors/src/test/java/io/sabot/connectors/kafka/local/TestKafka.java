package io.sabot.connectors.kafka.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The Kafka that tests run against: one broker for all test classes of a JVM, so each test makes topics of its own.
 *
 * <p>It is a {@link LocalKafka}, unless system property {@code sabot.test.kafka} names another as {@code host:port}, or
 * {@code sabot.test.docker} is {@code true}: then Maven's profile {@code docker} adds a {@link Provider} of a container.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final TestKafka kafka = new TestKafka();
 * }</pre>
 */
public final class TestKafka implements BeforeAllCallback {
    private static final Namespace NAMESPACE = Namespace.create(TestKafka.class);
    private static final AtomicInteger TOPICS = new AtomicInteger();

    private Broker broker = Broker.NONE;

    /** Starts a broker in another way; found by {@link ServiceLoader}. */
    public interface Provider {
        /** Starts it; returns when it answers. */
        Running start();
    }

    /** A broker that runs, and how to stop it. */
    public record Running(String bootstrapServers, Runnable stop) {}

    /** A broker, what to send with, and what to do at the end of all tests. */
    private record Broker(
            String servers, Optional<Admin> admin, Optional<KafkaProducer<String, String>> producer, Runnable stop)
            implements AutoCloseable {
        static final Broker NONE = new Broker("", Optional.empty(), Optional.empty(), () -> {});

        static Broker start() {
            String external = System.getProperty("sabot.test.kafka");
            if (external != null) {
                return connected(external, () -> {});
            }
            Running running = Boolean.getBoolean("sabot.test.docker")
                    ? ServiceLoader.load(Provider.class)
                            .findFirst()
                            .orElseThrow()
                            .start()
                    : startLocal();
            return connected(running.bootstrapServers(), running.stop());
        }

        private static Running startLocal() {
            try {
                Path directory = Files.createTempDirectory("sabot-kafka");
                LocalKafka local = LocalKafka.start(directory);
                return new Running(local.bootstrapServers(), () -> {
                    local.close();
                    delete(directory);
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Broker connected(String servers, Runnable stop) {
            // An idempotent producer loses count when a test deletes a topic and makes it anew.
            Map<String, Object> settings = Map.of(
                    "bootstrap.servers",
                    servers,
                    "enable.idempotence",
                    false,
                    "max.in.flight.requests.per.connection",
                    1);
            return new Broker(
                    servers,
                    Optional.of(Admin.create(Map.of("bootstrap.servers", servers))),
                    Optional.of(new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())),
                    stop);
        }

        @Override
        public void close() {
            producer.ifPresent(KafkaProducer::close);
            admin.ifPresent(Admin::close);
            stop.run();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        broker = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Broker.class, key -> Broker.start(), Broker.class);
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What clients connect to. */
    public String bootstrapServers() {
        return broker.servers;
    }

    /** A client for what is not below. */
    public Admin admin() {
        return broker.admin.orElseThrow();
    }

    /** Makes a topic with a name that no other test has. */
    public String topic(int partitions) {
        String name = "topic" + TOPICS.incrementAndGet() + "x"
                + Long.toString(ProcessHandle.current().pid(), 36);
        createTopic(name, partitions);
        return name;
    }

    /** Makes a topic. */
    public void createTopic(String name, int partitions) {
        await(() -> admin().createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                .all()
                .get());
        awaitPartitions(name, partitions);
    }

    /** Deletes a topic. */
    public void deleteTopic(String name) {
        await(() -> admin().deleteTopics(List.of(name)).all().get());
        awaitPartitions(name, 0);
    }

    /** Gives a topic more partitions. */
    public void addPartitions(String topic, int newCount) {
        await(() -> admin().createPartitions(Map.of(topic, NewPartitions.increaseTo(newCount)))
                .all()
                .get());
        awaitPartitions(topic, newCount);
    }

    /** The controller answers before the broker knows; this waits until it does. */
    private void awaitPartitions(String topic, int count) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (partitionCount(topic) != count) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(topic + " has not " + count + " partitions");
            }
            Thread.onSpinWait();
        }
    }

    private int partitionCount(String topic) {
        try {
            return admin().describeTopics(List.of(topic)).allTopicNames().get().values().stream()
                    .mapToInt(found -> found.partitions().size())
                    .sum();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return 0;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends a record and waits until it is there. */
    public void send(ProducerRecord<String, String> record) {
        await(() -> broker.producer.orElseThrow().send(record).get());
    }

    /** Sends records with these values and no key to one partition, and waits until they are there. */
    public void send(String topic, int partition, String... values) {
        KafkaProducer<String, String> producer = broker.producer.orElseThrow();
        List<Future<?>> sent = new ArrayList<>();
        for (String value : values) {
            sent.add(producer.send(new ProducerRecord<>(topic, partition, null, value)));
        }
        sent.forEach(future -> await(future::get));
    }

    /** Something that waits. */
    private interface Waiting {
        Object run() throws ExecutionException, InterruptedException;
    }

    private static void await(Waiting action) {
        try {
            Objects.requireNonNullElse(action.run(), "");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
