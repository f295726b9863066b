package io.sabot.connectors.kafka;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;

/** Turns failures of Kafka's clients into errors that a user understands. */
final class KafkaFailures {
    private static final int CONNECT_MILLIS = 2_000;

    private KafkaFailures() {}

    /** @param what what was tried, such as {@code cannot read topic 'orders'} */
    static SabotException of(String what, String bootstrapServers, Throwable failure) {
        Throwable cause =
                failure instanceof ExecutionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof SabotException known) {
            return known;
        }
        if (cause instanceof ConfigException || cause.getCause() instanceof ConfigException) {
            Throwable config = cause instanceof ConfigException ? cause : cause.getCause();
            return SabotException.of(ErrorCode.INVALID_OPTION, what)
                    .why(String.valueOf(config == null ? cause.getMessage() : config.getMessage()))
                    .hint("settings of Kafka's clients are options that begin with 'properties.'")
                    .causedBy(cause);
        }
        if (cause instanceof AuthenticationException || cause instanceof AuthorizationException) {
            return SabotException.of(ErrorCode.CONNECTION_FAILURE, what)
                    .why("the cluster at " + bootstrapServers + " refused: " + cause.getMessage())
                    .hint("see the options 'properties.security.protocol', 'properties.sasl.mechanism' and"
                            + " 'properties.sasl.jaas.config'")
                    .causedBy(cause);
        }
        if (cause instanceof TimeoutException) {
            return SabotException.of(ErrorCode.CONNECTION_FAILURE, what)
                    .why("no answer from the cluster at " + bootstrapServers + ": " + cause.getMessage())
                    .causedBy(cause);
        }
        ErrorCode code = cause instanceof RetriableException ? ErrorCode.CONNECTION_LOST : ErrorCode.IO_ERROR;
        return SabotException.of(code, what)
                .why("the cluster at " + bootstrapServers + " says: " + cause.getMessage())
                .causedBy(cause);
    }

    /**
     * Fails at once when none of the servers takes a connection: the clients would try for a minute and say less.
     */
    static void checkReachable(String bootstrapServers) {
        List<String> reasons = new ArrayList<>();
        for (String server : bootstrapServers.split(",", -1)) {
            String reason = connect(server.trim());
            if (reason.isEmpty()) {
                return;
            }
            reasons.add(server.trim() + ": " + reason);
        }
        throw SabotException.of(ErrorCode.CONNECTION_FAILURE, "cannot reach Kafka at " + bootstrapServers)
                .why(String.join("\n", reasons))
                .hint("is the broker running, and is 'properties.bootstrap.servers' right?"
                        + " bin/sabot-kafka starts a local broker");
    }

    /** Why a server takes no connection; empty when it does. */
    private static String connect(String server) {
        int colon = server.lastIndexOf(':');
        int port;
        try {
            port = Integer.parseInt(server.substring(colon + 1));
        } catch (NumberFormatException e) {
            port = -1;
        }
        if (colon <= 0 || port < 1 || port > 65535) {
            throw KafkaTable.invalid(
                    "option 'properties.bootstrap.servers' has '" + server + "', which is not host:port",
                    "write for instance 'localhost:9092'");
        }
        String host = server.substring(0, colon).replace("[", "").replace("]", "");
        try {
            String failure = "";
            for (InetAddress address : InetAddress.getAllByName(host)) {
                try (Socket socket = new Socket()) {
                    socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
                    return "";
                } catch (IOException e) {
                    failure = String.valueOf(e.getMessage());
                }
            }
            return failure;
        } catch (UnknownHostException e) {
            return "unknown host";
        }
    }
}
