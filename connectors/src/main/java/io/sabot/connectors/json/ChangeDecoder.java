package io.sabot.connectors.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.sabot.connectors.record.FieldProblem;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.connector.BadRecord;
import io.sabot.executor.connector.RecordDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Decodes messages that hold changes of rows. The envelope says where the images of rows stand; these are objects like
 * those of format {@code json}, and its decoder reads them. A message is taken as a whole: when a part of it cannot be
 * read and that is ignored, none of its rows comes. Ignores the filter of the scan, since an update whose halves stand on
 * both sides of it must lose one of them, and the query sees to that.
 */
final class ChangeDecoder implements RecordDecoder {
    private final Envelope envelope;
    private final RecordDecoder rowDecoder;
    private final int rowColumns;
    private final List<EnvelopeColumn> metadata;
    private final boolean ignoreParseErrors;
    private final boolean keyed;
    private final LongAdder skippedRecords;
    private final RowImages images;
    private byte[] kinds = new byte[16];
    private int rowCount;
    private long skipped;

    /**
     * @param rowColumns how many columns {@code rowDecoder} fills; those of {@code metadata} stand behind them
     * @param keyed whether updates come without the row before
     */
    ChangeDecoder(
            Envelope envelope,
            RecordDecoder rowDecoder,
            int rowColumns,
            List<EnvelopeColumn> metadata,
            boolean ignoreParseErrors,
            boolean keyed,
            LongAdder skippedRecords,
            BufferAllocator allocator) {
        this.envelope = envelope;
        this.rowDecoder = rowDecoder;
        this.rowColumns = rowColumns;
        this.metadata = List.copyOf(metadata);
        this.ignoreParseErrors = ignoreParseErrors;
        this.keyed = keyed;
        this.skippedRecords = skippedRecords;
        this.images = new RowImages(allocator);
    }

    @Override
    public void decode(
            long[] starts,
            int[] lengths,
            int from,
            int to,
            BatchBuilder rows,
            int firstColumn,
            boolean endRows,
            int @Nullable [] rowsOf)
            throws BadRecord {
        rowCount = 0;
        int columns = rowColumns + metadata.size();
        int base = columns == 0 ? 0 : rows.column(firstColumn).rowCount();
        for (int record = from; record < to; record++) {
            int before = rowCount;
            try {
                decode(starts[record], lengths[record], rows, firstColumn);
            } catch (FieldProblem problem) {
                giveUp(new BadRecord(record, problem.column(), String.valueOf(problem.getMessage())), before);
            } catch (BadRecord problem) {
                giveUp(new BadRecord(record, problem.column(), String.valueOf(problem.getMessage())), before);
            } catch (JsonProcessingException e) {
                giveUp(new BadRecord(record, "", JacksonDecoder.explain(e)), before);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                for (int column = 0; column < columns; column++) {
                    rows.column(firstColumn + column).truncate(base + rowCount);
                }
            }
            if (rowsOf != null) {
                rowsOf[record] = rowCount - before;
            }
            for (int row = before; endRows && row < rowCount; row++) {
                rows.endRow(kinds[row]);
            }
        }
    }

    private void decode(long start, int length, BatchBuilder rows, int firstColumn)
            throws IOException, FieldProblem, BadRecord {
        if (length == 0) {
            return; // the tombstone behind a delete
        }
        images.clear();
        envelope.read(start, length, keyed, images);
        images.seal();
        rowDecoder.decode(images.starts, images.lengths, 0, images.count(), rows, firstColumn, false, null);
        for (int image = 0; image < images.count(); image++) {
            for (int i = 0; i < metadata.size(); i++) {
                metadata.get(i).append(envelope, rows.column(firstColumn + rowColumns + i));
            }
        }
        for (int image = 0; image < images.count(); image++) {
            if (rowCount == kinds.length) {
                kinds = Arrays.copyOf(kinds, rowCount * 2);
            }
            kinds[rowCount++] = images.kind(image);
        }
    }

    private void giveUp(BadRecord problem, int rowsBefore) throws BadRecord {
        rowCount = rowsBefore;
        if (!ignoreParseErrors) {
            throw problem;
        }
        skipped++;
        skippedRecords.increment();
    }

    @Override
    public byte kind(int row) {
        return kinds[row];
    }

    @Override
    public long skipped() {
        return skipped;
    }

    @Override
    public void close() {
        images.close();
        rowDecoder.close();
    }
}
