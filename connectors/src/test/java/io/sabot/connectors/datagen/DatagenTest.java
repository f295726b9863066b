package io.sabot.connectors.datagen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.catalog.Column;
import io.sabot.catalog.ObjectName;
import io.sabot.catalog.Table;
import io.sabot.catalog.TableKind;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.Schema;
import io.sabot.catalog.type.TypeKind;
import io.sabot.connectors.TestContext;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchText;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.connector.ScanFilter;
import io.sabot.executor.connector.ScanSpec;
import io.sabot.executor.connector.Source;
import io.sabot.executor.connector.Split;
import io.sabot.executor.connector.SplitReader;
import io.sabot.executor.connector.SplitRows;
import io.sabot.parser.error.SabotException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DatagenTest {
    private static final Schema SCHEMA = Schema.of(
            new Field("id", AtomicType.INT),
            new Field("price", AtomicType.decimal(6, 2)),
            new Field("name", AtomicType.of(TypeKind.VARCHAR, 5)),
            new Field("row", new RowType(List.of(new Field("x", AtomicType.BIGINT)), true)));
    private static final Map<String, String> SEQUENCE = Map.of(
            "fields.id.kind",
            "sequence",
            "fields.id.start",
            "5",
            "fields.id.end",
            "11",
            "fields.price.min",
            "1",
            "fields.price.max",
            "2.5",
            "fields.name.null-rate",
            "0.5",
            "fields.row.x.min",
            "-1",
            "fields.row.x.max",
            "1",
            "sabot.seed",
            "7",
            "rows-per-second",
            "1000000");

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    @Test
    void countsSequencesAndStaysBetweenBounds() {
        List<String> rows = read(SCHEMA, SEQUENCE, 1, 2);
        assertThat(rows).hasSize(7);
        for (int i = 0; i < 7; i++) {
            assertThat(rows.get(i))
                    .matches("\\+I \\| " + (5 + i) + " \\| [12]\\.\\d\\d \\| (NULL|[0-9a-f]{5}) \\| \\(-?[01]\\)");
        }
        assertThat(rows).anyMatch(row -> row.contains("NULL")).anyMatch(row -> !row.contains("NULL"));
    }

    @Test
    void givesTheSameRowsAtAnyParallelismAndBatchSize() {
        List<String> rows = read(SCHEMA, SEQUENCE, 1, 100);
        assertThat(read(SCHEMA, SEQUENCE, 3, 2)).containsExactlyInAnyOrderElementsOf(rows);
        Map<String, String> other = new HashMap<>(SEQUENCE);
        other.put("sabot.seed", "8");
        assertThat(read(SCHEMA, other, 1, 100)).isNotEqualTo(rows);
    }

    @Test
    void readsFieldsInsideRowsAsTheRowHasThem() {
        Map<String, String> options = new HashMap<>(SEQUENCE);
        options.put("fields.row.null-rate", "0.3");
        List<ScanColumn> both = List.of(
                new ScanColumn.Physical(List.of("row"), SCHEMA.type(3)),
                new ScanColumn.Physical(List.of("row", "x"), AtomicType.BIGINT));
        for (String row : read(scan(SCHEMA, both, options), context(1, 10))) {
            String[] cells = row.split(" \\| ", -1);
            assertThat(cells[1]).isEqualTo(cells[2].equals("NULL") ? "NULL" : "(" + cells[2] + ")");
        }
    }

    @Test
    void hasNoMoreSplitsThanTasksAreWanted() {
        Map<String, String> options = new HashMap<>(SEQUENCE);
        options.put("scan.parallelism", "2");
        TestContext context = context(4, 100);
        try (Source source = new DatagenFactory().create(scan(SCHEMA, columns(SCHEMA), options), context)) {
            assertThat(source.discover(List.of())).hasSize(2);
        }
    }

    @Test
    void keepsToItsRate() {
        ScanSpec scan = scan(SCHEMA, columns(SCHEMA), Map.of("rows-per-second", "10", "sabot.seed", "1"));
        TestContext context = context(1, 100);
        List<Integer> counts = new ArrayList<>();
        try (Source source = new DatagenFactory().create(scan, context);
                SplitReader reader = source.reader(context)) {
            assertThat(source.bounded()).isFalse();
            reader.add(source.discover(List.of()));
            for (long millis : new long[] {0, 0, 450, 50, 10_000}) {
                context.stepClock().step(millis);
                SplitRows rows = reader.poll(split -> 0, 0);
                try (Batch batch = rows == null ? null : rows.rows()) {
                    counts.add(batch == null ? 0 : batch.rowCount());
                }
            }
        }
        assertThat(counts.subList(0, 4)).containsExactly(1, 0, 4, 1);
        assertThat(counts.get(4)).isBetween(1, 11);
    }

    @Test
    void goesOnWhereACheckpointStood() {
        ScanSpec scan = scan(SCHEMA, columns(SCHEMA), SEQUENCE);
        TestContext context = context(1, 3);
        List<String> rows = new ArrayList<>();
        try (Source source = new DatagenFactory().create(scan, context)) {
            Split split = source.discover(List.of()).get(0);
            while (rows.size() < 7) {
                try (SplitReader reader = source.reader(context)) {
                    reader.add(List.of(split));
                    context.stepClock().step(1);
                    SplitRows next = reader.poll(any -> 0, 0);
                    try (Batch batch = next == null ? null : next.rows()) {
                        if (next != null && batch != null) {
                            rows.addAll(BatchText.rows(batch, SCHEMA));
                            split = new Split(split.id(), next.next());
                        }
                    }
                }
            }
            assertThat(source.discover(List.of(split))).isEmpty();
        }
        assertThat(rows).isEqualTo(read(SCHEMA, SEQUENCE, 1, 100));
    }

    @Test
    void makesEveryType() {
        List<Field> fields = new ArrayList<>();
        for (TypeKind kind : TypeKind.values()) {
            int precision = kind == TypeKind.DECIMAL ? 38 : kind == TypeKind.TIME ? 3 : 6;
            if (kind != TypeKind.NULL) {
                fields.add(new Field(kind.name(), new AtomicType(kind, precision, 0, true)));
            }
        }
        fields.add(new Field("a", new ArrayType(AtomicType.STRING, true)));
        fields.add(new Field("m", new MapType(AtomicType.STRING, AtomicType.DOUBLE, true)));
        assertThat(read(new Schema(fields), Map.of("number-of-rows", "5", "fields.a.length", "2"), 1, 100))
                .hasSize(5);
    }

    @Test
    void refusesBadOptions() {
        assertThatThrownBy(() -> read(SCHEMA, Map.of("fields.prize.min", "1"), 1, 1))
                .isInstanceOfSatisfying(
                        SabotException.class,
                        error -> assertThat(error.hint()).contains("did you mean 'fields.price.min'?"));
        assertThatThrownBy(() -> read(SCHEMA, Map.of("fields.id.min", "9", "fields.id.max", "3"), 1, 1))
                .hasMessageContaining("fields.id.min");
        assertThatThrownBy(() -> read(SCHEMA, Map.of("fields.id.kind", "sequence"), 1, 1))
                .hasMessageContaining("'fields.id.start' is missing");
        assertThatThrownBy(() -> read(SCHEMA, Map.of("fields.id.max", "9999999999"), 1, 1))
                .hasMessageContaining("a whole number from -2147483648");
    }

    private List<String> read(Schema schema, Map<String, String> options, int parallelism, int batchRows) {
        return read(scan(schema, columns(schema), options), context(parallelism, batchRows));
    }

    private static List<String> read(ScanSpec scan, TestContext context) {
        List<String> lines = new ArrayList<>();
        try (Source source = new DatagenFactory().create(scan, context)) {
            for (Split split : source.discover(List.of())) {
                try (SplitReader reader = source.reader(context)) {
                    reader.add(List.of(split));
                    boolean ended = false;
                    while (!ended) {
                        SplitRows rows = reader.poll(any -> 0, 0);
                        context.stepClock().step(1);
                        try (Batch batch = rows == null ? null : rows.rows()) {
                            if (batch != null) {
                                lines.addAll(BatchText.rows(batch, scan.schema()));
                            }
                        }
                        ended = rows != null && rows.ended();
                    }
                }
            }
        }
        return lines;
    }

    private TestContext context(int parallelism, int batchRows) {
        return TestContext.of(memory.allocator()).withParallelism(parallelism).withBatchRows(batchRows);
    }

    private static List<ScanColumn> columns(Schema schema) {
        List<ScanColumn> columns = new ArrayList<>();
        schema.fields().forEach(field -> columns.add(new ScanColumn.Physical(List.of(field.name()), field.type())));
        return columns;
    }

    private static ScanSpec scan(Schema schema, List<ScanColumn> columns, Map<String, String> more) {
        Map<String, String> options = new HashMap<>(more);
        options.put("connector", "datagen");
        List<Column> physical = new ArrayList<>();
        for (Field field : schema.fields()) {
            DataType type = field.type();
            physical.add(new Column.Physical(field.name(), type, ""));
        }
        Table table = new Table(
                new ObjectName("c", "d", "t"),
                TableKind.TABLE,
                physical,
                List.of(),
                Optional.empty(),
                List.of(),
                options,
                "",
                false);
        return new ScanSpec(table, columns, ScanFilter.NONE, false);
    }
}
