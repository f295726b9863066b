package io.sabot.connectors.avro;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sabot.catalog.connector.Options;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** A schema registry that speaks Confluent's protocol over HTTP. A schema that was got once is kept. One thread. */
final class SchemaRegistry {
    static final String URL = "url";
    static final String USER_INFO = "basic-auth.user-info";
    static final String TOKEN = "bearer-auth.token";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int NOT_FOUND = 404;

    private final List<String> urls;
    private final Options options;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();

    SchemaRegistry(Options options) {
        this.options = options;
        this.urls = List.of(options.text(URL).split("\\s*,\\s*"));
    }

    /** The schema with an id. */
    Schema schema(int id) {
        Schema known = schemas.get(id);
        if (known == null) {
            String answer = exchange("/schemas/ids/" + id, "", "has no schema with id " + id);
            try {
                known = new Schema.Parser().parse(field(answer, "schema"));
            } catch (AvroRuntimeException | IOException e) {
                throw unusable(String.valueOf(e.getMessage())).causedBy(e);
            }
            schemas.put(id, known);
        }
        return known;
    }

    /** Makes a schema one of a subject's, if it is not yet; gives its id. */
    int register(String subject, Schema schema) {
        String path = "/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8) + "/versions";
        try {
            StringWriter body = new StringWriter();
            try (JsonGenerator json = new JsonFactory().createGenerator(body)) {
                json.writeStartObject();
                json.writeStringField("schema", schema.toString());
                json.writeEndObject();
            }
            String answer = exchange(path, body.toString(), "does not take subject '" + subject + "'");
            return Integer.parseInt(field(answer, "id"));
        } catch (IOException | NumberFormatException e) {
            throw unusable(String.valueOf(e.getMessage())).causedBy(e);
        }
    }

    /** The text of a field of the answer. */
    private static String field(String answer, String name) throws IOException {
        try (JsonParser json = new JsonFactory().createParser(answer)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String found = json.currentName();
                json.nextToken();
                if (found.equals(name)) {
                    return json.getText();
                }
                json.skipChildren();
            }
        }
        throw new IOException("the answer has no field '" + name + "'");
    }

    /** Sends a request, with a body if there is one, to one address after another until one answers. */
    private String exchange(String path, String body, String notFound) {
        IOException last = new IOException("there is no address");
        for (String url : urls) {
            try {
                HttpResponse<String> response =
                        client.send(request(url, path, body), HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() == NOT_FOUND) {
                    throw SabotException.of(
                                    ErrorCode.UNDEFINED_OBJECT, "the schema registry at " + url + " " + notFound)
                            .why(response.body());
                }
                if (response.statusCode() / 100 == 2) {
                    return response.body();
                }
                last = new IOException("HTTP " + response.statusCode() + " from " + url + ": " + response.body());
            } catch (IOException e) {
                last = e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw SabotException.of(ErrorCode.QUERY_CANCELLED, "interrupted while waiting for the schema registry")
                        .causedBy(e);
            }
        }
        throw SabotException.of(
                        ErrorCode.CONNECTION_FAILURE, "cannot reach the schema registry at " + String.join(", ", urls))
                .why(last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage())
                .hint("check option 'avro-confluent.url', and whether the registry is running")
                .causedBy(last);
    }

    private HttpRequest request(String url, String path, String body) {
        URI uri;
        try {
            uri = URI.create(url.replaceFirst("/+$", "") + path);
        } catch (IllegalArgumentException e) {
            throw unusable("'" + url + "' is no address").causedBy(e);
        }
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(TIMEOUT).header("Accept", MEDIA_TYPE);
        options.find(USER_INFO)
                .ifPresent(user -> request.header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8))));
        options.find(TOKEN).ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return body.isEmpty()
                ? request.GET().build()
                : request.header("Content-Type", MEDIA_TYPE)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
    }

    private SabotException unusable(String why) {
        return SabotException.of(
                        ErrorCode.CONNECTION_FAILURE,
                        "the schema registry at " + String.join(", ", urls) + " gives no schema")
                .why(why);
    }
}
