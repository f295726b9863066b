package io.sabot.connectors.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.catalog.Column;
import io.sabot.catalog.ObjectName;
import io.sabot.catalog.Table;
import io.sabot.catalog.TableKind;
import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.AtomicType;
import io.sabot.connectors.TestContext;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchText;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.connector.ScanFilter;
import io.sabot.executor.connector.ScanSpec;
import io.sabot.executor.connector.Sink;
import io.sabot.executor.connector.SinkSpec;
import io.sabot.executor.connector.SinkWriter;
import io.sabot.executor.connector.Source;
import io.sabot.executor.connector.SplitReader;
import io.sabot.executor.connector.SplitRows;
import io.sabot.parser.error.SabotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest {
    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    @TempDir
    Path directory;

    @Test
    void publishesAtCommitAndAgainWithoutHarm() throws IOException {
        try (Sink sink = sink(false, Map.of())) {
            sink.open(List.of());
            List<byte[]> prepared = new ArrayList<>();
            try (SinkWriter writer = sink.writer(0, context())) {
                write(writer, "1 | a\n2 | b");
                assertThat(files()).isEmpty();
                prepared.add(writer.prepare(1).orElseThrow());
                write(writer, "3 | c");
                sink.commit(1, prepared);
                sink.commit(1, prepared);
                assertThat(writer.prepare(2)).isPresent();
                assertThat(writer.prepare(3)).isEmpty();
            }
            assertThat(files()).containsExactly("part-job-0-0.json");
            assertThat(Files.readString(directory.resolve("out/part-job-0-0.json")))
                    .isEqualTo("{\"id\":1,\"p\":\"a\"}\n{\"id\":2,\"p\":\"b\"}\n");
        }
    }

    @Test
    void throwsAwayWhatNoCheckpointLists() throws IOException {
        byte[] listed;
        try (Sink sink = sink(false, Map.of())) {
            sink.open(List.of());
            try (SinkWriter writer = sink.writer(0, context())) {
                write(writer, "1 | a");
                listed = writer.prepare(1).orElseThrow();
                write(writer, "2 | lost");
            }
        }
        try (Sink sink = sink(false, Map.of())) {
            sink.open(List.of(listed));
            sink.commit(1, List.of(listed));
            try (SinkWriter writer = sink.writer(0, context())) {
                write(writer, "2 | again");
                sink.commit(2, List.of(writer.prepare(2).orElseThrow()));
            }
            assertThat(read()).containsExactly("+I | 1 | a", "+I | 2 | again");
            try (SinkWriter writer = sink.writer(0, context())) {
                write(writer, "3 | cancelled");
            }
            sink.abort();
        }
        try (Stream<Path> all = Files.list(directory.resolve("out"))) {
            assertThat(all.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("part-job-0-0.json", "part-job-0-1.json");
        }
    }

    @Test
    void writesIntoALinkedDirectory() throws IOException {
        Files.createDirectories(directory.resolve("real"));
        Files.createSymbolicLink(directory.resolve("out"), directory.resolve("real"));
        run(false, Map.of(), "1 | a");
        run(true, Map.of(), "2 | b");
        assertThat(read()).containsExactly("+I | 2 | b");
        try (Stream<Path> all = Files.list(directory.resolve("real"))) {
            assertThat(all).hasSize(1);
        }
    }

    @Test
    void replacesWithOverwrite() throws IOException {
        run(false, Map.of(), "1 | old");
        run(true, Map.of(), "2 | new");
        assertThat(read()).containsExactly("+I | 2 | new");
        run(true, Map.of(), "");
        assertThat(read()).isEmpty();
    }

    @Test
    void beginsANewFileWhenOneIsLarge() throws IOException {
        try (Sink sink = sink(false, Map.of("sink.rolling-policy.file-size", "10 b"))) {
            sink.open(List.of());
            try (SinkWriter writer = sink.writer(3, context())) {
                write(writer, "1 | a");
                write(writer, "2 | b");
                sink.commit(1, List.of(writer.prepare(1).orElseThrow()));
            }
        }
        assertThat(files()).containsExactly("part-job-3-0.json", "part-job-3-1.json");
    }

    @Test
    void readsBackPartitions() throws IOException {
        run(false, Map.of("partitioned", "p"), "1 | a/b\n2 | NULL\n3 | a/b");
        assertThat(files()).containsExactly("p=__DEFAULT_PARTITION__/part-job-0-1.json", "p=a%2Fb/part-job-0-0.json");
        assertThat(Files.readString(directory.resolve("out/p=a%2Fb/part-job-0-0.json")))
                .isEqualTo("{\"id\":1}\n{\"id\":3}\n");
        assertThat(read(Map.of("partitioned", "p")))
                .containsExactlyInAnyOrder("+I | 2 | NULL", "+I | 1 | a/b", "+I | 3 | a/b");
    }

    @Test
    void aDefaultNameLeadsNowhereElse() throws IOException {
        run(false, Map.of("partitioned", "p", "partition.default-name", "/../../x"), "1 | NULL");
        assertThat(files()).containsExactly("p=%2F..%2F..%2Fx/part-job-0-0.json");
        assertThat(read(Map.of("partitioned", "p", "partition.default-name", "/../../x")))
                .containsExactly("+I | 1 | NULL");
    }

    @Test
    void refusesAFileAsDirectory() throws IOException {
        Files.writeString(directory.resolve("out"), "");
        try (Sink sink = sink(false, Map.of())) {
            assertThatThrownBy(() -> sink.open(List.of()))
                    .isInstanceOf(SabotException.class)
                    .hasMessageContaining("is a file");
        }
    }

    private void run(boolean overwrite, Map<String, String> options, String table) {
        try (Sink sink = sink(overwrite, options)) {
            sink.open(List.of());
            try (SinkWriter writer = sink.writer(0, context())) {
                write(writer, table);
                sink.commit(1, writer.prepare(1).stream().toList());
            }
        }
    }

    private void write(SinkWriter writer, String table) {
        try (Batch batch = BatchText.parse(memory.allocator(), table(Map.of()).sinkSchema(), table)) {
            writer.write(batch);
        }
    }

    private List<String> read() {
        return read(Map.of());
    }

    private List<String> read(Map<String, String> options) {
        List<ScanColumn> columns = List.of(
                new ScanColumn.Physical(List.of("id"), AtomicType.BIGINT),
                new ScanColumn.Physical(List.of("p"), AtomicType.STRING));
        ScanSpec scan = new ScanSpec(table(options), columns, ScanFilter.NONE, true);
        List<String> lines = new ArrayList<>();
        try (Source source = new FilesystemFactory().create(scan, context());
                SplitReader reader = source.reader(context())) {
            reader.add(source.discover(List.of()));
            SplitRows rows;
            while ((rows = reader.poll(split -> 0, 0)) != null) {
                try (Batch batch = rows.rows()) {
                    if (batch != null) {
                        lines.addAll(BatchText.rows(batch, scan.schema()));
                    }
                }
            }
        }
        return lines;
    }

    /** Files that a reader would see, below the directory written. */
    private List<String> files() throws IOException {
        Path root = directory.resolve("out");
        return FilePaths.list(root, null).stream()
                .map(path -> root.relativize(path).toString())
                .toList();
    }

    private Sink sink(boolean overwrite, Map<String, String> options) {
        return new FilesystemFactory()
                .create(new SinkSpec(table(options), ChangelogMode.APPEND_ONLY, List.of(), overwrite, true), context());
    }

    private TestContext context() {
        return TestContext.of(memory.allocator()).in(directory);
    }

    private static Table table(Map<String, String> more) {
        Map<String, String> options = new java.util.HashMap<>(more);
        String partition = options.remove("partitioned");
        options.put("connector", "filesystem");
        options.put("path", "out");
        options.put("format", "json");
        return new Table(
                new ObjectName("c", "d", "t"),
                TableKind.TABLE,
                List.of(
                        new Column.Physical("id", AtomicType.BIGINT, ""),
                        new Column.Physical("p", AtomicType.STRING, "")),
                List.of(),
                Optional.empty(),
                partition == null ? List.of() : List.of(partition),
                options,
                "",
                false);
    }
}
