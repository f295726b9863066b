package io.sabot.connectors.filesystem;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;
import org.apache.arrow.memory.ArrowBuf;

/** The bytes of a file, unpacked where its name says that it is packed. */
abstract class ByteInput implements AutoCloseable {
    /**
     * Opens a file.
     *
     * @param offset bytes to skip, counted unpacked
     * @param end bytes of the file, packed, to read at most
     */
    static ByteInput open(Path file, long offset, long end) throws IOException {
        return isPacked(file) ? new Packed(file, offset) : new Plain(file, offset, end);
    }

    private static boolean isPacked(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".gz") || name.endsWith(".gzip");
    }

    /** Number of the line that byte {@code offset} lies in, counted from 1; reads the file anew. */
    static long lineAt(Path file, long offset) {
        long line = 1;
        try (InputStream bytes = new BufferedInputStream(
                isPacked(file) ? new GZIPInputStream(Files.newInputStream(file)) : Files.newInputStream(file),
                1 << 16)) {
            for (long i = 0; i < offset; i++) {
                int read = bytes.read();
                if (read < 0) {
                    break;
                }
                line += read == '\n' ? 1 : 0;
            }
        } catch (IOException e) {
            throw OpenFile.unreadable(file.toString(), e);
        }
        return line;
    }

    /** Reads up to {@code length} bytes; -1 at the end. */
    abstract int read(ArrowBuf target, int at, int length) throws IOException;

    @Override
    public abstract void close();

    private static final class Plain extends ByteInput {
        private final FileChannel channel;
        private final Path file;
        private long left;

        Plain(Path file, long offset, long end) throws IOException {
            this.file = file;
            this.channel = FileChannel.open(file, StandardOpenOption.READ);
            channel.position(offset);
            this.left = end - offset;
        }

        @Override
        int read(ArrowBuf target, int at, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            int read = channel.read(target.nioBuffer(at, (int) Math.min(length, left)));
            left -= Math.max(read, 0);
            return read;
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw OpenFile.unreadable(file.toString(), e);
            }
        }
    }

    private static final class Packed extends ByteInput {
        private final Path file;
        private final InputStream stream;
        private final byte[] buffer = new byte[1 << 16];

        Packed(Path file, long offset) throws IOException {
            this.file = file;
            this.stream = new GZIPInputStream(Files.newInputStream(file), 1 << 16);
            try {
                stream.skipNBytes(offset);
            } catch (IOException e) {
                stream.close();
                throw e;
            }
        }

        @Override
        int read(ArrowBuf target, int at, int length) throws IOException {
            int read = stream.read(buffer, 0, Math.min(length, buffer.length));
            if (read > 0) {
                target.setBytes(at, buffer, 0, read);
            }
            return read;
        }

        @Override
        public void close() {
            try {
                stream.close();
            } catch (IOException e) {
                throw OpenFile.unreadable(file.toString(), e);
            }
        }
    }
}
