package io.sabot.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sabot.catalog.connector.Options;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.connectors.arrow.ArrowFormatFactory;
import io.sabot.connectors.avro.AvroFormatFactory;
import io.sabot.connectors.parquet.ParquetFormatFactory;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.BatchText;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.connector.BadRecord;
import io.sabot.executor.connector.FileFormat;
import io.sabot.executor.connector.FormatFactory;
import io.sabot.executor.connector.ScanFilter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Formats of whole files: what is written is read, in any pieces and any choice of columns; damage is told. */
class FileFormatsTest {
    private static final List<FormatFactory> FORMATS =
            List.of(new AvroFormatFactory(), new ParquetFormatFactory(), new ArrowFormatFactory());

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    @TempDir
    Path directory = Path.of("");

    private Options options(FormatFactory format, Map<String, String> options) {
        return new Options(options, format.descriptor().options());
    }

    private void write(FormatFactory format, Map<String, String> options, Path file, List<List<String>> batches)
            throws IOException {
        TestContext context = TestContext.of(memory.allocator());
        try (OutputStream out = Files.newOutputStream(file);
                FileFormat.Writer writer = format.files()
                        .orElseThrow()
                        .writer(out, RandomRows.SCHEMA, options(format, options), context)) {
            for (List<String> lines : batches) {
                try (Batch batch = BatchText.parse(memory.allocator(), RandomRows.SCHEMA, String.join("\n", lines))) {
                    writer.write(batch);
                }
            }
            writer.finish();
        }
    }

    private List<String> read(FormatFactory format, Path file, Schema schema, int max) throws IOException, BadRecord {
        TestContext context = TestContext.of(memory.allocator());
        List<ScanColumn> columns = FormatRunner.all(schema);
        List<String> rows = new ArrayList<>();
        try (FileFormat.Reader reader = format.files()
                .orElseThrow()
                .reader(file, RandomRows.SCHEMA, columns, ScanFilter.NONE, options(format, Map.of()), context)) {
            int count = 1;
            while (count > 0) {
                try (BatchBuilder builder = new BatchBuilder(schema, memory.allocator(), max)) {
                    count = reader.read(builder, max);
                    assertThat(count).isLessThanOrEqualTo(max);
                    for (int i = 0; i < count; i++) {
                        builder.endRow();
                    }
                    try (Batch batch = builder.finish()) {
                        rows.addAll(BatchText.rows(batch, schema));
                    }
                }
            }
        }
        return rows;
    }

    private List<String> printed(List<String> lines) {
        try (Batch batch = BatchText.parse(memory.allocator(), RandomRows.SCHEMA, String.join("\n", lines))) {
            return BatchText.rows(batch, RandomRows.SCHEMA);
        }
    }

    @Test
    void whatIsWrittenIsRead() throws IOException, BadRecord {
        for (long seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            FormatFactory format = FORMATS.get((int) seed % FORMATS.size());
            Map<String, String> options = format instanceof ParquetFormatFactory
                    ? Map.of(
                            "block.size",
                            random.nextBoolean() ? "20000" : "134217728",
                            "page.size",
                            random.nextBoolean() ? "500" : "1048576",
                            "compression",
                            List.of("SNAPPY", "UNCOMPRESSED", "GZIP", "ZSTD").get(random.nextInt(4)))
                    : Map.of();
            List<List<String>> batches = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            for (int i = random.nextInt(6); i > 0; i--) {
                List<String> lines = RandomRows.lines(random, 1 + random.nextInt(100));
                batches.add(lines);
                expected.addAll(printed(lines));
            }
            Path file = directory.resolve("file-" + seed);
            write(format, options, file, batches);
            assertThat(read(format, file, RandomRows.SCHEMA, 1 + random.nextInt(300)))
                    .as(format.descriptor().name() + ", seed " + seed)
                    .isEqualTo(expected);
            Schema some =
                    Schema.of(new Field("r", RandomRows.SCHEMA.type(11)), new Field("i", RandomRows.SCHEMA.type(2)));
            assertThat(read(format, file, some, 50))
                    .as(format.descriptor().name() + ", seed " + seed)
                    .isEqualTo(expected.stream()
                            .map(line -> {
                                String[] cells = line.split(" \\| ", -1);
                                return "+I | " + cells[12] + " | " + cells[3];
                            })
                            .toList());
        }
    }

    @Test
    void cutFilesAreTold() throws IOException {
        for (FormatFactory format : FORMATS) {
            Path file = directory.resolve(format.descriptor().name());
            write(format, Map.of(), file, List.of(RandomRows.lines(new Random(1), 50)));
            byte[] bytes = Files.readAllBytes(file);
            for (int length : new int[] {0, 3, 50, bytes.length / 2, bytes.length - 1}) {
                Files.write(file, Arrays.copyOf(bytes, length));
                if (format instanceof ArrowFormatFactory && length > 50) {
                    continue; // what is in front of the cut may be a whole stream
                }
                assertThat(catchThrowable(() -> read(format, file, RandomRows.SCHEMA, 10)))
                        .as(format.descriptor().name() + " cut to " + length)
                        .isInstanceOfAny(IOException.class, BadRecord.class);
            }
        }
    }
}
