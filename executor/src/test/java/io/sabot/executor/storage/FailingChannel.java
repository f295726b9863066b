package io.sabot.executor.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file on a disk that fails when it is told to; it can do what {@link CommitFile} asks of one. */
final class FailingChannel extends FileChannel {
    private final FileChannel file;
    private int room;
    private int failingWrites;
    int failingSyncs;
    int failingTruncates;

    FailingChannel(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** So many writes fail; the first when it has written some bytes. */
    void failWrites(int count, int bytesBefore) {
        failingWrites = count;
        room = bytesBefore;
    }

    private int written(ByteBuffer bytes, Write write) throws IOException {
        if (failingWrites == 0) {
            return write.of(bytes);
        }
        if (room == 0) {
            failingWrites--;
            throw new IOException("No space left on device");
        }
        ByteBuffer part = bytes.slice(bytes.position(), Math.min(room, bytes.remaining()));
        int count = write.of(part);
        bytes.position(bytes.position() + count);
        room -= count;
        return count;
    }

    @FunctionalInterface
    private interface Write {
        int of(ByteBuffer bytes) throws IOException;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        return written(bytes, file::write);
    }

    @Override
    public int write(ByteBuffer bytes, long at) throws IOException {
        return written(bytes, part -> file.write(part, at));
    }

    @Override
    public void force(boolean metadata) throws IOException {
        if (failingSyncs > 0) {
            failingSyncs--;
            throw new IOException("Input/output error");
        }
        file.force(metadata);
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        if (failingTruncates > 0) {
            failingTruncates--;
            throw new IOException("Read-only file system");
        }
        file.truncate(size);
        return this;
    }

    @Override
    public int read(ByteBuffer bytes, long at) throws IOException {
        return file.read(bytes, at);
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        file.position(position);
        return this;
    }

    @Override
    protected void implCloseChannel() throws IOException {
        file.close();
    }

    @Override
    public int read(ByteBuffer bytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] bytes, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] bytes, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }
}
