package io.sabot.connectors.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sabot.catalog.Column;
import io.sabot.catalog.ObjectName;
import io.sabot.catalog.Table;
import io.sabot.catalog.TableKind;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.AtomicType;
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
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {
    private static final ScanColumn ID = new ScanColumn.Physical(List.of("id"), AtomicType.BIGINT);
    private static final ScanColumn TEXT = new ScanColumn.Physical(List.of("text"), AtomicType.STRING);
    private static final ScanColumn FILE = new ScanColumn.Metadata("file.name", AtomicType.STRING);

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    @TempDir
    Path directory;

    @Test
    void readsAFileWithItsNameBetweenTheColumns() throws IOException {
        write("a.json", "{\"id\":1,\"text\":\"x\"}\r\n\n[{\"id\":2},{\"id\":3}]");
        assertThat(read("a.json", List.of(ID, FILE, TEXT), 2048))
                .containsExactly("+I | 1 | a.json | x", "+I | 2 | a.json | NULL", "+I | 3 | a.json | NULL");
        assertThat(read(directory.resolve("a.json").toUri().toString(), List.of(FILE), 1))
                .hasSize(3);
        assertThat(read("a.json", List.of(), 2)).containsExactly("+I", "+I", "+I");
    }

    @Test
    void readsADirectoryButNoHiddenFiles() throws IOException {
        write("in/b/2.json", "{\"id\":2}");
        write("in/1.json", "{\"id\":1}");
        write("in/_SUCCESS", "x");
        write("in/.x.inprogress", "x");
        write("in/_tmp/3.json", "x");
        assertThat(read("in", List.of(ID), 10)).containsExactly("+I | 1", "+I | 2");
    }

    @Test
    void followsLinks() throws IOException {
        write("real/1.json", "{\"id\":1}");
        write("other.json", "{\"id\":2}");
        Files.createSymbolicLink(directory.resolve("real/2.json"), directory.resolve("other.json"));
        Files.createSymbolicLink(directory.resolve("linked"), directory.resolve("real"));
        assertThat(read("real", List.of(ID), 10)).containsExactly("+I | 1", "+I | 2");
        assertThat(read("linked", List.of(ID), 10)).containsExactly("+I | 1", "+I | 2");
    }

    @Test
    void readsLinesLongerThanABlockAndPackedFiles() throws IOException {
        StringBuilder lines = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            lines.append("{\"id\":")
                    .append(i)
                    .append(",\"text\":\"")
                    .append("x".repeat(i * i * 400))
                    .append("\"}\n");
            expected.add("+I | " + i);
        }
        write("long.json", lines.toString());
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(directory.resolve("long.json.gz")))) {
            packed.write(lines.toString().getBytes(StandardCharsets.UTF_8));
        }
        assertThat(read("long.json", List.of(ID), 7)).isEqualTo(expected);
        assertThat(read("long.json.gz", List.of(ID), 7)).isEqualTo(expected);
    }

    @Test
    void goesOnWhereACheckpointStood() throws IOException {
        write("a.json", "{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n");
        ScanSpec scan = scan("a.json", List.of(ID), Map.of());
        TestContext context = TestContext.of(memory.allocator()).in(directory).withBatchRows(2);
        try (Source source = new FilesystemFactory().create(scan, context)) {
            Split split = source.discover(List.of()).get(0);
            Split rest;
            try (SplitReader reader = source.reader(context)) {
                reader.add(List.of(split));
                SplitRows rows = Objects.requireNonNull(reader.poll(FileSourceTest::noWatermark, 0));
                Objects.requireNonNull(rows.rows()).close();
                rest = new Split(split.id(), rows.next());
            }
            assertThat(source.discover(List.of(rest))).isEmpty();
            assertThat(drain(source, scan, context, List.of(rest), FileSourceTest::noWatermark))
                    .containsExactly("+I | 3");
        }
    }

    @Test
    void readsTheFileWithTheLowestWatermarkNext() throws IOException {
        write("in/a.json", "{\"id\":1}\n{\"id\":2}\n{\"id\":30}\n");
        write("in/b.json", "{\"id\":10}\n{\"id\":20}\n{\"id\":40}\n");
        ScanSpec scan = scan("in", List.of(ID), Map.of());
        TestContext context = TestContext.of(memory.allocator()).in(directory).withBatchRows(1);
        Map<String, Long> watermarks = new HashMap<>();
        List<Long> read = new ArrayList<>();
        try (Source source = new FilesystemFactory().create(scan, context);
                SplitReader reader = source.reader(context)) {
            reader.add(source.discover(List.of()));
            SplitRows rows;
            while ((rows = reader.poll(split -> watermarks.getOrDefault(split.id(), Long.MIN_VALUE), 0)) != null) {
                try (Batch batch = rows.rows()) {
                    if (batch != null) {
                        read.add(batch.column(0).getLong(0));
                        watermarks.put(rows.split().id(), batch.column(0).getLong(0));
                    }
                }
            }
        }
        assertThat(read).containsExactly(1L, 10L, 2L, 30L, 20L, 40L);
    }

    @Test
    void findsNewFilesWhenMonitoring() throws IOException {
        write("in/a.json", "{\"id\":1}");
        ScanSpec scan = scan("in", List.of(ID), Map.of("source.monitor-interval", "10 s"));
        TestContext context = TestContext.of(memory.allocator()).in(directory);
        try (Source source = new FilesystemFactory().create(scan, context)) {
            assertThat(source.bounded()).isFalse();
            List<Split> known = source.discover(List.of());
            write("in/b.json", "{\"id\":2}");
            assertThat(source.discover(known)).isEmpty();
            context.stepClock().step(10_000);
            assertThat(source.discover(known))
                    .extracting(Split::id)
                    .containsExactly(directory.resolve("in/b.json").toString());
        }
        ScanSpec ends = new ScanSpec(scan.table(), scan.columns(), ScanFilter.NONE, true);
        assertThat(new FilesystemFactory().create(ends, context).bounded()).isTrue();
    }

    @Test
    void tellsWhichFileIsMissing() throws IOException {
        write("orders.json", "");
        assertThatThrownBy(() -> read("order.json", List.of(ID), 1))
                .isInstanceOfSatisfying(SabotException.class, error -> {
                    assertThat(error.code()).isEqualTo(ErrorCode.UNDEFINED_FILE);
                    assertThat(error)
                            .hasMessageContaining(
                                    directory.resolve("order.json").toString());
                    assertThat(error.hint().orElse("")).contains("orders.json");
                });
    }

    @Test
    void tellsFileLineAndColumnOfABadRecord() throws IOException {
        write("a.json", "{\"id\":1}\n\n{\"id\":2}\n{\"id\":\"x\"}\n");
        SabotException error = catchThrowableOfType(SabotException.class, () -> read("a.json", List.of(ID), 100));
        assertThat(error.code()).isEqualTo(ErrorCode.MALFORMED_RECORD);
        assertThat(error).hasMessage("cannot read line 4 of file '" + directory.resolve("a.json") + "' as json");
        assertThat(error.why()).contains("column 'id': expected BIGINT, found the text 'x'");
        assertThat(error.hint().orElse("")).contains("json.ignore-parse-errors");
    }

    private List<String> read(String path, List<ScanColumn> columns, int batchRows) {
        ScanSpec scan = scan(path, columns, Map.of());
        TestContext context = TestContext.of(memory.allocator()).in(directory).withBatchRows(batchRows);
        try (Source source = new FilesystemFactory().create(scan, context)) {
            return drain(source, scan, context, source.discover(List.of()), FileSourceTest::noWatermark);
        }
    }

    private static List<String> drain(
            Source source, ScanSpec scan, TestContext context, List<Split> splits, ToLongFunction<Split> watermarks) {
        List<String> lines = new ArrayList<>();
        try (SplitReader reader = source.reader(context)) {
            reader.add(splits);
            SplitRows rows;
            while ((rows = reader.poll(watermarks, 0)) != null) {
                try (Batch batch = rows.rows()) {
                    if (batch != null) {
                        lines.addAll(BatchText.rows(batch, scan.schema()));
                    }
                }
            }
        }
        return lines;
    }

    private static ScanSpec scan(String path, List<ScanColumn> columns, Map<String, String> more) {
        Map<String, String> options = new HashMap<>(more);
        options.put("connector", "filesystem");
        options.put("path", path);
        options.put("format", "json");
        Table table = new Table(
                new ObjectName("c", "d", "t"),
                TableKind.TABLE,
                List.of(
                        new Column.Physical("id", AtomicType.BIGINT, ""),
                        new Column.Physical("text", AtomicType.STRING, "")),
                List.of(),
                Optional.empty(),
                List.of(),
                options,
                "",
                false);
        return new ScanSpec(table, columns, ScanFilter.NONE, false);
    }

    private static long noWatermark(Split split) {
        return Long.MIN_VALUE;
    }

    private void write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
