package io.sabot.executor.connector;

/**
 * Cuts a run of bytes, such as a block of a file, into records. One thread. Sees a prefix of the unread bytes each time:
 * a record whose end is not there yet is left for the next call, which begins with the same bytes and more behind them.
 */
public interface RecordFramer {
    /**
     * Finds whole records. At least 64 readable bytes follow {@code end}.
     *
     * @param from first byte behind the record found last
     * @param end first byte that is not there yet
     * @param last whether nothing will follow {@code end}, so that a record without a terminator may end there
     * @param starts gets the address of each record
     * @param lengths gets the bytes of each record, without its terminator
     * @param recordsMax most records to find; the arrays have room for them
     * @return number of records found
     */
    int frame(long from, long end, boolean last, long[] starts, int[] lengths, int recordsMax);

    /** First byte behind the last record that {@link #frame} found and behind its terminator; {@code from} if none was. */
    long next();
}
