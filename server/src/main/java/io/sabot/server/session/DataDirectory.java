package io.sabot.server.session;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a durable engine, locked for one process.
 *
 * <pre>
 *   lock             held while an engine is open
 *   version          format of everything below
 *   catalog.sql      statements that make the catalog again
 *   tables/…         rows kept by the engine
 *   jobs/NAME/…      definition and checkpoints of a job
 * </pre>
 */
final class DataDirectory implements AutoCloseable {
    private static final String VERSION = "1";

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;

    private DataDirectory(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /** Makes the directory if need be and locks it; 55006 when another process has it. */
    static DataDirectory open(Path path) {
        try {
            Files.createDirectories(path);
            FileChannel channel =
                    FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw SabotException.of(ErrorCode.OBJECT_IN_USE, "the data directory " + path + " is in use")
                        .why("another process has it open")
                        .hint("connect to that process with jdbc:sabot://host:port, or use another directory");
            }
            checkVersion(path);
            return new DataDirectory(path, channel, lock);
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void checkVersion(Path path) throws IOException {
        Path file = path.resolve("version");
        if (!Files.exists(file)) {
            Files.writeString(file, VERSION + "\n");
            return;
        }
        String found = Files.readString(file).strip();
        if (!found.equals(VERSION)) {
            throw SabotException.of(ErrorCode.INVALID_STATE, "the data directory " + path + " has another format")
                    .why("it has version " + found + ", this Sabot reads version " + VERSION);
        }
    }

    Path tables() {
        return path.resolve("tables");
    }

    Path jobs() {
        return path.resolve("jobs");
    }

    /** The catalog's statements; empty in a new directory. */
    String readCatalog() {
        Path file = path.resolve("catalog.sql");
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /** Replaces the catalog's statements; the old ones stay until the new ones are on disk. */
    void writeCatalog(String script) {
        Path file = path.resolve("catalog.sql");
        Path temporary = path.resolve("catalog.sql.new");
        try {
            try (FileChannel out = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                out.write(java.nio.ByteBuffer.wrap(script.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
                out.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    private static SabotException failure(Path path, IOException e) {
        return SabotException.of(ErrorCode.IO_ERROR, "cannot read or write " + path)
                .why(String.valueOf(e.getMessage()))
                .causedBy(e);
    }

    @Override
    public void close() {
        try (channel) {
            lock.release();
        } catch (IOException e) {
            throw failure(path, e);
        }
    }
}
