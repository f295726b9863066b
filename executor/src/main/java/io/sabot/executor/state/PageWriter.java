package io.sabot.executor.state;

import io.sabot.executor.batch.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Builds the stored form of one page after the other in one growing buffer.
 *
 * <pre>
 *   │ version 1 │ kind 1 │ 0 0 │ what the table writes … │ CRC32C of all before, 4 │      little-endian
 * </pre>
 */
final class PageWriter {
    static final byte VERSION = 1;

    private final CRC32C crc = new CRC32C();
    private byte[] bytes = new byte[8 << 10];
    private ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);

    /** Begins a new page. */
    void begin(byte kind) {
        buffer.clear();
        buffer.put(VERSION).put(kind).putShort((short) 0);
    }

    private void ensure(int more) {
        if (buffer.remaining() < more) {
            int position = buffer.position();
            bytes = Arrays.copyOf(bytes, Math.max(position + more, bytes.length * 2));
            buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            buffer.position(position);
        }
    }

    void putInt(int value) {
        ensure(4);
        buffer.putInt(value);
    }

    void putLong(long value) {
        ensure(8);
        buffer.putLong(value);
    }

    void putBytes(long address, int length) {
        ensure(length);
        int position = buffer.position();
        Memory.copy(address, bytes, position, length);
        buffer.position(position + length);
    }

    void putBytes(byte[] from) {
        ensure(from.length);
        buffer.put(from);
    }

    /** Ends the page with its checksum. Returns a copy of exactly its bytes. */
    byte[] finish() {
        int length = buffer.position();
        crc.reset();
        crc.update(bytes, 0, length);
        putInt((int) crc.getValue());
        return Arrays.copyOf(bytes, length + 4);
    }
}
