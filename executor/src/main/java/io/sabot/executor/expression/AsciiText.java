package io.sabot.executor.expression;

import io.sabot.executor.batch.Memory;
import java.nio.charset.StandardCharsets;

/** An ASCII text where it lies in memory, for matchers that would otherwise need a copy. One object for many texts. */
final class AsciiText implements CharSequence {
    private long address;
    private int length;

    /** Looks at another text. */
    void set(long newAddress, int newLength) {
        address = newAddress;
        length = newLength;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public char charAt(int index) {
        return (char) Memory.getByte(address + index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        AsciiText part = new AsciiText();
        part.set(address + start, end - start);
        return part;
    }

    @Override
    public String toString() {
        byte[] bytes = new byte[length];
        Memory.copy(address, bytes, 0, length);
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
