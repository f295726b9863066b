package io.sabot.connectors.text;

import io.sabot.executor.batch.Memory;

/** Checks and writes UTF-8. */
public final class Utf8 {
    private Utf8() {}

    /** Whether bytes are well-formed UTF-8 (Unicode 15, table 3-7). */
    public static boolean isValid(long address, long length) {
        long at = address;
        long end = address + length;
        while (at < end) {
            int lead = Memory.getByte(at);
            int more = lead >= 0
                    ? 0
                    : (lead & 0xE0) == 0xC0 ? 1 : (lead & 0xF0) == 0xE0 ? 2 : (lead & 0xF8) == 0xF0 ? 3 : -1;
            if (more < 0 || at + more >= end) {
                return false;
            }
            int character = more == 0 ? lead : lead & (0x3F >> more);
            for (int i = 1; i <= more; i++) {
                int next = Memory.getByte(at + i);
                if ((next & 0xC0) != 0x80) {
                    return false;
                }
                character = character << 6 | (next & 0x3F);
            }
            if (isMisencoded(character, more)) {
                return false;
            }
            at += more + 1;
        }
        return true;
    }

    private static boolean isMisencoded(int character, int more) {
        return switch (more) {
            case 1 -> character < 0x80;
            case 2 -> character < 0x800 || (character >= 0xD800 && character < 0xE000);
            case 3 -> character < 0x10000 || character > 0x10FFFF;
            default -> false;
        };
    }

    /** Writes a character that is no surrogate; gives the number of bytes. */
    public static int put(long address, int character) {
        if (character < 0x80) {
            Memory.putByte(address, (byte) character);
            return 1;
        }
        if (character < 0x800) {
            Memory.putByte(address, (byte) (0xC0 | character >> 6));
            Memory.putByte(address + 1, tail(character));
            return 2;
        }
        if (character < 0x10000) {
            Memory.putByte(address, (byte) (0xE0 | character >> 12));
            Memory.putByte(address + 1, tail(character >> 6));
            Memory.putByte(address + 2, tail(character));
            return 3;
        }
        Memory.putByte(address, (byte) (0xF0 | character >> 18));
        Memory.putByte(address + 1, tail(character >> 12));
        Memory.putByte(address + 2, tail(character >> 6));
        Memory.putByte(address + 3, tail(character));
        return 4;
    }

    private static byte tail(int bits) {
        return (byte) (0x80 | (bits & 0x3F));
    }
}
