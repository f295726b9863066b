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
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The commits of one table in a file, each synced to disk before {@link #append} returns.
 *
 * <pre>
 *   magic "SBT1"(4) | writer length(4) | writer | checkpoint(8) | rows length(4) | rows | CRC32C of all before(4)
 * </pre>
 *
 * A commit that was cut off by a crash is cut from the file when it is opened; one that could not be written, or not synced, is
 * cut off at once. Where that fails too the file takes nothing more until it is opened again: what stood behind half a commit
 * would be lost.
 *
 * <p>A commit without rows says how far a writer has come, or which watermark the log has (see {@link Commit#watermark}); the
 * first one of a file may say at which number the log begins (see {@link Commit#begin}).
 */
final class CommitFile implements AutoCloseable {
    private static final int MAGIC = 0x31544253;
    private static final int HEAD = 20;
    private static final String BEGIN = "$begin";
    private static final String WATERMARK = "$watermark";
    private static final String BESIDES = ".new";

    private Path path;
    private final FileChannel channel;
    /** Behind the last whole commit. */
    private long end;
    /** The last commit if it is a watermark, which the next one takes the place of. */
    private @Nullable Commit lastWatermark;
    /** Why nobody knows what stands at the end of the file; null while that is known. */
    private @Nullable Throwable damage;

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

    /** Opens or makes the file; {@code found}, which is empty, gets the commits in it. */
    static CommitFile open(Path path, List<Commit> found) {
        try {
            Files.createDirectories(path.getParent());
            Files.deleteIfExists(besidesOf(path));
            FileChannel channel = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            return open(path, channel, found);
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    /** As the other, through a channel that is closed with the file. */
    static CommitFile open(Path path, FileChannel channel, List<Commit> found) throws IOException {
        CommitFile file = new CommitFile(path, channel);
        try {
            file.end = file.readAll(found);
            channel.truncate(file.end);
            dropFailed(found);
            return file;
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Takes out commits that reached the file but were not acknowledged, and came again: those in front of another one of the
     * same writer and checkpoint. The last one is what the table had, and what commits of others behind the first rely on.
     * Commits of no writer have no numbers; each of them counts.
     */
    private static void dropFailed(List<Commit> commits) {
        Set<Map.Entry<String, Long>> later = new HashSet<>();
        Collections.reverse(commits);
        commits.removeIf(commit -> !commit.writer().isEmpty()
                && commit.rows().length > 0
                && !later.add(Map.entry(commit.writer(), commit.checkpoint())));
        Collections.reverse(commits);
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
            lastWatermark = commit.isWatermark() ? commit : null;
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

    /** Appends a commit and syncs it: the file holds it then, or is as it was before. */
    void append(Commit commit) {
        write(commit, true);
    }

    /** Appends a commit. A watermark behind another one takes its place, so that time alone does not make the file long. */
    void write(Commit commit) {
        write(commit, false);
    }

    private void write(Commit commit, boolean synced) {
        requireSound();
        ByteBuffer bytes = encode(commit);
        Commit replaced = commit.isWatermark() ? lastWatermark : null;
        long at = replaced == null ? end : end - bytes.limit(); // all watermarks are of one length
        int length = bytes.limit();
        try {
            put(bytes, at);
            if (synced) {
                channel.force(false);
            }
        } catch (IOException e) {
            undo(at, replaced, e);
            throw failure(path, e);
        } catch (RuntimeException | Error e) {
            undo(at, replaced, e);
            throw e;
        }
        end = at + length;
        lastWatermark = commit.isWatermark() ? commit : null;
    }

    private void put(ByteBuffer bytes, long at) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes, at + bytes.position());
        }
    }

    /** Makes the file what it was before a commit that failed. */
    private void undo(long at, @Nullable Commit replaced, Throwable cause) {
        try {
            if (replaced != null) {
                put(encode(replaced), at);
            }
            channel.truncate(end);
            channel.force(true);
        } catch (IOException | RuntimeException | Error e) {
            damage = e;
            cause.addSuppressed(e);
        }
    }

    private void requireSound() {
        Throwable why = damage;
        if (why != null) {
            throw SabotException.of(ErrorCode.IO_ERROR, "nothing more is written to " + path)
                    .why("an earlier commit failed half-way and could not be taken out of the file again: "
                            + why.getMessage())
                    .hint("make the disk writable, then restart the engine; all that was committed before is kept")
                    .causedBy(why);
        }
    }

    /** What has been written is on disk when this returns. */
    void sync() {
        requireSound();
        try {
            channel.force(false);
        } catch (IOException e) {
            damage = e;
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
