package io.sabot.connectors.kafka.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Runs {@link LocalKafka} as a process of its own until it is told to stop. */
public final class LocalKafkaMain {
    private static final int DEFAULT_PORT = 9092;
    private static final String HELP = """
            Usage: sabot-kafka [--topic NAME[:PARTITIONS]]... DIRECTORY [PORT]

            Runs a Kafka broker of one node on 127.0.0.1, for demonstrations and tests. Prints "ready 127.0.0.1:PORT"
            when it answers; Ctrl-C or SIGTERM stop it. What it keeps is in DIRECTORY and is found again at the next start.
            PORT is 9092 unless given; 0 takes any free one.

              --topic NAME[:PARTITIONS]   create this topic (with 1 partition unless given) if it does not exist
              --help                      print this
            """;

    private LocalKafkaMain() {}

    /** See {@code --help}. */
    public static void main(String[] arguments) throws ExecutionException, InterruptedException {
        List<String> positional = new ArrayList<>();
        Map<String, Integer> topics = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (argument.equals("--help")) {
                System.out.print(HELP);
                return;
            } else if (argument.equals("--topic") && i + 1 < arguments.length) {
                String[] parts = arguments[++i].split(":", 2);
                topics.put(parts[0], parts.length == 1 ? 1 : number(parts[1]));
            } else if (argument.startsWith("-")) {
                fail("unknown option '" + argument + "'; --help lists them");
            } else {
                positional.add(argument);
            }
        }
        if (positional.isEmpty() || positional.size() > 2) {
            fail("expected DIRECTORY [PORT]; --help says more");
        }
        run(Path.of(positional.get(0)), positional.size() == 2 ? number(positional.get(1)) : DEFAULT_PORT, topics);
    }

    private static void run(Path directory, int wantedPort, Map<String, Integer> topics)
            throws ExecutionException, InterruptedException {
        int port = wantedPort == 0 ? LocalKafka.freePort() : wantedPort;
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assert probe.isBound();
        } catch (IOException e) {
            fail("cannot listen on port " + port + ": " + e.getMessage());
        }
        LocalKafka broker = LocalKafka.start(directory, port);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            broker.close();
                            stopped.countDown();
                        },
                        "stop"));
        createTopics(broker.bootstrapServers(), topics);
        System.out.println("ready " + broker.bootstrapServers());
        System.out.flush();
        stopped.await();
    }

    private static void createTopics(String bootstrapServers, Map<String, Integer> topics)
            throws ExecutionException, InterruptedException {
        if (topics.isEmpty()) {
            return;
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            var existing = admin.listTopics().names().get();
            admin.createTopics(topics.entrySet().stream()
                            .filter(topic -> !existing.contains(topic.getKey()))
                            .map(topic ->
                                    new NewTopic(topic.getKey(), Optional.of(topic.getValue()), Optional.of((short) 1)))
                            .toList())
                    .all()
                    .get();
        }
    }

    private static int number(String text) {
        try {
            int value = Integer.parseInt(text);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // falls through to the message
        }
        fail("'" + text + "' is not a number");
        return 0;
    }

    private static void fail(String message) {
        System.err.println("sabot-kafka: " + message);
        System.exit(2);
    }
}
