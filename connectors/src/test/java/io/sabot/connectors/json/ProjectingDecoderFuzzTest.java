package io.sabot.connectors.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.catalog.connector.Options;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.Schema;
import io.sabot.catalog.type.TypeKind;
import io.sabot.connectors.FormatRunner;
import io.sabot.connectors.TestContext;
import io.sabot.connectors.record.Wanted;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.connector.BadRecord;
import io.sabot.executor.connector.RecordDecoder;
import io.sabot.executor.connector.ScanFilter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The projecting decoder gives what the full decoder gives, whatever the records look like. */
class ProjectingDecoderFuzzTest {
    private static final int RECORDS = 400;
    private static final RowType INNER = new RowType(
            List.of(
                    new Field("x", AtomicType.INT),
                    new Field("text", AtomicType.STRING),
                    new Field("at", AtomicType.timestamp(3))),
            true);
    private static final Schema SCHEMA = Schema.of(
            new Field("id", AtomicType.BIGINT),
            new Field("a", AtomicType.INT),
            new Field("small", AtomicType.of(TypeKind.SMALLINT)),
            new Field("tiny", AtomicType.of(TypeKind.TINYINT)),
            new Field("text", AtomicType.STRING),
            new Field("flag", AtomicType.BOOLEAN),
            new Field("d", AtomicType.DOUBLE),
            new Field("f", AtomicType.FLOAT),
            new Field("dec", AtomicType.decimal(10, 3)),
            new Field("day", AtomicType.DATE),
            new Field("time", AtomicType.of(TypeKind.TIME, 3)),
            new Field("ts", AtomicType.timestamp(6)),
            new Field("ltz", AtomicType.timestampLtz(9)),
            new Field("a-very-long-field-name-of-more-than-sixty-four-characters-in-all-yes", AtomicType.INT),
            new Field("in", INNER),
            new Field("out", new RowType(List.of(new Field("in", INNER), new Field("n", AtomicType.BIGINT)), true)));

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    static IntStream seeds() {
        return IntStream.range(0, 40);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void agreesWithTheFullDecoder(int seed) throws BadRecord {
        Random random = new Random(seed);
        List<ScanColumn> columns = columns(random);
        JsonOptions options = options(Map.of(
                "ignore-parse-errors", Boolean.toString(random.nextBoolean()),
                "fail-on-missing-field", Boolean.toString(random.nextInt(4) == 0),
                "timestamp-format.standard", random.nextInt(3) == 0 ? "ISO-8601" : "SQL"));
        ScanFilter filter = filter(random, columns);
        Schema schema = schema(columns);
        try (JacksonDecoder full = new JacksonDecoder(SCHEMA, columns, options, new LongAdder());
                ProjectingDecoder fast = new ProjectingDecoder(
                        new JacksonDecoder(SCHEMA, columns, options, new LongAdder()),
                        Wanted.trees(SCHEMA, columns).get(0),
                        filter,
                        options)) {
            RandomJson json = new RandomJson(random, SCHEMA);
            for (int i = 0; i < RECORDS; i++) {
                byte[] record = json.record();
                List<String> expected;
                try {
                    expected = decode(full, schema, record);
                } catch (BadRecord unreadable) {
                    // The fast decoder may not have looked at what is wrong, but must not fail otherwise
                    expected = null;
                }
                try {
                    compare(seed, columns, filter, record, expected, decode(fast, schema, record));
                } catch (BadRecord e) {
                    assertThat(expected)
                            .as("seed %s, %s: %s", seed, columns, new String(record, StandardCharsets.UTF_8))
                            .isNull();
                }
            }
        }
    }

    private static void compare(
            int seed,
            List<ScanColumn> columns,
            ScanFilter filter,
            byte[] record,
            @Nullable List<String> expected,
            List<String> actual) {
        if (expected == null || expected.isEmpty()) {
            return;
        }
        String message =
                "seed " + seed + ", " + columns + ", " + filter + ": " + new String(record, StandardCharsets.UTF_8);
        if (filter.comparisons().isEmpty()) {
            assertThat(actual).as(message).isEqualTo(expected);
            return;
        }
        List<String> passing = passing(filter, expected);
        assertThat(passing(filter, actual)).as(message).isEqualTo(passing);
        if (!filter.dropRejected()) {
            assertThat(needed(filter, actual)).as(message).isEqualTo(needed(filter, expected));
        }
    }

    /** Rows that pass: the first column has to be less than a number. */
    private static List<String> passing(ScanFilter filter, List<String> rows) {
        long limit = (Long) filter.comparisons().get(0).constant();
        return rows.stream()
                .filter(row -> !cell(row, 0).equals("NULL") && Long.parseLong(cell(row, 0)) < limit)
                .toList();
    }

    private static List<String> needed(ScanFilter filter, List<String> rows) {
        List<String> cells = new ArrayList<>();
        rows.forEach(row -> filter.needed().forEach(column -> cells.add(cell(row, column))));
        return cells;
    }

    /** Only for the first two columns, which hold no bars. */
    private static String cell(String row, int column) {
        return row.split(" \\| ", -1)[column + 1];
    }

    private static ScanFilter filter(Random random, List<ScanColumn> columns) {
        if (random.nextBoolean()) {
            return ScanFilter.NONE;
        }
        boolean drop = random.nextBoolean();
        return new ScanFilter(
                List.of(new ScanFilter.Comparison(0, ScanFilter.Operator.LESS, 100L)),
                drop || columns.size() < 2 ? List.of() : List.of(1),
                drop);
    }

    private List<String> decode(RecordDecoder decoder, Schema schema, byte[] record) throws BadRecord {
        return FormatRunner.decode(decoder, schema, TestContext.of(memory.allocator()), new byte[][] {record});
    }

    /** The id first, then columns at random, some of them inside rows. */
    private static List<ScanColumn> columns(Random random) {
        List<ScanColumn> columns = new ArrayList<>();
        columns.add(new ScanColumn.Physical(List.of("id"), AtomicType.BIGINT));
        if (random.nextBoolean()) {
            columns.add(new ScanColumn.Physical(List.of("in", "x"), AtomicType.INT));
        }
        addColumns(random, new ArrayList<>(), SCHEMA.fields(), columns);
        return columns;
    }

    private static void addColumns(Random random, List<String> path, List<Field> fields, List<ScanColumn> columns) {
        for (Field field : fields) {
            List<String> inner = new ArrayList<>(path);
            inner.add(field.name());
            DataType type = field.type();
            boolean there = columns.stream()
                    .anyMatch(column -> ((ScanColumn.Physical) column).path().equals(inner));
            if (type instanceof RowType row) {
                addColumns(random, inner, row.fields(), columns);
            } else if (random.nextInt(3) == 0 && !there) {
                columns.add(new ScanColumn.Physical(inner, type));
            }
        }
    }

    private static Schema schema(List<ScanColumn> columns) {
        return new Schema(columns.stream()
                .map(column -> new Field(column.label(), column.type()))
                .toList());
    }

    private static JsonOptions options(Map<String, String> written) {
        return JsonOptions.of(new Options(written, JsonOptions.SPECS));
    }

    /** Records of every sort: mostly as the schema wants them, sometimes with surprises, sometimes broken. */
    private static final class RandomJson {
        private final Random random;
        private final Schema schema;
        private final boolean shuffles;
        private final boolean blanks;

        RandomJson(Random random, Schema schema) {
            this.random = random;
            this.schema = schema;
            this.shuffles = random.nextInt(3) == 0;
            this.blanks = random.nextInt(3) == 0;
        }

        byte[] record() {
            StringBuilder text = new StringBuilder();
            if (rarely()) {
                text.append("[");
                object(schema.fields(), text);
                text.append(",");
                object(schema.fields(), text);
                text.append("]");
            } else {
                object(schema.fields(), text);
            }
            text.append(rarely() ? " \"x\" " : "");
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            if (random.nextInt(10) == 0) {
                return Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            }
            if (random.nextInt(10) == 0) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            return bytes;
        }

        private boolean rarely() {
            return random.nextInt(30) == 0;
        }

        private void object(List<Field> fields, StringBuilder text) {
            List<Field> order = new ArrayList<>(fields);
            if (shuffles) {
                java.util.Collections.shuffle(order, random);
            }
            text.append('{');
            boolean first = true;
            for (Field field : order) {
                if (random.nextInt(8) == 0) {
                    continue;
                }
                for (int copies = rarely() ? 2 : 1; copies > 0; copies--) {
                    text.append(first ? "" : ",");
                    key(rarely() ? "unknown" + random.nextInt(5) : field.name(), text);
                    value(rarely() ? AtomicType.STRING : field.type(), text);
                    first = false;
                }
            }
            blank(text);
            text.append('}');
        }

        private void key(String name, StringBuilder text) {
            blank(text);
            text.append('"')
                    .append(rarely() ? name.replace("a", "\\u0061") : name)
                    .append('"');
            blank(text);
            text.append(':');
            blank(text);
        }

        private void blank(StringBuilder text) {
            if (blanks) {
                text.append(" \t".repeat(random.nextInt(2)));
            }
        }

        private void value(DataType type, StringBuilder text) {
            if (random.nextInt(12) == 0) {
                text.append("null");
            } else if (rarely()) {
                odd(text);
            } else if (type instanceof RowType row) {
                object(row.fields(), text);
            } else {
                atomic((AtomicType) type, text);
            }
            blank(text);
        }

        private void odd(StringBuilder text) {
            String[] odd = {
                "[1,{\"a\":\"}\"},[]]",
                "{\"x\":{\"y\":[\"]\"]}}",
                "true",
                "false",
                "\"true\"",
                "1e3",
                "-0",
                "0.5",
                "12345678901234567890123",
                "\" 7 \"",
                "\"\"",
                "{}",
                "[]",
                "007",
                "1.",
                "-",
                "tru",
                "nulls"
            };
            text.append(odd[random.nextInt(odd.length)]);
        }

        private void atomic(AtomicType type, StringBuilder text) {
            switch (type.kind()) {
                case BOOLEAN -> text.append(random.nextBoolean());
                case TINYINT -> text.append(random.nextInt(300) - 150);
                case SMALLINT -> text.append(random.nextInt(80_000) - 40_000);
                case INT -> text.append(random.nextInt() >> random.nextInt(32));
                case BIGINT -> text.append(random.nextLong() >> random.nextInt(64));
                case FLOAT, DOUBLE -> number(text);
                case DECIMAL ->
                    text.append(new java.math.BigDecimal(
                            java.math.BigInteger.valueOf(random.nextLong() >> random.nextInt(64)), random.nextInt(5)));
                case DATE -> quoted(date(), text);
                case TIME -> quoted(time(), text);
                case TIMESTAMP -> quoted(date() + (random.nextInt(4) == 0 ? "T" : " ") + time(), text);
                case TIMESTAMP_LTZ -> quoted(date() + " " + time() + (rarely() ? "+01:00" : "Z"), text);
                default -> text(text);
            }
        }

        private void number(StringBuilder text) {
            switch (random.nextInt(4)) {
                case 0 -> text.append(random.nextDouble());
                case 1 -> text.append(random.nextInt(100_000) / 100.0);
                case 2 -> text.append(random.nextInt(1_000_000));
                default ->
                    text.append(new java.math.BigDecimal(Double.longBitsToDouble(
                                    (random.nextLong() & 0xFFFFFFFFFFFFFL) | (long) (1000 + random.nextInt(40)) << 52))
                            .toPlainString());
            }
        }

        private String date() {
            return String.format(
                    "%04d-%02d-%02d",
                    random.nextInt(20) == 0 ? random.nextInt(10000) : 2020 + random.nextInt(2),
                    rarely() ? 13 : 1 + random.nextInt(12),
                    1 + random.nextInt(31));
        }

        private String time() {
            String time = String.format(
                    "%02d:%02d:%02d", random.nextInt(24), random.nextInt(60), random.nextInt(rarely() ? 100 : 60));
            int digits = random.nextInt(11);
            return digits == 0 ? time : time + "." + "123456789012".substring(0, digits - (rarely() ? 1 : 0));
        }

        private static void quoted(String value, StringBuilder text) {
            text.append('"').append(value).append('"');
        }

        private void text(StringBuilder text) {
            text.append('"');
            for (int i = random.nextInt(30); i > 0; i--) {
                switch (random.nextInt(40)) {
                    case 0 -> text.append("\\\"");
                    case 1 -> text.append("\\\\");
                    case 2 -> text.append("\\n");
                    case 3 -> text.append(String.format("\\u%04x", random.nextInt(0x10000)));
                    case 4 -> text.append("\\ud83d\\ude00");
                    case 5 -> text.append("é");
                    case 6 -> text.append("😀");
                    case 7 -> text.append("}");
                    default -> text.append((char) ('a' + random.nextInt(26)));
                }
            }
            text.append('"');
        }
    }
}
