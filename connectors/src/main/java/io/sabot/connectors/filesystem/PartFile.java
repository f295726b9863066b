package io.sabot.connectors.filesystem;

import io.sabot.executor.connector.FileAccess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file being written under a hidden name. */
final class PartFile implements AutoCloseable {
    private final String name;
    private final Path hidden;
    private final FileChannel channel;
    private long bytes;

    /** Creates the file, if one may lie there; {@code name} is what it will be called below the root. */
    PartFile(Path root, String name, FileAccess access) {
        this.name = name;
        Path published = root.resolve(name);
        this.hidden = published.resolveSibling("." + published.getFileName() + ".inprogress");
        FilePaths.check(hidden, access);
        try {
            Files.createDirectories(hidden.toAbsolutePath().getParent());
            this.channel = FileChannel.open(hidden, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw FileSink.unwritable(hidden, e);
        }
    }

    String name() {
        return name;
    }

    long bytes() {
        return bytes;
    }

    /** Where the file lies while it is written. */
    Path path() {
        return hidden;
    }

    /** The file as a stream, which needs no closing. */
    OutputStream stream() {
        return new OutputStream() {
            @Override
            public void write(int value) {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] source, int from, int length) {
                PartFile.this.write(source, from, length);
            }
        };
    }

    void write(byte[] source, int from, int length) {
        ByteBuffer buffer = ByteBuffer.wrap(source, from, length);
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw FileSink.unwritable(hidden, e);
        }
        bytes += length;
    }

    /** Makes the content durable. */
    void finish() {
        try {
            channel.force(true);
            channel.close();
        } catch (IOException e) {
            throw FileSink.unwritable(hidden, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw FileSink.unwritable(hidden, e);
        }
    }
}
