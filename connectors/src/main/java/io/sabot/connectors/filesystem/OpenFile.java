package io.sabot.connectors.filesystem;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.connector.BadRecord;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.RecordFramer;
import io.sabot.executor.connector.Split;
import io.sabot.executor.connector.SplitPosition;
import io.sabot.executor.connector.SplitRows;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.arrow.memory.ArrowBuf;

/**
 * A file being read, block by block into memory of its own:
 *
 * <pre>
 *  block ──────── next ──────────── limit ──────── capacity ─ 64 bytes more
 *  │ decoded      │ not decoded yet │ to be read   │ readable padding
 *                 offset in the file
 * </pre>
 */
final class OpenFile implements OpenSplit {
    private static final int BLOCK_BYTES = 256 << 10;
    private static final int PADDING_BYTES = 64;

    private final Split split;
    private final FileDecoder decoder;
    private final ConnectorContext context;
    private final int batchRows;
    private final RecordFramer framer;
    private final ByteInput input;
    private final FileFacts facts;
    private ArrowBuf block;
    private int capacity;
    private int limit;
    private int next;
    private long offset;
    private boolean exhausted;

    OpenFile(Split split, FileDecoder decoder, ConnectorContext context, int batchRows) {
        this.batchRows = batchRows;
        this.split = split;
        this.decoder = decoder;
        this.context = context;
        this.framer = decoder.framer();
        this.offset = split.start().offset();
        Path path = Path.of(split.id());
        this.facts = FileFacts.of(path, decoder.defaultPartition());
        try {
            this.input =
                    ByteInput.open(path, offset, Long.parseLong(split.start().state()));
        } catch (IOException e) {
            throw unreadable(split.id(), e);
        }
        this.capacity = BLOCK_BYTES - PADDING_BYTES;
        this.block = context.allocator().buffer(BLOCK_BYTES);
    }

    static SabotException unreadable(String path, IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return FilePaths.missing(Path.of(path)).causedBy(cause);
        }
        return SabotException.of(ErrorCode.IO_ERROR, "cannot read file '" + path + "'")
                .why(String.valueOf(cause.getMessage()))
                .causedBy(cause);
    }

    @Override
    public Split split() {
        return split;
    }

    @Override
    public SplitRows read() {
        try (BatchBuilder rows = decoder.builder()) {
            boolean ended = false;
            while (!ended && rows.rowCount() < batchRows && !rows.isLarge()) {
                long from = block.memoryAddress() + next;
                int count = framer.frame(
                        from,
                        block.memoryAddress() + limit,
                        exhausted,
                        decoder.starts,
                        decoder.lengths,
                        batchRows - rows.rowCount());
                long framedBytes = framer.next() - from;
                decode(count, rows);
                next += (int) framedBytes;
                offset += framedBytes;
                if (count == 0) {
                    ended = exhausted;
                    fill();
                }
            }
            boolean atEnd = ended || (exhausted && next == limit);
            Batch batch = rows.rowCount() == 0 ? null : decoder.finish(rows);
            return new SplitRows(
                    split, batch, new SplitPosition(offset, split.start().state()), atEnd, atEnd);
        }
    }

    private void decode(int count, BatchBuilder rows) {
        try {
            if (count > 0) {
                decoder.decode(count, rows, facts);
            }
        } catch (BadRecord e) {
            throw describe(e, offset + decoder.starts[e.record()] - (block.memoryAddress() + next));
        }
    }

    private SabotException describe(BadRecord bad, long recordOffset) {
        String column = bad.column().isEmpty() ? "" : "column '" + bad.column() + "': ";
        SabotException error = SabotException.of(
                        ErrorCode.MALFORMED_RECORD,
                        "cannot read line " + ByteInput.lineAt(Path.of(split.id()), recordOffset) + " of file '"
                                + split.id() + "' as " + decoder.formatName())
                .why(column + bad.getMessage())
                .causedBy(bad);
        return error.hint(decoder.hintForBadRecords());
    }

    /** Reads on behind {@link #limit}, after making room. */
    private void fill() {
        if (exhausted) {
            return;
        }
        if (limit == capacity) {
            makeRoom();
        }
        try {
            int read = input.read(block, limit, capacity - limit);
            if (read < 0) {
                exhausted = true;
            } else {
                limit += read;
            }
        } catch (IOException e) {
            throw unreadable(split.id(), e);
        }
    }

    private void makeRoom() {
        int kept = limit - next;
        long from = block.memoryAddress() + next;
        if (kept <= next) {
            Memory.copy(from, block.memoryAddress(), kept);
        } else {
            if (capacity > Integer.MAX_VALUE / 2) {
                throw SabotException.of(
                                ErrorCode.MALFORMED_RECORD,
                                "a record of file '" + split.id() + "' is longer than " + (capacity >> 20) + " MB")
                        .why("it begins at byte " + offset)
                        .hint("is 'format' = '" + decoder.formatName() + "' right, one record per line?");
            }
            ArrowBuf larger = context.allocator().buffer((capacity + PADDING_BYTES) * 2L);
            Memory.copy(from, larger.memoryAddress(), kept);
            block.close();
            block = larger;
            capacity = (capacity + PADDING_BYTES) * 2 - PADDING_BYTES;
        }
        limit = kept;
        next = 0;
    }

    @Override
    public String place(long position) {
        return "line " + ByteInput.lineAt(Path.of(split.id()), position);
    }

    @Override
    public void close() {
        block.close();
        input.close();
    }
}
