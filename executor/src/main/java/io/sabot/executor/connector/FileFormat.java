package io.sabot.executor.connector;

import io.sabot.catalog.connector.Options;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * Files that are more than records one behind the other: they have a head, blocks, a foot. Stateless; any thread.
 *
 * <p>The connector finds, names and closes files, and adds what is known of a file to the rows; a position in a file is
 * the number of rows in front of it.
 */
public interface FileFormat {
    /**
     * Opens a file.
     *
     * @param physical all columns that the table's files have
     * @param columns what to decode, into the first builders of a batch in this order
     * @throws IOException if the file cannot be read, or is none of this format: the message says why
     * @throws BadRecord if a column cannot be read from such a file
     */
    Reader reader(
            Path file,
            Schema physical,
            List<ScanColumn> columns,
            ScanFilter filter,
            Options options,
            ConnectorContext context)
            throws IOException, BadRecord;

    /** Number of rows of a file, if the file itself tells it at once. */
    default OptionalLong rowCount(Path file) throws IOException {
        return OptionalLong.empty();
    }

    /** Begins a file. */
    Writer writer(OutputStream target, Schema schema, Options options, ConnectorContext context) throws IOException;

    /** Reads the rows of one file in order. One thread. */
    interface Reader extends AutoCloseable {
        /**
         * Appends a value to each column for up to {@code max} rows, and ends none of the rows.
         *
         * @return how many; 0 at the end of the file
         * @throws BadRecord names the row by its number in the file; the builder is not used any more
         */
        int read(BatchBuilder rows, int max) throws IOException, BadRecord;

        @Override
        void close() throws IOException;
    }

    /** Writes the rows of one file. One thread. */
    interface Writer extends AutoCloseable {
        /** Adds rows; the batch stays with the caller. */
        void write(Batch batch) throws IOException;

        /** Writes what is left. */
        void finish() throws IOException;

        /** Frees memory, without writing. The target stays open. */
        @Override
        void close();
    }
}
