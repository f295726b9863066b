package io.sabot.connectors.json;

import io.sabot.connectors.text.Digits;
import io.sabot.executor.batch.Memory;

/** Steps over JSON without reading it. Where a method gives 0, there is something that only the full parser can judge. */
final class JsonSkip {
    private static final long QUOTES = '"' * Digits.LOW;
    private static final long BACKSLASHES = '\\' * Digits.LOW;
    private static final int NULL = 'n' | 'u' << 8 | 'l' << 16 | 'l' << 24;

    private JsonSkip() {}

    /** The first address from {@code at} on that holds no blank; {@code end} if there is none. */
    static long blanks(long at, long end) {
        long address = at;
        while (address < end && isBlank(Memory.getByte(address))) {
            address++;
        }
        return address;
    }

    private static boolean isBlank(byte character) {
        return character == ' ' || character == '\n' || character == '\r' || character == '\t';
    }

    /** Whether a literal or number may end in front of this. */
    static boolean isDelimiter(byte character) {
        return character == ',' || character == '}' || character == ']' || isBlank(character);
    }

    /** Whether there is the word null and no more. */
    static boolean isNull(long at) {
        return Memory.getInt(at) == NULL && isDelimiter(Memory.getByte(at + 4));
    }

    /** Address of the quote that ends a text which begins at {@code from}; 0 where an escape comes before it. */
    static long plainString(long from, long end) {
        for (long at = from; at < end; at += 8) {
            long word = Memory.getLong(at);
            long marks = Digits.zeros(word ^ QUOTES) | Digits.zeros(word ^ BACKSLASHES);
            if (marks != 0) {
                long found = at + Digits.first(marks);
                return found < end && Memory.getByte(found) == '"' ? found : 0;
            }
        }
        return 0;
    }

    /** Address behind the quote that ends a text which begins at {@code from}. */
    static long string(long from, long end) {
        long at = from;
        while (at < end) {
            long word = Memory.getLong(at);
            long marks = Digits.zeros(word ^ QUOTES) | Digits.zeros(word ^ BACKSLASHES);
            if (marks == 0) {
                at += 8;
                continue;
            }
            at += Digits.first(marks);
            if (Memory.getByte(at) == '"') {
                return at + 1;
            }
            at += 2;
        }
        return 0;
    }

    /** Address behind a value. */
    static long value(long at, long end) {
        if (at >= end) {
            return 0;
        }
        byte first = Memory.getByte(at);
        if (first == '"') {
            return string(at + 1, end);
        }
        if (first == '{' || first == '[') {
            return rest(at + 1, end);
        }
        long address = at;
        while (address < end && !isDelimiter(Memory.getByte(address))) {
            address++;
        }
        return address == at ? 0 : address;
    }

    /** Address behind the brace that ends the object whose fields stand at {@code from}. */
    static long restOfObject(long from, long end) {
        return rest(from, end);
    }

    private static long rest(long from, long end) {
        int depth = 1;
        long at = from;
        while (at != 0 && at < end) {
            byte character = Memory.getByte(at++);
            if (character == '"') {
                at = string(at, end);
            } else if (character == '{' || character == '[') {
                depth++;
            } else if (character == '}' || character == ']') {
                depth--;
                if (depth == 0) {
                    return at;
                }
            }
        }
        return 0;
    }

    /**
     * Whether what is left of a record can be its rest: it ends with a brace, and quotes come in pairs. A record cut off
     * does not pass unless the cut is behind a brace.
     *
     * @param pairs whether to look at quotes
     */
    static boolean closes(long from, long end, boolean pairs) {
        long last = end - 1;
        while (last >= from && isBlank(Memory.getByte(last))) {
            last--;
        }
        if (last < from || Memory.getByte(last) != '}') {
            return false;
        }
        return !pairs || hasPairs(from, last);
    }

    private static boolean hasPairs(long from, long last) {
        long parity = 0;
        long backslashes = 0;
        long at = from;
        for (; at + 16 <= last; at += 16) {
            long first = Memory.getLong(at);
            long second = Memory.getLong(at + 8);
            backslashes |= zeros(first ^ BACKSLASHES) | zeros(second ^ BACKSLASHES);
            parity ^= others(first ^ QUOTES) ^ others(second ^ QUOTES);
        }
        for (; at < last; at += 8) {
            // Zeros, which are neither quote nor backslash, in place of the bytes behind
            long kept = last - at >= 8 ? -1 : -1L >>> (64 - ((last - at) << 3));
            long word = Memory.getLong(at) & kept;
            backslashes |= zeros(word ^ BACKSLASHES);
            parity ^= others(word ^ QUOTES);
        }
        return (backslashes & Digits.HIGH) != 0
                ? closesWithEscapes(from, last)
                : (Long.bitCount(parity & Digits.HIGH) & 1) == 0;
    }

    private static long zeros(long word) {
        return (word - Digits.LOW) & ~word;
    }

    /**
     * Highest bit of exactly the bytes that are not zero; other bits mean nothing. A word has eight bytes, so the number of
     * those that are zero is even when that of the others is, and the number of bits of an exclusive or is even when the
     * sum of the numbers of bits is.
     */
    private static long others(long word) {
        return ((word & ~Digits.HIGH) + ~Digits.HIGH) | word;
    }

    private static boolean closesWithEscapes(long from, long last) {
        long at = from;
        while (at < last) {
            if (Memory.getByte(at++) == '"') {
                at = string(at, last);
                if (at == 0) {
                    return false;
                }
            }
        }
        return true;
    }
}
