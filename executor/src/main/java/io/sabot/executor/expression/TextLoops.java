package io.sabot.executor.expression;

import io.sabot.executor.batch.ColumnLimit;
import io.sabot.executor.batch.Memory;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Kernels over texts. Results that are part of an argument point into it; others lie in the arena. */
final class TextLoops {
    private TextLoops() {}

    static void charLength(Rows rows, Value... arguments) {
        Value text = arguments[0];
        for (int i = 0; i < rows.count(); i++) {
            rows.putLong(i, Bytes.characters(text.low(i), (int) text.high(i)));
        }
    }

    /** UPPER or LOWER; ASCII byte by byte, other texts as Java does. */
    static Kernel changeCase(boolean upper) {
        return (rows, arguments) -> {
            for (int i = 0; i < rows.count(); i++) {
                long from = arguments[0].low(i);
                int length = (int) arguments[0].high(i);
                if (!Bytes.isAscii(from, length)) {
                    String text = ValueTexts.string(from, length);
                    String changed = upper ? text.toUpperCase(Locale.ROOT) : text.toLowerCase(Locale.ROOT);
                    rows.putText(i, changed.getBytes(StandardCharsets.UTF_8));
                    continue;
                }
                long to = rows.arena().allocate(length);
                int first = upper ? 'a' : 'A';
                int j = 0;
                for (; j + 8 <= length; j += 8) {
                    Memory.putLong(to + j, Bytes.changeCase(Memory.getLong(from + j), upper));
                }
                for (; j < length; j++) {
                    int c = Memory.getByte(from + j);
                    Memory.putByte(to + j, (byte) (c >= first && c < first + 26 ? c ^ 0x20 : c));
                }
                rows.putText(i, to, length);
            }
        };
    }

    /** SUBSTRING(text, start [, length]) in characters; 0 is the first, negative counts from the end. */
    static void substring(Rows rows, Value... arguments) {
        Value text = arguments[0];
        for (int i = 0; i < rows.count(); i++) {
            if (rows.isNull(i)) {
                rows.putText(i, text.low(i), 0);
                continue;
            }
            long length = arguments.length > 2 ? arguments[2].getLong(i) : Integer.MAX_VALUE;
            if (length < 0) {
                rows.setNull(i);
                continue;
            }
            substring(rows, i, text.low(i), (int) text.high(i), arguments[1].getLong(i), length);
        }
    }

    private static void substring(Rows rows, int row, long text, int bytes, long position, long length) {
        boolean ascii = Bytes.isAscii(text, bytes);
        long start = position > 0 ? position - 1 : 0;
        if (position < 0) {
            start = (ascii ? bytes : Bytes.characters(text, bytes)) + position;
        }
        if (start < 0 || start >= bytes) {
            rows.putText(row, text, 0);
            return;
        }
        if (ascii) {
            rows.putText(row, text + start, Math.min(length, bytes - start));
            return;
        }
        int skipped = Bytes.prefix(text, bytes, (int) start);
        int kept = Bytes.prefix(text + skipped, bytes - skipped, (int) Math.min(length, Integer.MAX_VALUE));
        rows.putText(row, text + skipped, kept);
    }

    static void left(Rows rows, Value... arguments) {
        for (int i = 0; i < rows.count(); i++) {
            long text = arguments[0].low(i);
            int count = (int) Math.max(0, arguments[1].getLong(i));
            rows.putText(i, text, Bytes.prefix(text, (int) arguments[0].high(i), count));
        }
    }

    static void right(Rows rows, Value... arguments) {
        for (int i = 0; i < rows.count(); i++) {
            long text = arguments[0].low(i);
            int bytes = (int) arguments[0].high(i);
            long skip = Math.max(0, Bytes.characters(text, bytes) - Math.max(0, arguments[1].getLong(i)));
            int skipped = Bytes.prefix(text, bytes, (int) skip);
            rows.putText(i, text + skipped, bytes - skipped);
        }
    }

    /** Takes away any of the characters of the second argument at the ends. */
    static Kernel trim(boolean left, boolean right) {
        return (rows, arguments) -> {
            Value text = arguments[0];
            Value characters = arguments[1];
            for (int i = 0; i < rows.count(); i++) {
                long start = text.low(i);
                long end = start + text.high(i);
                long set = characters.low(i);
                int setBytes = (int) characters.high(i);
                while (left && start < end) {
                    int bytes = Bytes.prefix(start, (int) (end - start), 1);
                    if (!contains(set, setBytes, start, bytes)) {
                        break;
                    }
                    start += bytes;
                }
                while (right && start < end) {
                    long last = end - 1;
                    while (last > start && (Memory.getByte(last) & 0xc0) == 0x80) {
                        last--;
                    }
                    if (!contains(set, setBytes, last, (int) (end - last))) {
                        break;
                    }
                    end = last;
                }
                rows.putText(i, start, end - start);
            }
        };
    }

    private static boolean contains(long set, int setBytes, long character, int bytes) {
        return Bytes.indexOf(set, setBytes, character, bytes, 0) >= 0;
    }

    static void concat(Rows rows, Value... arguments) {
        for (int i = 0; i < rows.count(); i++) {
            long length = 0;
            for (Value argument : arguments) {
                length += argument.high(i);
            }
            long out = rows.arena().allocate(ColumnLimit.value(length));
            rows.putText(i, out, length);
            for (Value argument : arguments) {
                Bytes.copy(argument.low(i), out, (int) argument.high(i));
                out += argument.high(i);
            }
        }
    }

    /** CONCAT_WS(separator, texts): leaves out NULLs; NULL only when the separator is. */
    static void concatWithSeparator(Rows rows, Value... arguments) {
        Value separator = arguments[0];
        for (int i = 0; i < rows.count(); i++) {
            if (separator.isNull(i)) {
                rows.setNull(i);
                continue;
            }
            long capacity = 0;
            for (Value argument : arguments) {
                capacity += argument.isNull(i) ? 0 : argument.high(i) + separator.high(i);
            }
            long out = rows.arena().allocate(ColumnLimit.value(capacity));
            long end = out;
            boolean first = true;
            for (int j = 1; j < arguments.length; j++) {
                if (arguments[j].isNull(i)) {
                    continue;
                }
                if (!first) {
                    Bytes.copy(separator.low(i), end, (int) separator.high(i));
                    end += separator.high(i);
                }
                Bytes.copy(arguments[j].low(i), end, (int) arguments[j].high(i));
                end += arguments[j].high(i);
                first = false;
            }
            rows.putText(i, out, end - out);
        }
    }

    static Kernel like(LikePattern pattern) {
        return (rows, arguments) -> {
            Value text = arguments[0];
            for (int i = 0; i < rows.count(); i++) {
                rows.putBoolean(i, pattern.matches(text.low(i), (int) text.high(i)));
            }
        };
    }

    /** POSITION(wanted IN text) from a character on, counted from 1; 0 when it is not there. */
    static void position(Rows rows, Value... arguments) {
        Value wanted = arguments[0];
        Value text = arguments[1];
        for (int i = 0; i < rows.count(); i++) {
            long from = arguments[2].getLong(i);
            int bytes = (int) text.high(i);
            int start = from <= 1 ? 0 : Bytes.prefix(text.low(i), bytes, (int) Math.min(from - 1, bytes));
            int found = Bytes.indexOf(text.low(i), bytes, wanted.low(i), (int) wanted.high(i), start);
            boolean empty = wanted.high(i) == 0;
            rows.putLong(i, empty ? 1 : found < 0 ? 0 : Bytes.characters(text.low(i), found) + 1);
        }
    }

    /** REPLACE(text, wanted, replacement); an empty text is found around every character. */
    static void replace(Rows rows, Value... arguments) {
        for (int i = 0; i < rows.count(); i++) {
            long text = arguments[0].low(i);
            int bytes = (int) arguments[0].high(i);
            long wanted = arguments[1].low(i);
            int wantedBytes = (int) arguments[1].high(i);
            if (wantedBytes == 0) {
                String replacement = ValueTexts.string(arguments[2], i);
                String replaced = ValueTexts.string(arguments[0], i).replace("", replacement);
                rows.putText(i, replaced.getBytes(StandardCharsets.UTF_8));
                continue;
            }
            int count = 0;
            for (int at = 0; (at = Bytes.indexOf(text, bytes, wanted, wantedBytes, at)) >= 0; ) {
                count++;
                at += wantedBytes;
            }
            if (count == 0) {
                rows.putText(i, text, bytes);
                continue;
            }
            long replacement = arguments[2].low(i);
            int newBytes = (int) arguments[2].high(i);
            long length = bytes + (long) count * (newBytes - wantedBytes);
            long out = rows.arena().allocate(ColumnLimit.value(length));
            rows.putText(i, out, length);
            int from = 0;
            for (int left = count; left > 0; left--) {
                int at = Bytes.indexOf(text, bytes, wanted, wantedBytes, from);
                Bytes.copy(text + from, out, at - from);
                out += at - from;
                Bytes.copy(replacement, out, newBytes);
                out += newBytes;
                from = at + wantedBytes;
            }
            Bytes.copy(text + from, out, bytes - from);
        }
    }

    /** SPLIT_INDEX(text, separator, index): the part of this index, from 0; NULL when there is none. */
    static void splitIndex(Rows rows, Value... arguments) {
        Value separator = arguments[1];
        for (int i = 0; i < rows.count(); i++) {
            long index = arguments[2].getLong(i);
            int bytes = (int) arguments[0].high(i);
            if (rows.isNull(i) || index < 0 || bytes == 0) {
                rows.setNull(i);
                continue;
            }
            long text = arguments[0].low(i);
            int separatorBytes = (int) separator.high(i);
            int start = 0;
            int end = next(text, bytes, separator.low(i), separatorBytes, 0);
            while (index > 0 && end < bytes) {
                start = end + separatorBytes;
                end = next(text, bytes, separator.low(i), separatorBytes, start);
                index--;
            }
            if (index > 0) {
                rows.setNull(i);
            } else {
                rows.putText(i, text + start, end - start);
            }
        }
    }

    private static int next(long text, int bytes, long separator, int separatorBytes, int from) {
        int at = separatorBytes == 0 ? -1 : Bytes.indexOf(text, bytes, separator, separatorBytes, from);
        return at < 0 ? bytes : at;
    }

    static void startsWith(Rows rows, Value... arguments) {
        for (int i = 0; i < rows.count(); i++) {
            long length = arguments[1].high(i);
            rows.putBoolean(
                    i,
                    length <= arguments[0].high(i)
                            && Memory.equal(arguments[0].low(i), arguments[1].low(i), (int) length));
        }
    }

    static void endsWith(Rows rows, Value... arguments) {
        for (int i = 0; i < rows.count(); i++) {
            long length = arguments[1].high(i);
            long start = arguments[0].low(i) + arguments[0].high(i) - length;
            rows.putBoolean(
                    i, length <= arguments[0].high(i) && Memory.equal(start, arguments[1].low(i), (int) length));
        }
    }
}
