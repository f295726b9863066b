package io.sabot.connectors.csv;

import io.sabot.connectors.text.Digits;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.connector.RecordFramer;

/** Records end at line breaks that are not inside quotes. A quote opens only where a field begins. */
final class CsvFramer implements RecordFramer {
    private static final long LINE_FEEDS = '\n' * Digits.LOW;

    private final byte delimiter;
    private final int quote;
    private final int escape;
    private final boolean comments;
    private final long quotes;
    private long next;

    CsvFramer(CsvOptions options) {
        this.delimiter = options.delimiter();
        this.quote = options.quote();
        this.escape = options.escape();
        this.comments = options.allowComments();
        this.quotes = (quote & 0xFF) * Digits.LOW;
    }

    @Override
    public int frame(long from, long end, boolean last, long[] starts, int[] lengths, int recordsMax) {
        int count = 0;
        next = from;
        while (count < recordsMax && next < end) {
            long start = next;
            long lineFeed = endOfRecord(start, end);
            if (lineFeed >= end) {
                if (!last) {
                    break;
                }
                lineFeed = end;
            }
            long stop = lineFeed > start && Memory.getByte(lineFeed - 1) == '\r' ? lineFeed - 1 : lineFeed;
            starts[count] = start;
            lengths[count++] = (int) (stop - start);
            next = Math.min(end, lineFeed + 1);
        }
        return count;
    }

    @Override
    public long next() {
        return next;
    }

    /** The line feed that ends the record; {@code end} or more when it is not there. */
    private long endOfRecord(long start, long end) {
        boolean isComment = comments && Memory.getByte(start) == '#';
        for (long at = start; at < end; at += 8) {
            long word = Memory.getLong(at);
            long lineFeeds = Digits.zeros(word ^ LINE_FEEDS);
            long opened = quote < 0 || isComment ? 0 : Digits.zeros(word ^ quotes);
            if (opened != 0 && (lineFeeds == 0 || Digits.first(opened) < Digits.first(lineFeeds))) {
                return endOfQuotedRecord(start, end);
            }
            if (lineFeeds != 0) {
                return at + Digits.first(lineFeeds);
            }
        }
        return end;
    }

    /** Goes from field to field, since it matters where a quote stands. */
    private long endOfQuotedRecord(long start, long end) {
        long at = start;
        boolean fieldBegins = true;
        while (at < end) {
            byte character = Memory.getByte(at);
            if (fieldBegins && character == quote) {
                at = CsvFields.behindQuotes(at, end, quote, escape);
                fieldBegins = false;
                continue;
            }
            if (character == '\n') {
                return at;
            }
            fieldBegins = character == delimiter;
            at += character == escape ? 2 : 1;
        }
        return end;
    }
}
