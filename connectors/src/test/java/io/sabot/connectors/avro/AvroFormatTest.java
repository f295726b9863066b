package io.sabot.connectors.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.connectors.FormatRunner;
import io.sabot.connectors.RandomRows;
import io.sabot.connectors.TestContext;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.connector.BadRecord;
import io.sabot.parser.error.SabotException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AvroFormatTest {
    private static final io.sabot.catalog.type.Schema TABLE = io.sabot.catalog.type.Schema.of(
            new Field("id", AtomicType.BIGINT.withNullable(false)), new Field("name", AtomicType.STRING));

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    private TestContext context() {
        return TestContext.of(memory.allocator());
    }

    private static byte[] write(Schema schema, GenericRecord record) throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    @Test
    void avrosLibraryReadsWhatIsWrittenAndWritesWhatIsRead() throws IOException, BadRecord {
        Schema schema = AvroSchemas.of(RandomRows.SCHEMA, true);
        for (long seed = 0; seed < 50; seed++) {
            String lines = String.join("\n", RandomRows.lines(new Random(seed), 5));
            List<byte[]> again = new ArrayList<>();
            List<byte[]> ours = new ArrayList<>();
            for (var bytes :
                    FormatRunner.encodeBytes(new AvroFormatFactory(), RandomRows.SCHEMA, Map.of(), context(), lines)) {
                byte[] own = Objects.requireNonNull(bytes);
                ours.add(own);
                GenericRecord read = new GenericDatumReader<GenericRecord>(schema)
                        .read(null, DecoderFactory.get().binaryDecoder(own, null));
                again.add(write(schema, read));
            }
            assertThat(FormatRunner.decodeBytes(
                            new AvroFormatFactory(),
                            RandomRows.SCHEMA,
                            Map.of(),
                            context(),
                            again.toArray(byte[][]::new)))
                    .as("seed " + seed)
                    .isEqualTo(FormatRunner.decodeBytes(
                            new AvroFormatFactory(),
                            RandomRows.SCHEMA,
                            Map.of(),
                            context(),
                            ours.toArray(byte[][]::new)));
        }
    }

    @Test
    void schemasAreNamedAsFlinkNamesThem() {
        assertThat(AvroSchemas.of(TABLE, true).toString())
                .isEqualTo("{\"type\":\"record\",\"name\":\"record\",\"namespace\":\"org.apache.flink.avro.generated\","
                        + "\"fields\":[{\"name\":\"id\",\"type\":\"long\"},"
                        + "{\"name\":\"name\",\"type\":[\"null\",\"string\"],\"default\":null}]}");
    }

    /** Answers as Confluent's registry does, as far as it is asked. */
    private static final class Registry implements AutoCloseable {
        final List<String> schemas = new ArrayList<>();
        final List<String> requests = new ArrayList<>();
        private final HttpServer server;

        Registry() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                String path = exchange.getRequestURI().getPath();
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                requests.add(exchange.getRequestMethod() + " " + path + " "
                        + exchange.getRequestHeaders().getFirst("Authorization"));
                int status = 200;
                String answer;
                if (path.startsWith("/schemas/ids/")) {
                    int id = Integer.parseInt(path.substring("/schemas/ids/".length()));
                    status = id <= schemas.size() ? 200 : 404;
                    answer = status == 200
                            ? "{\"schema\":" + quoted(schemas.get(id - 1)) + "}"
                            : "{\"error_code\":40403}";
                } else {
                    schemas.add(new Schema.Parser()
                            .parse(body.substring(body.indexOf(':') + 2, body.length() - 2)
                                    .replace("\\\"", "\""))
                            .toString());
                    answer = "{\"id\":" + schemas.size() + "}";
                }
                byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, bytes.length);
                try (var out = exchange.getResponseBody()) {
                    out.write(bytes);
                }
            });
            server.start();
        }

        static String quoted(String text) {
            return "\"" + text.replace("\"", "\\\"") + "\"";
        }

        String url() {
            return "http://" + server.getAddress().getAddress().getHostAddress() + ":"
                    + server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    @Test
    void recordsNameTheirSchema() throws IOException, BadRecord {
        try (Registry registry = new Registry()) {
            Map<String, String> options =
                    Map.of("url", registry.url() + "/", "subject", "orders-value", "basic-auth.user-info", "me:secret");
            var records = FormatRunner.encodeBytes(
                    new AvroConfluentFormatFactory(), TABLE, options, context(), "1 | a\n2 | NULL");
            byte[] first = Objects.requireNonNull(records.get(0));
            assertThat(first).startsWith(0, 0, 0, 0, 1);
            // a producer of another version of the schema
            Schema other = new Schema.Parser()
                    .parse("{\"type\":\"record\",\"name\":\"o\",\"fields\":[{\"name\":\"name\",\"type\":\"string\"},"
                            + "{\"name\":\"more\",\"type\":{\"type\":\"array\",\"items\":\"int\"}},"
                            + "{\"name\":\"id\",\"type\":\"int\"}]}");
            registry.schemas.add(other.toString());
            GenericRecord record = new GenericData.Record(other);
            record.put("name", "b");
            record.put("more", List.of(1, 2, 3));
            record.put("id", 7);
            byte[] body = write(other, record);
            byte[] second = new byte[body.length + 5];
            second[4] = 2;
            System.arraycopy(body, 0, second, 5, body.length);
            assertThat(FormatRunner.decodeBytes(
                            new AvroConfluentFormatFactory(),
                            TABLE,
                            options,
                            context(),
                            first,
                            second,
                            Objects.requireNonNull(records.get(1)),
                            second))
                    .containsExactly("+I | 1 | a", "+I | 7 | b", "+I | 2 | NULL", "+I | 7 | b");
            assertThat(registry.requests)
                    .containsExactly(
                            "POST /subjects/orders-value/versions Basic bWU6c2VjcmV0",
                            "GET /schemas/ids/1 Basic bWU6c2VjcmV0",
                            "GET /schemas/ids/2 Basic bWU6c2VjcmV0");
            second[4] = 9;
            assertThatThrownBy(() -> FormatRunner.decodeBytes(
                            new AvroConfluentFormatFactory(), TABLE, options, context(), second))
                    .isInstanceOf(SabotException.class)
                    .hasMessageContaining("has no schema with id 9");
            assertThatThrownBy(() -> FormatRunner.decodeBytes(
                            new AvroConfluentFormatFactory(), TABLE, options, context(), new byte[] {1, 2}))
                    .isInstanceOf(BadRecord.class)
                    .hasMessageContaining("was not written with a registry");
        }
    }

    @Test
    void aRegistryThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> FormatRunner.encodeBytes(
                        new AvroConfluentFormatFactory(),
                        TABLE,
                        Map.of("url", "http://127.0.0.1:1", "subject", "s"),
                        context(),
                        "1 | a"))
                .isInstanceOf(SabotException.class)
                .hasMessageContaining("cannot reach the schema registry at http://127.0.0.1:1");
    }
}
