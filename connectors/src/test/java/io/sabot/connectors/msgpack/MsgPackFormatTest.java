package io.sabot.connectors.msgpack;

import static io.sabot.catalog.type.AtomicType.BIGINT;
import static io.sabot.catalog.type.AtomicType.DOUBLE;
import static io.sabot.catalog.type.AtomicType.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.connectors.FormatRunner;
import io.sabot.connectors.TestContext;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.connector.BadRecord;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MsgPackFormatTest {
    private static final MsgPackFormatFactory FORMAT = new MsgPackFormatFactory();

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    private List<String> decode(Schema schema, String... hex) throws BadRecord {
        return FormatRunner.decodeBytes(
                FORMAT,
                schema,
                Map.of(),
                TestContext.of(memory.allocator()),
                Stream.of(hex).map(HexFormat.of()::parseHex).toArray(byte[][]::new));
    }

    private String encode(Schema schema, String row) {
        return HexFormat.of()
                .formatHex(Objects.requireNonNull(
                        FormatRunner.encodeBytes(FORMAT, schema, Map.of(), TestContext.of(memory.allocator()), row)
                                .get(0)));
    }

    @Test
    void numbersOfEveryWidth() throws BadRecord {
        Schema schema = Schema.of(new Field("a", BIGINT));
        assertThat(decode(
                        schema,
                        "81a16105",
                        "81a161e0",
                        "81a161ccff",
                        "81a161cdffff",
                        "81a161ceffffffff",
                        "81a161cf7fffffffffffffff",
                        "81a161d080",
                        "81a161d18000",
                        "81a161d280000000",
                        "81a161d38000000000000000",
                        "81a161c0",
                        "80",
                        "9107"))
                .containsExactly(
                        "+I | 5",
                        "+I | -32",
                        "+I | 255",
                        "+I | 65535",
                        "+I | 4294967295",
                        "+I | 9223372036854775807",
                        "+I | -128",
                        "+I | -32768",
                        "+I | -2147483648",
                        "+I | -9223372036854775808",
                        "+I | NULL",
                        "+I | NULL",
                        "+I | 7");
        assertThatThrownBy(() -> decode(schema, "81a161cfffffffffffffffff"))
                .isInstanceOfSatisfying(
                        BadRecord.class, problem -> assertThat(problem.column()).isEqualTo("a"));
    }

    @Test
    void timestampsInThreeForms() throws BadRecord {
        Schema schema = Schema.of(new Field("a", AtomicType.timestampLtz(9)));
        assertThat(decode(
                        schema,
                        "81a161d6ff00000001",
                        "81a161d7ff0000000400000001",
                        "81a161c70cff00000001ffffffffffffffff"))
                .containsExactly(
                        "+I | 1970-01-01 00:00:01Z",
                        "+I | 1970-01-01 00:00:01.000000001Z",
                        "+I | 1969-12-31 23:59:59.000000001Z");
    }

    @Test
    void otherFieldsAreSteppedOver() throws BadRecord {
        Schema schema = Schema.of(new Field("a", STRING), new Field("b", DOUBLE));
        // {"x": [1, {"y": "z"}, bin, ext], "b": 1.5 as float32, "a": "hi", "a": "again"}
        assertThat(decode(schema, "84a178940181a179a17ac40100d40501a162ca3fc00000a161a26869a161a5616761696e"))
                .containsExactly("+I | hi | 1.5");
        assertThat(encode(schema, "hi | 1.5")).isEqualTo("82a161a26869a162cb3ff8000000000000");
    }

    @Test
    void filesAreCutWithoutSeparators() {
        byte[] bytes = HexFormat.of().parseHex("81a1610581a161ccff9107");
        long address = Memory.allocate(bytes.length + 64);
        Memory.copy(bytes, 0, address, bytes.length);
        long[] starts = new long[8];
        int[] lengths = new int[8];
        MsgPackFramer framer = new MsgPackFramer();
        assertThat(framer.frame(address, address + 7, false, starts, lengths, 8))
                .isEqualTo(1);
        assertThat(framer.next()).isEqualTo(address + 4);
        assertThat(framer.frame(framer.next(), address + bytes.length, true, starts, lengths, 8))
                .isEqualTo(2);
        assertThat(lengths).startsWith(5, 2);
        assertThat(framer.next()).isEqualTo(address + bytes.length);
        Memory.free(address);
    }
}
