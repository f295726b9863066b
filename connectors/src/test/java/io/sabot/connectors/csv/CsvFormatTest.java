package io.sabot.connectors.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import io.sabot.catalog.connector.Options;
import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.Schema;
import io.sabot.catalog.type.TypeKind;
import io.sabot.connectors.FormatRunner;
import io.sabot.connectors.TestContext;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.connector.BadRecord;
import io.sabot.executor.connector.RecordFramer;
import io.sabot.parser.error.SabotException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Expected values are what Apache Flink 2.3 answers to the same files. */
class CsvFormatTest {
    private static final Map<String, String> IGNORE = Map.of("ignore-parse-errors", "true");
    private static final Schema SCHEMA = Schema.of(
            new Field("a", AtomicType.INT),
            new Field("b", AtomicType.INT),
            new Field("c", AtomicType.STRING),
            new Field("d", AtomicType.decimal(5, 2)));
    private static final Schema TEXTS = Schema.of(new Field("a", AtomicType.STRING), new Field("b", AtomicType.STRING));

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    private final CsvFormatFactory format = new CsvFormatFactory();

    @Test
    void readsFieldsAsFlinkDoes() throws BadRecord {
        assertThat(read(
                        SCHEMA,
                        Map.of(),
                        "1,2,a,1.5\n\n1, 2 ,\"a \"\"q\"\", x\ny\"  ,1.5\r\n5,6, b ,2.555\n7,8,a\"b\"c,1"))
                .containsExactly(
                        "+I | 1 | 2 | a | 1.50",
                        "+I | 1 | 2 | 'a \"q\", x\ny' | 1.50",
                        "+I | 5 | 6 | ' b ' | 2.56",
                        "+I | 7 | 8 | a\"b\"c | 1.00");
        assertThat(read(TEXTS, Map.of(), ", \"x\"\n\"\",\\\"y"))
                .containsExactly("+I | '' | ' \"x\"'", "+I | '' | \\\"y");
        assertThat(read(Schema.of(new Field("a", AtomicType.STRING)), Map.of(), "a\n\nb"))
                .containsExactly("+I | a", "+I | ''", "+I | b");
    }

    @Test
    void takesOptions() throws BadRecord {
        assertThat(read(SCHEMA, Map.of("null-literal", ""), "3,,\"\",")).containsExactly("+I | 3 | NULL | NULL | NULL");
        assertThat(read(TEXTS, Map.of("field-delimiter", "|", "quote-character", "'"), "'a'|'b''c'"))
                .containsExactly("+I | a | 'b''c'");
        assertThat(read(TEXTS, Map.of("disable-quote-character", "true"), "\"a\"\";b\",|"))
                .containsExactly("+I | \"a\"\";b\" | '|'");
        assertThat(read(TEXTS, Map.of("field-delimiter", "\\t"), "a\tb")).containsExactly("+I | a | b");
        assertThat(read(TEXTS, Map.of("allow-comments", "true"), "#\"c\n1,#x")).containsExactly("+I | 1 | #x");
        assertThat(read(TEXTS, Map.of("escape-character", "\\"), "a\\,b,\"x\\\"y\"\n\"q\"\"\",\\\\"))
                .containsExactly("+I | 'a,b' | x\"y", "+I | q\" | \\");
    }

    @Test
    void readsEveryTypeThatFits() throws BadRecord {
        Schema schema = Schema.of(
                new Field("a", new ArrayType(AtomicType.INT, true)),
                new Field("s", new ArrayType(AtomicType.STRING, true)),
                new Field(
                        "r",
                        new RowType(List.of(new Field("p", AtomicType.STRING), new Field("q", AtomicType.INT)), true)),
                new Field("d", AtomicType.DATE),
                new Field("t", AtomicType.timestampLtz(3)),
                new Field("m", AtomicType.of(TypeKind.TIME, 0)),
                new Field("b", AtomicType.BOOLEAN),
                new Field("x", AtomicType.BYTES),
                new Field("f", AtomicType.DOUBLE));
        assertThat(read(
                        schema,
                        Map.of(),
                        "1; 2 ;3, a ; b ,x;1,2020-1-2,2020-01-01 00:00:00Z,10:11:12,abc,aGk=,1e2\n"
                                + ",,;1,2020-01-02,2020-1-1 00:00:00.5Z,10:11:12.5,TRUE,, 1.50"))
                .containsExactly(
                        "+I | [1, 2, 3] | [' a ', ' b '] | (x, 1) | 2020-01-02 | 2020-01-01 00:00:00Z | 10:11:12 | false | 6869"
                                + " | 100.0",
                        "+I | [] | [] | ('', 1) | 2020-01-02 | 2020-01-01 00:00:00.500Z | 10:11:12.500 | true |  | 1.5");
    }

    @Test
    void ignoresWhatCannotBeReadWhenAsked() throws BadRecord {
        assertThat(read(SCHEMA, IGNORE, "3,,,\n1,2\n1,2,a,1.5,zz\n1,x,a,1\n1,2,\"q\"x,1"))
                .containsExactly("+I | 3 | NULL | '' | NULL", "+I | 1 | 2 | NULL | NULL", "+I | 1 | NULL | a | 1.00");
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> read(SCHEMA, Map.of(), "1,x,a,1"))
                .isInstanceOfSatisfying(
                        BadRecord.class, bad -> assertThat(bad.column()).isEqualTo("b"))
                .hasMessage("expected INT, found the text 'x'");
        assertThatThrownBy(() -> read(SCHEMA, Map.of(), "1,2")).hasMessage("expected 4 fields, found 2");
        assertThatThrownBy(() -> read(SCHEMA, Map.of(), "1,2,\"a")).hasMessageContaining("never closed");
        assertThatThrownBy(() -> read(SCHEMA, Map.of(), "1,2,\"a\"x,1"))
                .hasMessageContaining("closing quote of field 3");
        Schema maps = Schema.of(new Field("m", new MapType(AtomicType.STRING, AtomicType.INT, true)));
        assertThatThrownBy(() -> read(maps, Map.of(), ""))
                .isInstanceOf(SabotException.class)
                .hasMessageContaining("cannot hold column 'm'");
        assertThatThrownBy(() -> read(TEXTS, Map.of("field-delimiter", "ab"), ""))
                .hasMessageContaining("not one ASCII character");
    }

    @Test
    void writesFieldsAsFlinkDoes() {
        Schema schema = Schema.of(
                new Field("i", AtomicType.INT),
                new Field("s", AtomicType.STRING),
                new Field("t", AtomicType.timestamp(3)),
                new Field("a", new ArrayType(AtomicType.INT, true)),
                new Field("d", AtomicType.decimal(5, 2)));
        String table = """
                -1 | a"b | 2020-01-01 00:00:00.120 | [1, NULL, 3] | -1.50
                NULL | plain | NULL | [] | NULL
                7 | 'a,b' | 2020-01-01 00:00:00 | NULL | 0.00
                """;
        assertThat(FormatRunner.encode(format, schema, Map.of(), context(), table))
                .containsExactly(
                        "-1,\"a\"\"b\",\"2020-01-01 00:00:00.12\",1;;3,-1.50",
                        ",plain,,,",
                        "7,\"a,b\",\"2020-01-01 00:00:00\",,0.00");
        assertThat(FormatRunner.encode(
                        format, TEXTS, Map.of("null-literal", "n/a", "field-delimiter", ";"), context(), "NULL | ';'"))
                .containsExactly("n/a;\";\"");
    }

    static IntStream seeds() {
        return IntStream.range(0, 20);
    }

    /** What another library writes is read back, framing included. */
    @ParameterizedTest
    @MethodSource("seeds")
    void readsWhatFastCsvWrites(int seed) throws BadRecord {
        Random random = new Random(seed);
        StringWriter file = new StringWriter();
        List<String> expected = new ArrayList<>();
        try (CsvWriter writer = CsvWriter.builder()
                .quoteStrategy(random.nextBoolean() ? QuoteStrategies.ALWAYS : QuoteStrategies.REQUIRED)
                .build(file)) {
            for (int i = 0; i < 50; i++) {
                String a = text(random);
                String b = text(random) + "x";
                writer.writeRecord(a, b);
                expected.add(a + "\u0001" + b);
            }
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
        List<String> records = frame(Map.of(), file.toString());
        assertThat(records).as("seed %s", seed).hasSize(50);
        Schema one = Schema.of(new Field("a", AtomicType.STRING), new Field("b", AtomicType.STRING));
        List<String> actual = FormatRunner.decode(format, one, Map.of(), context(), records.toArray(String[]::new));
        List<String> quoted = expected.stream()
                .map(pair -> "+I | " + shown(pair.substring(0, pair.indexOf('\u0001'))) + " | "
                        + shown(pair.substring(pair.indexOf('\u0001') + 1)))
                .toList();
        assertThat(actual).as("seed %s", seed).isEqualTo(quoted);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append("ab,\"\n\r;é# ".charAt(random.nextInt(10)));
        }
        return text.toString();
    }

    /** As a text table shows it. */
    private static String shown(String text) {
        boolean plain = !text.isEmpty()
                && text.equals(text.strip())
                && text.chars().noneMatch(c -> "|,'()[]{}=".indexOf(c) >= 0);
        return plain ? text : "'" + text + "'";
    }

    private List<String> read(Schema schema, Map<String, String> options, String file) throws BadRecord {
        return FormatRunner.decode(
                format, schema, options, context(), frame(options, file).toArray(String[]::new));
    }

    private List<String> frame(Map<String, String> options, String file) {
        RecordFramer framer = format.framer(new Options(options, CsvOptions.SPECS));
        byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
        long address = Memory.allocate(bytes.length + 64L);
        try {
            Memory.copy(bytes, 0, address, bytes.length);
            List<String> records = new ArrayList<>();
            long[] starts = new long[1];
            int[] lengths = new int[1];
            long at = address;
            while (framer.frame(at, address + bytes.length, true, starts, lengths, 1) > 0) {
                byte[] record = new byte[lengths[0]];
                Memory.copy(starts[0], record, 0, record.length);
                records.add(new String(record, StandardCharsets.UTF_8));
                at = framer.next();
            }
            return records;
        } finally {
            Memory.free(address);
        }
    }

    private TestContext context() {
        return TestContext.of(memory.allocator());
    }
}
