package io.sabot.connectors.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriteStore;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.statistics.geospatial.GeospatialStatistics;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** The packed pages of a row group that is being written, column by column. */
final class PageBuffers implements PageWriteStore {
    private final CompressionCodec codec;
    private final Map<ColumnDescriptor, ColumnBuffer> buffers = new HashMap<>();

    PageBuffers(CompressionCodec codec) {
        this.codec = codec;
    }

    @Override
    public PageWriter getPageWriter(ColumnDescriptor column) {
        return buffer(column);
    }

    private ColumnBuffer buffer(ColumnDescriptor column) {
        return buffers.computeIfAbsent(column, key -> new ColumnBuffer(codec));
    }

    /** Writes all columns; {@code offset} is where they begin in the file. */
    RowGroup write(MessageType schema, ByteArrayOutputStream target, long offset, long rowCount) {
        List<ColumnChunk> chunks = new ArrayList<>();
        long unpacked = 0;
        for (ColumnDescriptor column : schema.getColumns()) {
            ColumnMetaData written = buffer(column).write(column, target, offset);
            unpacked += written.getTotal_uncompressed_size();
            ColumnChunk chunk = new ColumnChunk(0);
            chunk.setMeta_data(written);
            chunks.add(chunk);
        }
        return new RowGroup(chunks, unpacked, rowCount);
    }

    @Override
    public void close() {
        buffers.clear();
    }

    private static Encoding encoding(org.apache.parquet.column.Encoding encoding) {
        return Encoding.valueOf(encoding.name());
    }

    /** The pages of one column. */
    private static final class ColumnBuffer implements PageWriter {
        private final CompressionCodec codec;
        private final ByteArrayOutputStream pages = new ByteArrayOutputStream();
        private final ByteArrayOutputStream dictionary = new ByteArrayOutputStream();
        private final Set<Encoding> encodings = EnumSet.noneOf(Encoding.class);
        private long unpacked;
        private long valueCount;

        ColumnBuffer(CompressionCodec codec) {
            this.codec = codec;
        }

        ColumnMetaData write(ColumnDescriptor column, ByteArrayOutputStream target, long offset) {
            long start = offset + target.size();
            target.writeBytes(dictionary.toByteArray());
            long data = offset + target.size();
            target.writeBytes(pages.toByteArray());
            PrimitiveTypeName physical = column.getPrimitiveType().getPrimitiveTypeName();
            ColumnMetaData written = new ColumnMetaData(
                    physical == PrimitiveTypeName.BINARY ? Type.BYTE_ARRAY : Type.valueOf(physical.name()),
                    List.copyOf(encodings),
                    List.of(column.getPath()),
                    codec,
                    valueCount,
                    unpacked,
                    (long) dictionary.size() + pages.size(),
                    data);
            if (dictionary.size() > 0) {
                written.setDictionary_page_offset(start);
            }
            return written;
        }

        private static byte[] bytes(BytesInput input) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) input.size());
            input.writeAllTo(bytes);
            return bytes.toByteArray();
        }

        private void write(PageHeader header, byte[] bytes, ByteArrayOutputStream to) throws IOException {
            byte[] packed = Packing.pack(codec, bytes);
            header.setUncompressed_page_size(bytes.length);
            header.setCompressed_page_size(packed.length);
            int before = to.size();
            Util.writePageHeader(header, to);
            unpacked += to.size() - before + bytes.length;
            to.writeBytes(packed);
        }

        @Override
        @SuppressWarnings("deprecation") // there is no writer without it
        public void writePage(
                BytesInput bytes,
                int values,
                Statistics<?> statistics,
                org.apache.parquet.column.Encoding repetition,
                org.apache.parquet.column.Encoding definition,
                org.apache.parquet.column.Encoding data)
                throws IOException {
            addPage(bytes, values, repetition, definition, data);
        }

        private void addPage(
                BytesInput bytes,
                int values,
                org.apache.parquet.column.Encoding repetition,
                org.apache.parquet.column.Encoding definition,
                org.apache.parquet.column.Encoding data)
                throws IOException {
            PageHeader header = new PageHeader(PageType.DATA_PAGE, 0, 0);
            header.setData_page_header(
                    new DataPageHeader(values, encoding(data), encoding(definition), encoding(repetition)));
            encodings.addAll(List.of(encoding(data), encoding(definition), encoding(repetition)));
            valueCount += values;
            write(header, bytes(bytes), pages);
        }

        @Override
        public void writePage(
                BytesInput bytes,
                int values,
                int rows,
                Statistics<?> statistics,
                org.apache.parquet.column.Encoding repetition,
                org.apache.parquet.column.Encoding definition,
                org.apache.parquet.column.Encoding data)
                throws IOException {
            addPage(bytes, values, repetition, definition, data);
        }

        @Override
        public void writePage(
                BytesInput bytes,
                int values,
                int rows,
                Statistics<?> statistics,
                SizeStatistics sizes,
                GeospatialStatistics places,
                org.apache.parquet.column.Encoding repetition,
                org.apache.parquet.column.Encoding definition,
                org.apache.parquet.column.Encoding data)
                throws IOException {
            addPage(bytes, values, repetition, definition, data);
        }

        @Override
        public void writePageV2(
                int rows,
                int nulls,
                int values,
                BytesInput repetitions,
                BytesInput definitions,
                org.apache.parquet.column.Encoding data,
                BytesInput bytes,
                Statistics<?> statistics) {
            throw new AssertionError("pages of version 2 are not written");
        }

        @Override
        public void writeDictionaryPage(DictionaryPage page) throws IOException {
            PageHeader header = new PageHeader(PageType.DICTIONARY_PAGE, 0, 0);
            header.setDictionary_page_header(
                    new DictionaryPageHeader(page.getDictionarySize(), encoding(page.getEncoding())));
            encodings.add(encoding(page.getEncoding()));
            write(header, bytes(page.getBytes()), dictionary);
        }

        @Override
        public long getMemSize() {
            return (long) pages.size() + dictionary.size();
        }

        @Override
        public long allocatedSize() {
            return getMemSize();
        }

        @Override
        public String memUsageString(String prefix) {
            return prefix + " " + getMemSize() + " bytes";
        }
    }
}
