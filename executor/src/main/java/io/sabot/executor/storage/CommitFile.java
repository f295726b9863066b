package io.sabot.executor.storage;

import io.sabot.executor.state.Durable;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * The commits of one table in a file, each synced to disk before {@link #append} returns.
 *
 * <pre>
 *   magic "SBT1"(4) | writer length(4) | writer | checkpoint(8) | rows length(4) | rows | CRC32C of all before(4)
 * </pre>
 *
 * A commit that was cut off by a crash is cut from the file when it is opened. A commit without rows says how far a writer has
 * come, or which watermark the log has (see {@link Commit#watermark}); the first one of a file may say at which number the log
 * begins (see {@link Commit#begin}).
 */
final class CommitFile implements AutoCloseable {
    private static final int MAGIC = 0x31544253;
    private static final int HEAD = 20;
    private static final String BEGIN = "$begin";
    private static final String WATERMARK = "$watermark";
    private static final String BESIDES = ".new";

    private Path path;
    private final FileChannel channel;
    /** Where the last record stands if it is a watermark, which the next one takes the place of; else -1. */
    private long lastWatermark = -1;

    /**
     * One commit.
     *
     * @param writer who wrote it: a job and its sink
     * @param checkpoint the writer's checkpoint, by which a commit that comes again is known
     * @param rows an Arrow IPC stream
     */
    @SuppressWarnings("ArrayRecordComponent") // handed through, never compared
    record Commit(String writer, long checkpoint, byte[] rows) {
        /** Nothing but how far a writer has come. */
        Commit(String writer, long checkpoint) {
            this(writer, checkpoint, new byte[0]);
        }

        /**
         * Where a log begins.
         *
         * @param first number of the first batch
         * @param changesFrom see {@link TableLog#changesFrom}
         */
        static Commit begin(long first, long changesFrom) {
            ByteBuffer place = ByteBuffer.allocate(8).putLong(changesFrom);
            return new Commit(BEGIN, first, place.array());
        }

        /** The watermark of a log whose rows have not become more. */
        static Commit watermark(long millis) {
            return new Commit(WATERMARK, millis);
        }

        boolean isWatermark() {
            return writer.equals(WATERMARK);
        }

        boolean isBegin() {
            return writer.equals(BEGIN);
        }

        /** What {@link #begin} was told. */
        long changesFrom() {
            return ByteBuffer.wrap(rows).getLong();
        }
    }

    private CommitFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Opens or makes the file; the commits in it are added to {@code found}. */
    static CommitFile open(Path path, List<Commit> found) {
        try {
            Files.createDirectories(path.getParent());
            Files.deleteIfExists(besidesOf(path));
            FileChannel channel = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            CommitFile file = new CommitFile(path, channel);
            channel.truncate(file.readAll(found));
            channel.position(channel.size());
            return file;
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    private static Path besidesOf(Path path) {
        return path.resolveSibling(path.getFileName() + BESIDES);
    }

    /** A new file beside another one, whose place it may take by {@link #rename}. */
    static CommitFile besides(Path path) {
        Path temporary = besidesOf(path);
        try {
            FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE);
            return new CommitFile(temporary, channel);
        } catch (IOException e) {
            throw failure(temporary, e);
        }
    }

    /** Takes the place of another file, which is gone then. */
    void rename(Path target) {
        try {
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
            path = target;
            Durable.sync(Objects.requireNonNull(target.toAbsolutePath().getParent()));
        } catch (IOException e) {
            throw failure(target, e);
        }
    }

    boolean isAt(Path place) {
        return path.equals(place);
    }

    private long readAll(List<Commit> found) throws IOException {
        long position = 0;
        while (true) {
            ByteBuffer head = read(position, 8);
            if (head.remaining() < 8 || head.getInt() != MAGIC) {
                return position;
            }
            int writerLength = head.getInt();
            ByteBuffer middle = writerLength < 0 ? ByteBuffer.allocate(0) : read(position + 8, writerLength + 12);
            if (middle.remaining() < writerLength + 12) {
                return position;
            }
            byte[] writer = new byte[writerLength];
            middle.get(writer);
            long checkpoint = middle.getLong();
            int rowsLength = middle.getInt();
            long rowsAt = position + HEAD + writerLength;
            ByteBuffer tail = rowsLength < 0 ? ByteBuffer.allocate(0) : read(rowsAt, rowsLength + 4);
            if (tail.remaining() < rowsLength + 4) {
                return position;
            }
            byte[] rows = new byte[rowsLength];
            tail.get(rows);
            Commit commit = new Commit(new String(writer, StandardCharsets.UTF_8), checkpoint, rows);
            ByteBuffer again = encode(commit);
            if (again.getInt(again.limit() - 4) != tail.getInt()) {
                return position;
            }
            found.add(commit);
            lastWatermark = commit.isWatermark() ? position : -1;
            position = rowsAt + rowsLength + 4;
        }
    }

    private ByteBuffer read(long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Math.max(0, (int) Math.min(length, channel.size() - position)));
        while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
            // reads until the buffer is full or the file ends
        }
        return buffer.flip();
    }

    /** Appends a commit and syncs it. */
    void append(Commit commit) {
        write(commit);
        sync();
    }

    /** Appends a commit. A watermark behind another one takes its place, so that time alone does not make the file long. */
    void write(Commit commit) {
        try {
            if (commit.isWatermark() && lastWatermark >= 0) {
                channel.position(lastWatermark);
            }
            lastWatermark = commit.isWatermark() ? channel.position() : -1;
            ByteBuffer bytes = encode(commit);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    /** What has been written is on disk when this returns. */
    void sync() {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    /** Replaces all commits by one, by writing a new file and renaming it. */
    static void replace(Path path, List<Commit> commits) {
        try (CommitFile file = besides(path)) {
            commits.forEach(file::write);
            file.sync();
            file.rename(path);
        }
    }

    private static ByteBuffer encode(Commit commit) {
        byte[] writer = commit.writer().getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(HEAD + writer.length + commit.rows().length + 4);
        bytes.putInt(MAGIC).putInt(writer.length).put(writer).putLong(commit.checkpoint());
        bytes.putInt(commit.rows().length).put(commit.rows());
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.array(), 0, bytes.position());
        bytes.putInt((int) checksum.getValue());
        return bytes.flip();
    }

    private static SabotException failure(Path path, IOException e) {
        return SabotException.of(ErrorCode.IO_ERROR, "cannot read or write " + path)
                .why(String.valueOf(e.getMessage()))
                .causedBy(e);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw failure(path, e);
        }
    }
}
