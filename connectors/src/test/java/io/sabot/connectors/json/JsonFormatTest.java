package io.sabot.connectors.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.Schema;
import io.sabot.catalog.type.TypeKind;
import io.sabot.connectors.FormatRunner;
import io.sabot.connectors.TestContext;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.connector.BadRecord;
import io.sabot.parser.error.SabotException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Expected values are what Apache Flink 2.3 answers to the same records. */
class JsonFormatTest {
    private static final Map<String, String> IGNORE = Map.of("ignore-parse-errors", "true");
    private static final Schema SIMPLE = Schema.of(
            new Field("id", AtomicType.INT),
            new Field("i", AtomicType.INT),
            new Field("b", AtomicType.BOOLEAN),
            new Field("s", AtomicType.STRING),
            new Field("d", AtomicType.decimal(5, 2)),
            new Field("ts", AtomicType.timestamp(3)));

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    private final JsonFormatFactory format = new JsonFormatFactory();

    @Test
    void convertsAsFlinkDoes() throws BadRecord {
        assertThat(decode(
                        SIMPLE,
                        Map.of(),
                        "{\"id\":1,\"i\":\"12\",\"b\":\"TRUE\",\"s\":{\"x\": 1,\"y\":[1, 2.50]},\"d\":1.005,"
                                + "\"ts\":\"2020-01-01 00:00:00.1234567\"}",
                        "{\"id\":2,\"i\":1.9,\"b\":\"yes\",\"s\":1.50,\"d\":\"7.7\",\"ts\":\"2020-01-01 00:00:00.\"}",
                        "{\"id\":3,\"i\":\" 5 \",\"b\":1,\"s\":true,\"d\":12345678.9,\"ts\":null}",
                        "{\"id\":6,\"i\":null} {\"id\":99}",
                        "{\"id\":7,\"x\":[{}]} xyz",
                        "[{\"id\":8},{\"id\":9,\"s\":\"a\\u00e9\\n\"}]"))
                .containsExactly(
                        "+I | 1 | 12 | true | '{\"x\":1,\"y\":[1,2.5]}' | 1.01 | 2020-01-01 00:00:00.123",
                        "+I | 2 | 1 | false | 1.50 | 7.70 | 2020-01-01 00:00:00",
                        "+I | 3 | 5 | false | true | NULL | NULL",
                        "+I | 6 | NULL | NULL | NULL | NULL | NULL",
                        "+I | 7 | NULL | NULL | NULL | NULL | NULL",
                        "+I | 8 | NULL | NULL | NULL | NULL | NULL",
                        "+I | 9 | NULL | NULL | aé\n | NULL | NULL".replace("aé\n", "'aé\n'"));
    }

    @Test
    void readsNestedAndTimeTypes() throws BadRecord {
        Schema schema = Schema.of(
                new Field("ltz", AtomicType.timestampLtz(3)),
                new Field("tm", AtomicType.of(TypeKind.TIME, 3)),
                new Field("dt", AtomicType.DATE),
                new Field("x", AtomicType.BYTES),
                new Field("f", AtomicType.DOUBLE),
                new Field("m", new MapType(AtomicType.STRING, AtomicType.INT, true)),
                new Field("a", new ArrayType(AtomicType.INT, true)),
                new Field(
                        "r",
                        new RowType(List.of(new Field("x", AtomicType.INT), new Field("y", AtomicType.INT)), true)));
        assertThat(decode(
                        schema,
                        Map.of(),
                        "{\"ltz\":\"2020-01-01 00:00:00Z\",\"tm\":\"01:02:03.456\",\"dt\":\"2020-02-29\",\"x\":\"aGk=\","
                                + "\"f\":\"1e3\",\"m\":{\"a\":1,\"b\":null},\"a\":[1,\"2\",null],\"r\":{\"x\":\"1\"}}",
                        "{\"m\":{},\"a\":[],\"r\":null}"))
                .containsExactly(
                        "+I | 2020-01-01 00:00:00Z | 01:02:03.456 | 2020-02-29 | 6869 | 1000.0 | {a=1, b=NULL} | [1, 2, NULL]"
                                + " | (1, NULL)",
                        "+I | NULL | NULL | NULL | NULL | NULL | {} | [] | NULL");
    }

    @Test
    void readsIsoTimestamps() throws BadRecord {
        Schema schema = Schema.of(new Field("t", AtomicType.timestamp(3)), new Field("z", AtomicType.timestampLtz(6)));
        assertThat(decode(
                        schema,
                        Map.of("timestamp-format.standard", "ISO-8601"),
                        "{\"t\":\"1969-12-31T23:59:59.9999\",\"z\":\"2020-01-01T00:00:00.000001Z\"}"))
                .containsExactly("+I | 1969-12-31 23:59:59.999 | 2020-01-01 00:00:00.000001Z");
        assertThat(decode(
                        schema,
                        Map.of("timestamp-format.standard", "ISO-8601-WITH-OFFSET"),
                        "{\"t\":\"2020-01-01T01:00:00\",\"z\":\"2020-01-01T01:00:00+01:00\"}"))
                .containsExactly("+I | 2020-01-01 01:00:00 | 2020-01-01 00:00:00Z");
    }

    @Test
    void ignoresWhatCannotBeReadWhenAsked() throws BadRecord {
        TestContext context = TestContext.of(memory.allocator());
        assertThat(FormatRunner.decode(
                        format,
                        SIMPLE,
                        IGNORE,
                        context,
                        "{\"id\":1,\"i\":\"x\",\"b\":{\"q\":[]},\"d\":[1],\"ts\":\"gestern\",\"s\":\"ok\"}",
                        "no json",
                        "{\"id\":2",
                        "[{\"id\":3},5,{\"id\":4}]",
                        "{\"id\":99999999999}"))
                .containsExactly(
                        "+I | 1 | NULL | NULL | ok | NULL | NULL",
                        "+I | 3 | NULL | NULL | NULL | NULL | NULL",
                        "+I | NULL | NULL | NULL | NULL | NULL | NULL");
        assertThat(context.counter("records.skipped").sum()).isEqualTo(3);
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(failure("{\"id\":1}", "{\"id\":\"abc\"}"))
                .hasMessage("expected INT, found the text 'abc'")
                .returns(1, BadRecord::record)
                .returns("id", BadRecord::column);
        assertThat(failure("{\"id\":1e99}")).hasMessage("expected INT, found the number 1e99");
        assertThat(failure("{\"ts\":\"2020-13-01 00:00:00\"}")).hasMessageContaining("found the text '2020-13-01");
        assertThat(failure("{\"id\":1,\"s\":\"a")).hasMessage("the record ends in the middle");
        assertThat(failure("5")).hasMessage("expected an object, found the number 5");
        assertThat(failure("{\"id\":tru}")).hasMessageStartingWith("no valid JSON at byte");
    }

    @Test
    void requiresNotNullColumns() {
        Schema schema = Schema.of(new Field("id", AtomicType.INT.withNullable(false)));
        assertThatThrownBy(() -> decode(schema, Map.of(), "{\"id\":null}"))
                .hasMessage("the value is missing or null, but the column is NOT NULL");
        assertThatThrownBy(() -> decode(schema, Map.of("fail-on-missing-field", "true"), "{}"))
                .hasMessage("the field is missing");
    }

    @Test
    void writesAsFlinkDoes() {
        Schema schema = Schema.of(
                new Field("i", AtomicType.BIGINT),
                new Field("d", AtomicType.decimal(12, 9)),
                new Field("f", AtomicType.DOUBLE),
                new Field("s", AtomicType.STRING),
                new Field("ts", AtomicType.timestamp(3)),
                new Field("z", AtomicType.timestampLtz(6)),
                new Field("x", AtomicType.BYTES),
                new Field("a", new ArrayType(AtomicType.STRING, true)),
                new Field("m", new MapType(AtomicType.STRING, AtomicType.INT, true)),
                new Field("r", new RowType(List.of(new Field("p\"q", AtomicType.DATE)), true)));
        String table = """
                -9223372036854775808 | 1.5 | 1e10 | a"b\\é | 2020-01-01 00:00:00.120 | 1969-12-31 23:59:59.999999Z | 6869 | [x, NULL] | {k=1, l=NULL} | (2020-02-29)
                10 | 0.000000001 | NaN | '' | 2020-01-01 00:00:00 | NULL | NULL | NULL | NULL | NULL
                """;
        assertThat(FormatRunner.encode(format, schema, Map.of(), context(), table))
                .containsExactly(
                        "{\"i\":-9223372036854775808,\"d\":1.500000000,\"f\":1.0E10,\"s\":\"a\\\"b\\\\é\","
                                + "\"ts\":\"2020-01-01 00:00:00.12\",\"z\":\"1969-12-31 23:59:59.999999Z\",\"x\":\"aGk=\","
                                + "\"a\":[\"x\",null],\"m\":{\"k\":1,\"l\":null},\"r\":{\"p\\\"q\":\"2020-02-29\"}}",
                        "{\"i\":10,\"d\":1E-9,\"f\":\"NaN\",\"s\":\"\",\"ts\":\"2020-01-01 00:00:00\",\"z\":null,"
                                + "\"x\":null,\"a\":null,\"m\":null,\"r\":null}");
        assertThat(FormatRunner.encode(
                        format,
                        schema,
                        Map.of(
                                "encode.ignore-null-fields",
                                "true",
                                "encode.decimal-as-plain-number",
                                "true",
                                "timestamp-format.standard",
                                "ISO-8601"),
                        context(),
                        table.lines().skip(1).toList().get(0)))
                .containsExactly(
                        "{\"i\":10,\"d\":0.000000001,\"f\":\"NaN\",\"s\":\"\",\"ts\":\"2020-01-01T00:00:00\"}");
    }

    @Test
    void writesNullKeysAsAsked() {
        Schema schema = Schema.of(new Field("m", new MapType(AtomicType.STRING, AtomicType.INT, true)));
        String table = "{NULL=1, b=2}";
        assertThatThrownBy(() -> FormatRunner.encode(format, schema, Map.of(), context(), table))
                .isInstanceOf(SabotException.class)
                .hasMessageContaining("NULL key");
        assertThat(FormatRunner.encode(format, schema, Map.of("map-null-key.mode", "DROP"), context(), table))
                .containsExactly("{\"m\":{\"b\":2}}");
        assertThat(FormatRunner.encode(
                        format,
                        schema,
                        Map.of("map-null-key.mode", "LITERAL", "map-null-key.literal", "n\"u"),
                        context(),
                        table))
                .containsExactly("{\"m\":{\"n\\\"u\":1,\"b\":2}}");
    }

    private BadRecord failure(String... records) {
        BadRecord failure = catchThrowableOfType(BadRecord.class, () -> decode(SIMPLE, Map.of(), records));
        assertThat(failure).isNotNull();
        return failure;
    }

    private List<String> decode(Schema schema, Map<String, String> options, String... records) throws BadRecord {
        return FormatRunner.decode(format, schema, options, context(), records);
    }

    private TestContext context() {
        return TestContext.of(memory.allocator());
    }
}
