package io.sabot.connectors.parquet;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.format.CompressionCodec;
import org.xerial.snappy.Snappy;

/** Packs and unpacks pages. */
final class Packing {
    private Packing() {}

    static byte[] pack(CompressionCodec codec, byte[] bytes) throws IOException {
        return switch (codec) {
            case UNCOMPRESSED -> bytes;
            case SNAPPY -> Snappy.compress(bytes);
            case ZSTD -> Zstd.compress(bytes);
            case GZIP -> {
                ByteArrayOutputStream packed = new ByteArrayOutputStream();
                try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                    gzip.write(bytes);
                }
                yield packed.toByteArray();
            }
            default -> throw unsupported(codec);
        };
    }

    static byte[] unpack(CompressionCodec codec, byte[] bytes, int from, int length, int unpackedLength)
            throws IOException {
        byte[] unpacked = new byte[unpackedLength];
        if (unpackedLength == 0) {
            return unpacked;
        }
        switch (codec) {
            case UNCOMPRESSED -> System.arraycopy(bytes, from, unpacked, 0, unpackedLength);
            case SNAPPY -> Snappy.uncompress(bytes, from, length, unpacked, 0);
            case ZSTD -> {
                long size = Zstd.decompressByteArray(unpacked, 0, unpackedLength, bytes, from, length);
                if (Zstd.isError(size)) {
                    throw new IOException("a page cannot be unpacked: " + Zstd.getErrorName(size));
                }
            }
            case GZIP -> {
                try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes, from, length))) {
                    if (gzip.readNBytes(unpacked, 0, unpackedLength) < unpackedLength) {
                        throw new IOException("a page is shorter than it says");
                    }
                }
            }
            default -> throw unsupported(codec);
        }
        return unpacked;
    }

    private static IOException unsupported(CompressionCodec codec) {
        return new IOException("pages packed by " + codec + " are not supported");
    }
}
