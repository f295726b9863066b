package io.sabot.connectors.json;

import static io.sabot.catalog.type.AtomicType.INT;
import static io.sabot.catalog.type.AtomicType.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.Schema;
import io.sabot.connectors.FormatRunner;
import io.sabot.connectors.TestContext;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.connector.BadRecord;
import io.sabot.executor.connector.FormatFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ChangeFormatTest {
    private static final Schema SCHEMA = Schema.of(new Field("id", INT), new Field("name", STRING));
    private static final FormatFactory DEBEZIUM = new DebeziumJsonFormatFactory();

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    private List<String> decode(FormatFactory format, Map<String, String> options, String... records) throws BadRecord {
        return FormatRunner.decode(format, SCHEMA, options, TestContext.of(memory.allocator()), records);
    }

    @Test
    void everyChangeIsAMessage() {
        assertThat(FormatRunner.encode(DEBEZIUM, SCHEMA, Map.of(), TestContext.of(memory.allocator()), """
                        +I | 1 | a
                        -U | 1 | a
                        +U | 1 | NULL
                        -D | 1 | NULL
                        """))
                .containsExactly(
                        "{\"before\":null,\"after\":{\"id\":1,\"name\":\"a\"},\"op\":\"c\"}",
                        "{\"before\":{\"id\":1,\"name\":\"a\"},\"after\":null,\"op\":\"d\"}",
                        "{\"before\":null,\"after\":{\"id\":1,\"name\":null},\"op\":\"c\"}",
                        "{\"before\":{\"id\":1,\"name\":null},\"after\":null,\"op\":\"d\"}");
    }

    @Test
    void fieldsComeInAnyOrderAndNumber() throws BadRecord {
        assertThat(decode(
                        DEBEZIUM,
                        Map.of(),
                        " { \"op\" : \"u\", \"x\":[{\"after\":1}], \"ts_ms\":1.5e3 , \"after\" : {\"name\":\"b}\\\"\",\"id\":1} ,"
                                + "\"before\":{\"id\":1,\"name\":\"ä\\u00e4\"},\"transaction\":null}",
                        "",
                        "{\"op\":\"c\",\"after\":{}}"))
                .containsExactly("-U | 1 | ää", "+U | 1 | 'b}\"'", "+I | NULL | NULL");
    }

    @Test
    void aMessageIsTakenAsAWhole() throws BadRecord {
        String bad = "{\"op\":\"u\",\"before\":{\"id\":1},\"after\":{\"id\":\"x\"}}";
        assertThatThrownBy(() -> decode(DEBEZIUM, Map.of(), "{\"op\":\"c\",\"after\":{\"id\":1}}", bad))
                .isInstanceOfSatisfying(BadRecord.class, problem -> {
                    assertThat(problem.record()).isEqualTo(1);
                    assertThat(problem.column()).isEqualTo("id");
                });
        assertThat(decode(
                        DEBEZIUM,
                        Map.of("ignore-parse-errors", "true"),
                        bad,
                        "{\"op\":\"c\",\"after\":{\"id\":1}",
                        "nonsense",
                        "{\"op\":7}",
                        "{\"op\":\"c\",\"after\":{\"id\":2}}"))
                .containsExactly("+I | 2 | NULL");
    }

    @Test
    void ofUpdatesOnlyWhatChangedIsThere() throws BadRecord {
        assertThat(decode(
                        new CanalJsonFormatFactory(),
                        Map.of(),
                        "{\"type\":\"UPDATE\",\"data\":[{\"id\":1,\"name\":\"b\"},{\"id\":2,\"name\":null}],"
                                + "\"old\":[{\"name\":\"a\"},{\"id\":3,\"name\":\"c\"}]}"))
                .containsExactly("-U | 1 | a", "+U | 1 | b", "-U | 3 | c", "+U | 2 | NULL");
        assertThat(decode(
                        new MaxwellJsonFormatFactory(),
                        Map.of(),
                        "{\"type\":\"update\",\"data\":{\"id\":1,\"name\":\"b\"},\"old\":{\"name\":null}}",
                        "{\"type\":\"update\",\"data\":{\"id\":1,\"name\":\"b\"},\"old\":{}}"))
                .containsExactly("-U | 1 | NULL", "+U | 1 | b", "-U | 1 | b", "+U | 1 | b");
    }

    @Test
    void readsWhatItWrites() throws BadRecord {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            for (FormatFactory format :
                    List.of(DEBEZIUM, new CanalJsonFormatFactory(), new MaxwellJsonFormatFactory())) {
                List<String> rows = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    rows.add((random.nextBoolean() ? "+I | " : "-D | ")
                            + (random.nextInt(5) == 0 ? "NULL" : random.nextInt()) + " | "
                            + "a\"\\:üx".charAt(random.nextInt(6)) + random.nextInt(9));
                }
                TestContext context = TestContext.of(memory.allocator());
                List<String> records =
                        FormatRunner.encode(format, SCHEMA, Map.of(), context, String.join("\n", rows) + "\n");
                assertThat(FormatRunner.decode(format, SCHEMA, Map.of(), context, records.toArray(String[]::new)))
                        .as(format.descriptor().name() + ", seed " + seed)
                        .isEqualTo(rows);
            }
        }
    }

    @Test
    void nestedRowsAreReadInBothImages() throws BadRecord {
        Schema nested =
                Schema.of(new Field("id", INT), new Field("at", new RowType(List.of(new Field("city", STRING)), true)));
        assertThat(FormatRunner.decode(
                        DEBEZIUM,
                        nested,
                        Map.of(),
                        TestContext.of(memory.allocator()),
                        "{\"op\":\"d\",\"before\":{\"id\":1,\"at\":{\"city\":\"Oslo\"}},\"after\":null}"))
                .containsExactly("-D | 1 | (Oslo)");
    }
}
