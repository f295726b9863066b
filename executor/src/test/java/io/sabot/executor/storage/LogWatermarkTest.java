package io.sabot.executor.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.catalog.Column;
import io.sabot.catalog.ObjectName;
import io.sabot.catalog.Table;
import io.sabot.catalog.TableKind;
import io.sabot.catalog.TimeAttribute;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.AtomicType;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchText;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.FileAccess;
import io.sabot.executor.connector.FormatFactory;
import io.sabot.executor.connector.ScanFilter;
import io.sabot.executor.connector.ScanSpec;
import io.sabot.executor.connector.Split;
import io.sabot.executor.connector.SplitPosition;
import io.sabot.executor.connector.SplitRows;
import io.sabot.executor.time.Clock;
import io.sabot.executor.time.Watermark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The log of a view keeps the watermark of its query, and behind which watermark rows are late. */
final class LogWatermarkTest {
    private static final Split LOG = new Split("log", new SplitPosition(0, ""));

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    @TempDir
    Path directory;

    private static Table view() {
        return new Table(
                new ObjectName("c", "d", "v"),
                TableKind.MATERIALIZED_LOG,
                List.of(new Column.Physical("id", AtomicType.INT, "")),
                List.of(),
                Optional.empty(),
                List.of(),
                Map.of(),
                "",
                false,
                List.of(new TimeAttribute("id", 0)));
    }

    private StoredTable open(Path file) {
        return new StoredTable(view(), memory.allocator(), Optional.of(file));
    }

    private StoredTable inMemory() {
        return new StoredTable(view(), memory.allocator(), Optional.empty());
    }

    private byte[] part(StoredTable table, LogMark mark, String... batches) {
        List<Batch> rows = new ArrayList<>();
        for (String text : batches) {
            rows.add(BatchText.parse(memory.allocator(), table.schema(), text));
        }
        try {
            return table.codec().encode(rows, mark);
        } finally {
            rows.forEach(Batch::close);
        }
    }

    private static LogMark at(long millis) {
        return new LogMark(millis, false);
    }

    private static LogMark idleAt(long millis) {
        return new LogMark(millis, true);
    }

    private void commit(StoredTable table, long checkpoint, long watermark, String... batches) {
        table.commit("writer", checkpoint, List.of(part(table, at(watermark), batches)));
    }

    @Test
    void theWatermarkStandsBehindTheRowsOfItsCommit() {
        try (StoredTable table = inMemory()) {
            commit(table, 1, 10, "11", "12");
            commit(table, 2, 20, "21");
            assertThat(List.of(0, 1, 2, 3))
                    .map(table::watermarkAt)
                    .containsExactly(Watermark.START, Watermark.START, 10L, 20L);
        }
    }

    @Test
    void itGoesOnWithoutRows() {
        try (StoredTable table = inMemory()) {
            commit(table, 1, 10, "11");
            commit(table, 2, 15);
            commit(table, 3, 12);
            assertThat(table.end()).isEqualTo(1);
            assertThat(table.watermark()).isEqualTo(15);
            commit(table, 4, 30, "16");
            assertThat(table.watermarkAt(1)).isEqualTo(15);
            assertThat(table.watermarkAt(2)).isEqualTo(30);
        }
    }

    @Test
    void itIsTheLeastOfTheTasksThatAreNotIdle() {
        try (StoredTable table = inMemory()) {
            table.commit("w", 1, List.of(part(table, at(10), "1"), part(table, at(20)), part(table, idleAt(5))));
            assertThat(table.watermark()).isEqualTo(10);
            table.commit("w", 2, List.of(part(table, at(Watermark.START)), part(table, at(90))));
            assertThat(table.watermark()).isEqualTo(10);
            table.commit("w", 3, List.of(part(table, idleAt(12)), part(table, idleAt(14))));
            assertThat(table.watermark()).isEqualTo(14);
            table.commit("w", 4, List.of(part(table, at(Watermark.END)), part(table, at(Watermark.END))));
            assertThat(table.watermark()).isEqualTo(Watermark.END);
        }
    }

    @Test
    void rowsWithoutATimeSayNothing() {
        try (StoredTable table = inMemory();
                Batch batch = BatchText.parse(memory.allocator(), table.schema(), "1")) {
            table.commit("w", 1, List.of(table.codec().encode(List.of(batch))));
            assertThat(table.watermark()).isEqualTo(Watermark.START);
            commit(table, 2, 7, "8");
            table.commit("w", 3, List.of(table.codec().encode(List.of(batch))));
            assertThat(table.watermarkAt(1)).isEqualTo(Watermark.START);
            assertThat(table.watermark()).isEqualTo(7);
        }
    }

    @Test
    void aReopenedLogHasItsWatermarksAndItsLateRows() {
        Path file = directory.resolve("v.log");
        try (StoredTable table = open(file);
                Batch late = BatchText.parse(memory.allocator(), table.schema(), "3", 9)) {
            commit(table, 1, 10, "11");
            table.commit(
                    "writer",
                    2,
                    List.of(part(table, at(10), "12"), table.codec().encode(List.of(late), at(10))));
            commit(table, 3, 40);
            commit(table, 3, 99, "98");
        }
        try (StoredTable table = open(file)) {
            assertThat(List.of(0, 1, 2, 3)).map(table::watermarkAt).containsExactly(Watermark.START, 10L, 10L, 40L);
            assertThat(List.of(0, 1, 2))
                    .map(number -> late(table, number))
                    .containsExactly(Batch.NOT_LATE, Batch.NOT_LATE, 9L);
            commit(table, 4, 50, "41");
            assertThat(table.watermark()).isEqualTo(50);
        }
    }

    private static long late(StoredTable table, long number) {
        try (Batch batch = Objects.requireNonNull(table.batch(number))) {
            return batch.lateBefore();
        }
    }

    @Test
    void timeAloneDoesNotMakeTheFileLong() throws IOException {
        Path file = directory.resolve("v.log");
        try (StoredTable table = open(file)) {
            commit(table, 1, 10, "11");
            commit(table, 2, 20);
        }
        long size = Files.size(file);
        try (StoredTable table = open(file)) {
            commit(table, 3, 30);
            commit(table, 4, 40);
            assertThat(Files.size(file)).isEqualTo(size);
            commit(table, 5, 50, "51");
            commit(table, 6, 60);
        }
        try (StoredTable table = open(file)) {
            assertThat(List.of(1, 2)).map(table::watermarkAt).containsExactly(40L, 60L);
        }
    }

    @Test
    void aCrashTakesRowsAndTheirWatermarkTogether() throws IOException {
        Path file = directory.resolve("v.log");
        try (StoredTable table = open(file)) {
            commit(table, 1, 10, "11");
            commit(table, 2, 20);
        }
        byte[] before = Files.readAllBytes(file);
        try (StoredTable table = open(file)) {
            commit(table, 3, 30, "25");
        }
        byte[] whole = Files.readAllBytes(file);
        for (int length = before.length - 10; length <= whole.length; length += 11) {
            Files.write(file, Arrays.copyOf(whole, length), StandardOpenOption.TRUNCATE_EXISTING);
            boolean torn = length < whole.length;
            try (StoredTable table = open(file)) {
                assertThat(table.end()).as("length %s", length).isEqualTo(torn ? 1 : 2);
                assertThat(table.watermark())
                        .as("length %s", length)
                        .isEqualTo(length < before.length ? 10 : torn ? 20 : 30);
                commit(table, 3, 30, "25"); // comes again, as its checkpoint was complete
                assertThat(table.watermark()).isEqualTo(30);
                assertThat(table.end()).isEqualTo(2);
            }
        }
    }

    @Test
    void aReaderIsToldBehindTheLastRowOfACommit() {
        try (StoredTable table = inMemory()) {
            commit(table, 1, 10, "11\n12\n13", "14");
            commit(table, 2, 15);
            try (StoredTableReader reader = reader(table, 0)) {
                assertThat(poll(reader)).isEqualTo("2 rows, START");
                assertThat(poll(reader)).isEqualTo("1 rows, START");
                assertThat(poll(reader)).isEqualTo("1 rows, 15");
                assertThat(poll(reader)).isEqualTo("nothing");
                commit(table, 3, 16);
                assertThat(poll(reader)).isEqualTo("0 rows, 16");
                commit(table, 4, 20, "17");
                commit(table, 5, 30, "21");
                assertThat(poll(reader)).isEqualTo("1 rows, 20");
                assertThat(poll(reader)).isEqualTo("1 rows, 30");
            }
            try (StoredTableReader reader = reader(table, 3)) {
                assertThat(poll(reader)).isEqualTo("1 rows, 30");
            }
            try (StoredTableReader reader = reader(table, 4)) {
                assertThat(poll(reader)).isEqualTo("0 rows, 30");
                assertThat(poll(reader)).isEqualTo("nothing");
            }
        }
    }

    @Test
    void aReaderGetsLateRowsAsSuch() {
        try (StoredTable table = inMemory();
                Batch late = BatchText.parse(memory.allocator(), table.schema(), "3\n4", 9)) {
            table.commit("w", 1, List.of(table.codec().encode(List.of(late), at(10))));
            try (StoredTableReader reader = reader(table, 0)) {
                SplitRows rows = Objects.requireNonNull(reader.poll(split -> 0, 0));
                try (Batch batch = Objects.requireNonNull(rows.rows())) {
                    assertThat(batch.lateBefore()).isEqualTo(9);
                }
            }
        }
    }

    private static String poll(StoredTableReader reader) {
        SplitRows rows = reader.poll(split -> 0, 0);
        if (rows == null) {
            return "nothing";
        }
        try (Batch batch = rows.rows()) {
            return (batch == null ? 0 : batch.rowCount()) + " rows, "
                    + (rows.watermark() == Watermark.START ? "START" : Long.toString(rows.watermark()));
        }
    }

    private StoredTableReader reader(StoredTable table, long from) {
        ScanSpec scan = new ScanSpec(
                table.definition(),
                List.of(new ScanColumn.Physical(List.of("id"), AtomicType.INT)),
                ScanFilter.NONE,
                false);
        StoredTableReader reader = new StoredTableReader(table, scan, new Context(memory.allocator()), () -> {});
        reader.add(List.of(new Split(LOG.id(), new SplitPosition(from, ""))));
        return reader;
    }

    private record Context(BufferAllocator allocator) implements ConnectorContext {
        @Override
        public int batchRows() {
            return 2;
        }

        @Override
        public String jobName() {
            return "job";
        }

        @Override
        public Map<String, String> settings() {
            return Map.of();
        }

        @Override
        public FormatFactory format(String name) {
            throw new AssertionError(name);
        }

        @Override
        public FileAccess files() {
            return FileAccess.anywhere(Path.of(""));
        }

        @Override
        public Clock clock() {
            return Clock.SYSTEM;
        }

        @Override
        public LongAdder counter(String name) {
            return new LongAdder();
        }
    }
}
