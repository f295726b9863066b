package io.sabot.connectors.parquet;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;

/** A file and its foot. */
final class ParquetInput implements AutoCloseable {
    static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int TAIL_BYTES = 8;

    private final FileChannel channel;
    private final FileMetaData foot;

    private ParquetInput(FileChannel channel, FileMetaData foot) {
        this.channel = channel;
        this.foot = foot;
    }

    static ParquetInput open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new ParquetInput(channel, foot(channel));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e instanceof IOException io ? io : new IOException("its foot cannot be read: " + e.getMessage(), e);
        }
    }

    private static FileMetaData foot(FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < MAGIC.length + TAIL_BYTES) {
            throw new IOException("not a Parquet file: it is too short");
        }
        ByteBuffer tail =
                ByteBuffer.wrap(bytes(channel, size - TAIL_BYTES, TAIL_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        if (!Arrays.equals(MAGIC, Arrays.copyOfRange(tail.array(), 4, TAIL_BYTES))) {
            throw new IOException("not a Parquet file: it does not end with PAR1");
        }
        int length = tail.getInt();
        if (length < 0 || length > size - TAIL_BYTES) {
            throw new IOException("not a Parquet file: its foot is longer than the file");
        }
        return Util.readFileMetaData(new ByteArrayInputStream(bytes(channel, size - TAIL_BYTES - length, length)));
    }

    private static byte[] bytes(FileChannel channel, long from, int length) throws IOException {
        if (from < 0 || length < 0 || from > channel.size() - length) {
            throw new EOFException("a part of it lies outside of the file");
        }
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                throw new EOFException("the file ends in the middle");
            }
        }
        return buffer.array();
    }

    FileMetaData foot() {
        return foot;
    }

    /** All pages of a column in a row group. */
    byte[] chunk(ColumnMetaData column) throws IOException {
        long start = column.getData_page_offset();
        if (column.isSetDictionary_page_offset() && column.getDictionary_page_offset() > 0) {
            start = Math.min(start, column.getDictionary_page_offset());
        }
        if (column.getTotal_compressed_size() > Integer.MAX_VALUE) {
            throw new IOException("a column of a row group is longer than 2 GiB");
        }
        return bytes(channel, start, (int) Math.max(-1, column.getTotal_compressed_size()));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
