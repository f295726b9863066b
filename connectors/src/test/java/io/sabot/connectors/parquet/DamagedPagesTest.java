package io.sabot.connectors.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sabot.catalog.connector.Options;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.connectors.FormatRunner;
import io.sabot.connectors.TestContext;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.BatchText;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.connector.BadRecord;
import io.sabot.executor.connector.FileFormat;
import io.sabot.executor.connector.ScanFilter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Pages that lie about their lengths, and files with wrong bytes: an error, never wrong memory. */
class DamagedPagesTest {
    private static final Schema SCHEMA =
            Schema.of(new Field("n", AtomicType.BIGINT), new Field("s", AtomicType.STRING));

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    @TempDir
    Path directory = Path.of("");

    @Test
    void unpackedLengthsAreCompared() throws IOException {
        byte[] bytes = new byte[10_000];
        Arrays.fill(bytes, 5_000, 10_000, (byte) 7);
        for (CompressionCodec codec : List.of(
                CompressionCodec.UNCOMPRESSED, CompressionCodec.SNAPPY, CompressionCodec.ZSTD, CompressionCodec.GZIP)) {
            byte[] packed = Packing.pack(codec, bytes);
            assertThat(Packing.unpack(codec, packed, 0, packed.length, 10_000)).isEqualTo(bytes);
            for (int said : new int[] {1, 9_999, 10_001, 1 << 20}) {
                assertThatThrownBy(() -> Packing.unpack(codec, packed, 0, packed.length, said))
                        .as(codec + " as " + said)
                        .isInstanceOf(IOException.class);
            }
        }
        byte[] broken = Packing.pack(CompressionCodec.SNAPPY, bytes);
        broken[broken.length / 2] = (byte) ~broken[broken.length / 2];
        assertThatThrownBy(() -> Packing.unpack(CompressionCodec.SNAPPY, broken, 0, broken.length - 1, 10_000))
                .isInstanceOf(IOException.class);
    }

    @Test
    void lengthsOfHeadersAreChecked() {
        for (Consumer<PageHeader> lie : List.<Consumer<PageHeader>>of(
                header -> header.setCompressed_page_size(-1),
                header -> header.setCompressed_page_size(9),
                header -> header.setUncompressed_page_size(-1),
                header -> header.getData_page_header_v2().setRepetition_levels_byte_length(-1),
                header -> header.getData_page_header_v2().setDefinition_levels_byte_length(-1),
                header -> header.getData_page_header_v2().setDefinition_levels_byte_length(9),
                header -> header.getData_page_header_v2().setDefinition_levels_byte_length(Integer.MAX_VALUE),
                header -> header.getData_page_header_v2().setNum_values(-1))) {
            PageHeader header = new PageHeader(PageType.DATA_PAGE_V2, 8, 8);
            header.setData_page_header_v2(new DataPageHeaderV2(1, 0, 1, Encoding.PLAIN, 0, 0));
            lie.accept(header);
            assertThat(catchThrowable(() -> pages(header).readPage()))
                    .as(header.toString())
                    .isInstanceOfAny(IOException.class, UncheckedIOException.class);
        }
        PageHeader first = new PageHeader(PageType.DATA_PAGE, 8, 8);
        first.setData_page_header(new DataPageHeader(-1, Encoding.PLAIN, Encoding.RLE, Encoding.RLE));
        assertThat(catchThrowable(() -> pages(first).readPage())).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void dictionariesDoNotSayMoreThanTheyHold() {
        for (int values : new int[] {-1, 9, Integer.MAX_VALUE}) {
            PageHeader header = new PageHeader(PageType.DICTIONARY_PAGE, 8, 8);
            header.setDictionary_page_header(new DictionaryPageHeader(values, Encoding.PLAIN));
            assertThatThrownBy(() -> pages(header))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("says that it has " + values);
        }
    }

    private static ColumnPages pages(PageHeader header) throws IOException {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        Util.writePageHeader(header, chunk);
        chunk.writeBytes(new byte[8]);
        ColumnMetaData column = new ColumnMetaData(
                Type.INT64, List.of(), List.of("n"), CompressionCodec.UNCOMPRESSED, 1, 8, chunk.size(), 0);
        return new ColumnPages(
                chunk.toByteArray(),
                column,
                Types.required(PrimitiveTypeName.INT64).named("n"));
    }

    /** Any byte may be wrong: rows come out or it is told. */
    @Test
    void wrongBytesAreTold() throws IOException {
        for (String compression : List.of("SNAPPY", "UNCOMPRESSED", "ZSTD", "GZIP")) {
            Path file = directory.resolve(compression);
            byte[] good = write(file, compression);
            Random random = new Random(compression.hashCode());
            for (int i = 0; i < 400; i++) {
                byte[] bytes = good.clone();
                bytes[4 + random.nextInt(bytes.length - 12)] = (byte) random.nextInt();
                Files.write(file, bytes);
                Throwable told = catchThrowable(() -> read(file));
                if (told != null) {
                    assertThat(told).as(compression + " " + i).isInstanceOfAny(IOException.class, BadRecord.class);
                }
            }
        }
    }

    private byte[] write(Path file, String compression) throws IOException {
        String rows = IntStream.range(0, 60)
                .mapToObj(i -> "+I | " + i + " | text" + i % 7)
                .collect(Collectors.joining("\n"));
        try (OutputStream out = Files.newOutputStream(file);
                FileFormat.Writer writer = new ParquetFiles()
                        .writer(
                                out,
                                SCHEMA,
                                options(Map.of("compression", compression)),
                                TestContext.of(memory.allocator()));
                Batch batch = BatchText.parse(memory.allocator(), SCHEMA, rows)) {
            writer.write(batch);
            writer.finish();
        }
        return Files.readAllBytes(file);
    }

    private static Options options(Map<String, String> options) {
        return new Options(options, new ParquetFormatFactory().descriptor().options());
    }

    private int read(Path file) throws IOException, BadRecord {
        List<ScanColumn> columns = FormatRunner.all(SCHEMA);
        int rows = 0;
        try (FileFormat.Reader reader = new ParquetFiles()
                .reader(
                        file,
                        SCHEMA,
                        columns,
                        ScanFilter.NONE,
                        options(Map.of()),
                        TestContext.of(memory.allocator()))) {
            int count = 1;
            while (count > 0 && rows < 10_000) {
                try (BatchBuilder builder = new BatchBuilder(SCHEMA, memory.allocator(), 50)) {
                    count = reader.read(builder, 50);
                    rows += count;
                }
            }
        }
        return rows;
    }
}
