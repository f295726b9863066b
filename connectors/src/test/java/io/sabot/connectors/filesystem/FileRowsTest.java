package io.sabot.connectors.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.catalog.Column;
import io.sabot.catalog.ObjectName;
import io.sabot.catalog.Table;
import io.sabot.catalog.TableKind;
import io.sabot.catalog.type.AtomicType;
import io.sabot.connectors.TestContext;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.connector.FileAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class FileRowsTest {
    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    @TempDir
    Path directory;

    @Test
    void linesOfSmallFilesAreCounted() throws IOException {
        Files.writeString(directory.resolve("a.json"), "{\"id\":1}\n{\"id\":2}\n{\"id\":3}");
        Files.writeString(directory.resolve("b.json"), "{\"id\":4}\n");
        assertThat(estimate("", "json")).hasValue(4);
        assertThat(estimate("b.json", "json")).hasValue(1);
    }

    @Test
    void largeFilesAreLikeTheirBeginning() throws IOException {
        Files.writeString(directory.resolve("a.csv"), "123456789\n".repeat(100_000));
        assertThat(estimate("a.csv", "csv").orElseThrow()).isBetween(99_000L, 101_000L);
    }

    @Test
    void nothingIsThereOrNotKnown() throws IOException {
        assertThat(estimate("", "json")).hasValue(0);
        assertThat(estimate("missing", "json")).isEmpty();
        Files.writeString(directory.resolve("a.parquet"), "no Parquet");
        assertThat(estimate("a.parquet", "parquet")).isEmpty();
    }

    @Test
    void filesThatMayNotBeReadAreNotLookedInto() throws IOException {
        Path root = Files.createDirectory(directory.resolve("root"));
        Files.writeString(root.resolve("a.json"), "{\"id\":1}\n");
        Path outside = Files.writeString(directory.resolve("outside.json"), "{\"id\":2}\n{\"id\":3}\n");
        FileAccess below = new FileAccess(Path.of("/"), Optional.of(List.of(root)));
        assertThat(estimate("root", "json", below)).hasValue(1);
        assertThat(estimate("outside.json", "json", below)).isEmpty();
        Files.createSymbolicLink(root.resolve("b.json"), outside);
        assertThat(estimate("root", "json", below)).isEmpty();
    }

    private OptionalLong estimate(String path, String format) {
        return estimate(path, format, FileAccess.anywhere(Path.of("/")));
    }

    private OptionalLong estimate(String path, String format, FileAccess access) {
        Table table = new Table(
                new ObjectName("c", "d", "t"),
                TableKind.TABLE,
                List.of(new Column.Physical("id", AtomicType.BIGINT, "")),
                List.of(),
                Optional.empty(),
                List.of(),
                Map.of(
                        "connector",
                        "filesystem",
                        "path",
                        directory.resolve(path).toString(),
                        "format",
                        format),
                "",
                false);
        return new FilesystemFactory().estimatedRows(table, TestContext.of(memory.allocator())::format, access);
    }
}
