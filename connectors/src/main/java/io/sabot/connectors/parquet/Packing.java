package io.sabot.connectors.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
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

    /**
     * Unpacks {@code length} bytes, all of which stand in {@code bytes}.
     *
     * @throws IOException if they are damaged, or not exactly {@code unpackedLength} bytes come out
     */
    static byte[] unpack(CompressionCodec codec, byte[] bytes, int from, int length, int unpackedLength)
            throws IOException {
        if (unpackedLength == 0) {
            return new byte[0];
        }
        return switch (codec) {
            case UNCOMPRESSED -> {
                check(length, unpackedLength);
                yield Arrays.copyOfRange(bytes, from, from + length);
            }
            case SNAPPY -> {
                // Native code writes as much as the packed bytes say, not as much as there is room for
                if (!Snappy.isValidCompressedBuffer(bytes, from, length)) {
                    throw new IOException("a page cannot be unpacked: it is not Snappy");
                }
                check(Snappy.uncompressedLength(bytes, from, length), unpackedLength);
                byte[] unpacked = new byte[unpackedLength];
                check(Snappy.uncompress(bytes, from, length, unpacked, 0), unpackedLength);
                yield unpacked;
            }
            case ZSTD -> {
                byte[] unpacked = new byte[unpackedLength];
                try {
                    check(Zstd.decompressByteArray(unpacked, 0, unpackedLength, bytes, from, length), unpackedLength);
                } catch (ZstdException e) {
                    throw new IOException("a page cannot be unpacked: " + e.getMessage(), e);
                }
                yield unpacked;
            }
            case GZIP -> {
                try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes, from, length))) {
                    byte[] unpacked = gzip.readNBytes(unpackedLength);
                    check(unpacked.length, unpackedLength);
                    // The check sum is compared at the end
                    check(unpackedLength + (gzip.read() < 0 ? 0L : 1L), unpackedLength);
                    yield unpacked;
                }
            }
            default -> throw unsupported(codec);
        };
    }

    private static void check(long length, int said) throws IOException {
        if (length != said) {
            throw new IOException("a page is " + (length < said ? "shorter" : "longer") + " than it says");
        }
    }

    private static IOException unsupported(CompressionCodec codec) {
        return new IOException("pages packed by " + codec + " are not supported");
    }
}
