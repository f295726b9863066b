package io.sabot.connectors.filesystem;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.connector.BadRecord;
import io.sabot.executor.connector.FileFormat;
import io.sabot.executor.connector.Split;
import io.sabot.executor.connector.SplitPosition;
import io.sabot.executor.connector.SplitRows;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that its format reads as a whole; the position is a count of rows. */
final class OpenBlockFile implements OpenSplit {
    private final Split split;
    private final FileDecoder decoder;
    private final int batchRows;
    private final FileFacts facts;
    private final FileFormat.Reader reader;
    private long offset;

    OpenBlockFile(Split split, FileDecoder decoder, int batchRows) {
        this.split = split;
        this.decoder = decoder;
        this.batchRows = batchRows;
        Path path = Path.of(split.id());
        this.facts = FileFacts.of(path, decoder.defaultPartition());
        try {
            this.reader = decoder.reader(path);
        } catch (IOException e) {
            throw unreadable(e);
        } catch (BadRecord e) {
            throw SabotException.of(
                            ErrorCode.DATATYPE_MISMATCH,
                            "cannot read column '" + e.column() + "' of file '" + split.id() + "' as "
                                    + decoder.formatName())
                    .why(String.valueOf(e.getMessage()))
                    .causedBy(e);
        }
        try {
            skip(split.start().offset());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void skip(long rows) {
        while (offset < rows) {
            try (BatchBuilder builder = decoder.builder()) {
                int count = append(builder, (int) Math.min(batchRows, rows - offset));
                if (count == 0) {
                    throw SabotException.of(
                            ErrorCode.INVALID_STATE,
                            "file '" + split.id() + "' has " + offset + " rows, but was read up to row " + rows);
                }
                offset += count;
            }
        }
    }

    private int append(BatchBuilder builder, int max) {
        try {
            return reader.read(builder, max);
        } catch (IOException e) {
            throw unreadable(e);
        } catch (BadRecord e) {
            throw SabotException.of(
                            ErrorCode.MALFORMED_RECORD,
                            "cannot read row " + (e.record() + 1) + " of file '" + split.id() + "' as "
                                    + decoder.formatName())
                    .why((e.column().isEmpty() ? "" : "column '" + e.column() + "': ") + e.getMessage())
                    .causedBy(e);
        }
    }

    private SabotException unreadable(IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return OpenFile.unreadable(split.id(), cause);
        }
        return SabotException.of(
                        ErrorCode.MALFORMED_RECORD, "cannot read file '" + split.id() + "' as " + decoder.formatName())
                .why(String.valueOf(cause.getMessage()))
                .causedBy(cause);
    }

    @Override
    public Split split() {
        return split;
    }

    @Override
    public SplitRows read() {
        try (BatchBuilder builder = decoder.builder()) {
            int count = append(builder, batchRows);
            decoder.endRows(builder, count, facts);
            offset += count;
            Batch batch = count == 0 ? null : decoder.finish(builder);
            SplitPosition position = new SplitPosition(offset, split.start().state());
            return new SplitRows(split, batch, position, count == 0, count == 0);
        }
    }

    @Override
    public String place(long position) {
        return "row " + (position + 1);
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }
}
