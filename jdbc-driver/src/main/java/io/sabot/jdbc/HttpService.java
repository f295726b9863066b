package io.sabot.jdbc;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.apache.calcite.avatica.remote.ProtobufService;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service;

/**
 * Sends requests to a server as protocol buffers over HTTP, each on a connection of its own out of an unlimited pool: a
 * parked fetch blocks nobody else.
 */
final class HttpService extends ProtobufService implements Transport {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** Shared by the process, since a client holds a thread. */
    private static final class Shared {
        static final HttpClient CLIENT = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
    }

    private final Target.Remote target;
    private final HttpRequest.Builder request;
    private final ProtobufTranslationImpl translation = new ProtobufTranslationImpl();
    private volatile boolean reached;

    HttpService(Target.Remote target, Optional<String> user, Optional<String> password) {
        this.target = target;
        try {
            request = HttpRequest.newBuilder(new URI("http", null, target.host(), target.port(), "/", null, null));
        } catch (URISyntaxException e) {
            throw new ServiceFailure("08001", "ERROR 08001: cannot connect to " + target + ": " + e.getReason(), e);
        }
        request.header("Content-Type", "application/octet-stream");
        user.ifPresent(name -> request.header(
                "Authorization",
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString((name + ":" + password.orElse("")).getBytes(StandardCharsets.UTF_8))));
    }

    @Override
    public Service service() {
        return this;
    }

    @Override
    public void close() {}

    @Override
    public Response _apply(Request message) {
        try {
            HttpResponse<byte[]> answer = Shared.CLIENT.send(
                    request.copy()
                            .POST(HttpRequest.BodyPublishers.ofByteArray(
                                    WireNames.toWire(translation.serializeRequest(message))))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            reached = true;
            return read(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceFailure(Failures.CANCELLED, "ERROR 57014: the thread was interrupted", e);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    private Response read(HttpResponse<byte[]> answer) throws IOException {
        int status = answer.statusCode();
        if (status == 401 || status == 403) {
            throw new ServiceFailure("28000", "ERROR 28000: " + target + " refused the user or password", null);
        }
        if (status != 200 && status != 500) {
            throw new ServiceFailure(
                    "08006", "ERROR 08006: " + target + " is no Sabot server: it answered HTTP " + status, null);
        }
        Response response = translation.parseResponse(WireNames.fromWire(answer.body()));
        if (response instanceof ErrorResponse error) {
            throw new ServiceFailure(error.sqlState, error.errorMessage, null);
        }
        return response;
    }

    private ServiceFailure lost(IOException e) {
        if (!reached) {
            String why = e instanceof HttpConnectTimeoutException
                    ? "no answer within " + CONNECT_TIMEOUT.toSeconds() + " s"
                    : e instanceof ConnectException ? reason(e) : e.getMessage();
            return new ServiceFailure("08001", "ERROR 08001: cannot connect to " + target + ": " + why, e);
        }
        String why = e instanceof ConnectException ? reason(e) : e.getMessage();
        return new ServiceFailure("08006", "ERROR 08006: the connection to " + target + " was lost: " + why, e);
    }

    private static String reason(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof java.nio.channels.UnresolvedAddressException) {
                return "unknown host";
            }
            if (cause.getMessage() != null) {
                return cause.getMessage();
            }
        }
        return "connection refused";
    }
}
