package io.sabot.server.avatica;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HttpFrontTest {
    private final HttpClient client = HttpClient.newHttpClient();

    private HttpResponse<String> send(Engines engines, String path, String method, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + engines.port() + path))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    @Test
    void answersWhatItShouldAndNothingElse() throws IOException, InterruptedException {
        try (Engines engines = new Engines(Way.REMOTE)) {
            HttpResponse<String> health = send(engines, "/health", "GET", "");
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.body()).isEqualTo("ok\n");
            assertThat(health.headers().firstValue("Server")).isEmpty();
            assertThat(send(engines, "/other", "GET", "").statusCode()).isEqualTo(404);
            assertThat(send(engines, "/", "POST", "{\"request\":\"getCatalogs\"}")
                            .statusCode())
                    .isEqualTo(415);
            assertThat(send(engines, "/", "POST", "x", "Origin", "http://example.org")
                            .statusCode())
                    .isEqualTo(403);
            HttpResponse<String> garbage = send(engines, "/", "POST", "no protocol buffer");
            assertThat(garbage.statusCode()).isEqualTo(500);
            assertThat(engines.engine.sessions).isEmpty();
        }
    }
}
