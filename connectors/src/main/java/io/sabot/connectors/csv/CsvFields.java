package io.sabot.connectors.csv;

import io.sabot.connectors.text.Digits;
import io.sabot.executor.batch.Memory;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The fields of one record, as addresses. A field that had quotes or escapes inside is written out into memory of its own,
 * which lasts until the next record. At least 64 readable bytes follow each field.
 */
final class CsvFields implements AutoCloseable {
    private static final int PADDING_BYTES = 64;

    private final byte delimiter;
    private final int quote;
    private final int escape;
    private final long delimiters;
    private final long escapes;
    private final BufferAllocator allocator;
    private final long[] starts;
    private final int[] lengths;
    private ArrowBuf scratch;
    private int scratchUsed;
    private int count;

    CsvFields(CsvOptions options, int fieldsMax, BufferAllocator allocator) {
        this.delimiter = options.delimiter();
        this.quote = options.quote();
        this.escape = options.escape();
        this.delimiters = (delimiter & 0xFF) * Digits.LOW;
        this.escapes = (escape & 0xFF) * Digits.LOW;
        this.allocator = allocator;
        this.starts = new long[fieldsMax];
        this.lengths = new int[fieldsMax];
        this.scratch = allocator.buffer(1 << 12);
    }

    /** Fields found; may be more than were kept. */
    int count() {
        return count;
    }

    long start(int field) {
        return starts[field];
    }

    int length(int field) {
        return lengths[field];
    }

    /**
     * Splits a record.
     *
     * @return what is wrong with it, or an empty text
     */
    String split(long record, int length) {
        reserve(length + PADDING_BYTES);
        scratchUsed = 0;
        count = 0;
        long end = record + length;
        long at = record;
        while (true) {
            boolean quoted = at < end && Memory.getByte(at) == quote;
            long behind = quoted ? behindQuotes(at, end, quote, escape) : unquotedEnd(at, end);
            if (quoted) {
                if (behind > end || behind == at + 1 || Memory.getByte(behind - 1) != quote) {
                    return "a quote is opened in field " + (count + 1) + " and never closed";
                }
                keep(at + 1, behind - 1, true);
                while (behind < end && Memory.getByte(behind) == ' ' && delimiter != ' ') {
                    behind++;
                }
                if (behind < end && Memory.getByte(behind) != delimiter) {
                    return "behind the closing quote of field " + count + " there is more before the next delimiter";
                }
            } else {
                keep(at, behind, false);
            }
            if (behind >= end) {
                return "";
            }
            at = behind + 1;
        }
    }

    private void reserve(int bytes) {
        if (scratch.capacity() < bytes) {
            ArrowBuf larger = allocator.buffer(bytes * 2L);
            scratch.close();
            scratch = larger;
        }
    }

    private long unquotedEnd(long from, long end) {
        long at = from;
        while (at < end) {
            long word = Memory.getLong(at);
            long marks = Digits.zeros(word ^ delimiters);
            if (escape >= 0) {
                marks |= Digits.zeros(word ^ escapes);
            }
            if (marks == 0) {
                at += 8;
                continue;
            }
            at += Digits.first(marks);
            if (at >= end || Memory.getByte(at) == delimiter) {
                return Math.min(at, end);
            }
            at += 2;
        }
        return end;
    }

    /** Address behind the quote that closes what the quote at {@code from} opens; {@code end} when none does. */
    static long behindQuotes(long from, long end, int quote, int escape) {
        long at = from + 1;
        while (at < end) {
            byte character = Memory.getByte(at);
            if (character == escape && escape >= 0 && escape != quote) {
                at += 2;
            } else if (character != quote) {
                at++;
            } else if (at + 1 < end && Memory.getByte(at + 1) == quote) {
                at += 2;
            } else {
                return at + 1;
            }
        }
        return end;
    }

    private void keep(long from, long to, boolean quoted) {
        if (count < starts.length) {
            starts[count] = from;
            lengths[count] = (int) (to - from);
            if (escape >= 0 || (quoted && holdsQuote(from, to))) {
                writeOut(from, to, quoted);
            }
        }
        count++;
    }

    private boolean holdsQuote(long from, long to) {
        for (long at = from; at < to; at++) {
            if (Memory.getByte(at) == quote) {
                return true;
            }
        }
        return false;
    }

    private void writeOut(long from, long to, boolean quoted) {
        long target = scratch.memoryAddress() + scratchUsed;
        long out = target;
        for (long at = from; at < to; at++) {
            byte character = Memory.getByte(at);
            boolean doubled = quoted && character == quote;
            if ((doubled || (escape >= 0 && character == escape)) && at + 1 < to) {
                character = Memory.getByte(++at);
            }
            Memory.putByte(out++, character);
        }
        starts[count] = target;
        lengths[count] = (int) (out - target);
        scratchUsed += lengths[count];
    }

    @Override
    public void close() {
        scratch.close();
    }
}
