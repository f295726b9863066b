package io.sabot.connectors.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/** The pages of one column in one row group, unpacked as they are asked for. */
final class ColumnPages implements PageReader {
    private final byte[] chunk;
    private final ColumnMetaData column;
    private final Statistics<?> noStatistics;
    private int at;
    private long valuesLeft;
    private @Nullable DictionaryPage dictionary;

    ColumnPages(byte[] chunk, ColumnMetaData column, PrimitiveType type) throws IOException {
        this.chunk = chunk;
        this.column = column;
        this.valuesLeft = column.getNum_values();
        this.noStatistics = Statistics.createStats(type);
        int start = at;
        PageHeader header = header();
        if (header.isSetDictionary_page_header()) {
            // Each of its values takes a byte at least; the reader makes room for as many as it says
            int values = header.getDictionary_page_header().getNum_values();
            if (values < 0 || values > header.getUncompressed_page_size()) {
                throw new IOException("a dictionary says that it has " + values + " values");
            }
            dictionary = new DictionaryPage(
                    BytesInput.from(body(header, 0)),
                    values,
                    encoding(header.getDictionary_page_header().getEncoding()));
        } else {
            at = start;
        }
    }

    private PageHeader header() throws IOException {
        ByteArrayInputStream bytes = new ByteArrayInputStream(chunk, at, chunk.length - at);
        PageHeader header;
        try {
            header = Util.readPageHeader(bytes);
        } catch (RuntimeException e) {
            throw new IOException("the head of a page is damaged: " + e.getMessage(), e);
        }
        at = chunk.length - bytes.available();
        if (header.getCompressed_page_size() < 0 || header.getCompressed_page_size() > chunk.length - at) {
            throw new IOException("a page is longer than its column");
        }
        if (header.getUncompressed_page_size() < 0) {
            throw new IOException("the length of a page is below zero");
        }
        return header;
    }

    /** The page behind its first {@code plain} bytes, unpacked. */
    private byte[] body(PageHeader header, int plain) throws IOException {
        int from = at + plain;
        at += header.getCompressed_page_size();
        return Packing.unpack(
                column.getCodec(),
                chunk,
                from,
                header.getCompressed_page_size() - plain,
                header.getUncompressed_page_size() - plain);
    }

    private static Encoding encoding(org.apache.parquet.format.Encoding encoding) {
        return Encoding.valueOf(encoding.name());
    }

    @Override
    public @Nullable DictionaryPage readDictionaryPage() {
        return dictionary;
    }

    @Override
    public long getTotalValueCount() {
        return column.getNum_values();
    }

    @Override
    public @Nullable DataPage readPage() {
        try {
            while (valuesLeft > 0) {
                PageHeader header = header();
                if (header.isSetData_page_header()) {
                    return first(header, header.getData_page_header());
                }
                if (header.isSetData_page_header_v2()) {
                    return second(header, header.getData_page_header_v2());
                }
                at += header.getCompressed_page_size();
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(int values) throws IOException {
        if (values < 0) {
            throw new IOException("a page says that it has " + values + " values");
        }
        valuesLeft -= values;
    }

    private DataPage first(PageHeader header, DataPageHeader data) throws IOException {
        take(data.getNum_values());
        return new DataPageV1(
                BytesInput.from(body(header, 0)),
                data.getNum_values(),
                header.getUncompressed_page_size(),
                noStatistics,
                encoding(data.getRepetition_level_encoding()),
                encoding(data.getDefinition_level_encoding()),
                encoding(data.getEncoding()));
    }

    private DataPage second(PageHeader header, DataPageHeaderV2 data) throws IOException {
        take(data.getNum_values());
        int repetition = data.getRepetition_levels_byte_length();
        int definition = data.getDefinition_levels_byte_length();
        long levels = (long) repetition + definition;
        if (repetition < 0
                || definition < 0
                || levels > header.getCompressed_page_size()
                || levels > header.getUncompressed_page_size()) {
            throw new IOException("the levels of a page are longer than the page");
        }
        BytesInput repetitions = BytesInput.from(Arrays.copyOfRange(chunk, at, at + repetition));
        BytesInput definitions =
                BytesInput.from(Arrays.copyOfRange(chunk, at + repetition, at + repetition + definition));
        byte[] values;
        if (data.isIs_compressed()) {
            values = body(header, repetition + definition);
        } else {
            int from = at + repetition + definition;
            at += header.getCompressed_page_size();
            values = Arrays.copyOfRange(chunk, from, at);
        }
        return DataPageV2.uncompressed(
                data.getNum_rows(),
                data.getNum_nulls(),
                data.getNum_values(),
                repetitions,
                definitions,
                encoding(data.getEncoding()),
                BytesInput.from(values),
                noStatistics);
    }
}
