package io.sabot.connectors.json;

import io.sabot.connectors.text.TextAppender;
import io.sabot.executor.batch.Memory;
import java.nio.charset.StandardCharsets;

/** Writes UTF-8 texts between quotes with JSON's escapes. */
final class JsonText {
    private static final long LOW = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    private static final byte[][] ESCAPES = new byte[128][];

    static {
        for (int i = 0; i < 32; i++) {
            ESCAPES[i] = String.format("\\u%04X", i).getBytes(StandardCharsets.US_ASCII);
        }
        String named = "\bb\tt\nn\ff\rr\"\"\\\\";
        for (int i = 0; i < named.length(); i += 2) {
            ESCAPES[named.charAt(i)] = new byte[] {'\\', (byte) named.charAt(i + 1)};
        }
    }

    private JsonText() {}

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static void write(long address, int length, TextAppender to) {
        to.put('"');
        int plain = 0;
        while (plain < length) {
            int next = nextSpecial(address, plain, length);
            to.put(address + plain, next - plain);
            if (next < length) {
                to.put(ESCAPES[Memory.getByte(address + next)]);
            }
            plain = next + 1;
        }
        to.put('"');
    }

    /** Index of the first byte from {@code from} on that needs an escape; {@code length} when there is none. */
    private static int nextSpecial(long address, int from, int length) {
        for (int at = from; at < length; at += 8) {
            long word = Memory.getLong(address + at);
            long quote = word ^ ('"' * LOW);
            long backslash = word ^ ('\\' * LOW);
            long marks = ((quote - LOW) & ~quote) | ((backslash - LOW) & ~backslash) | ((word - 0x20 * LOW) & ~word);
            marks &= HIGH;
            if (marks != 0) {
                // A borrow marks only bytes above a true one, so the lowest mark is right
                int found = at + (Long.numberOfTrailingZeros(marks) >>> 3);
                return Math.min(found, length);
            }
        }
        return length;
    }
}
