package io.sabot.executor.storage;

import io.sabot.catalog.stream.ScanColumn;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Gather;
import io.sabot.executor.batch.RowKind;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.ScanSpec;
import io.sabot.executor.connector.Split;
import io.sabot.executor.connector.SplitPosition;
import io.sabot.executor.connector.SplitReader;
import io.sabot.executor.connector.SplitRows;
import io.sabot.executor.time.Watermark;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.StructVector;
import org.jspecify.annotations.Nullable;

/** Reads one stored table: its content at one moment where it is keyed, then its log. */
final class StoredTableReader implements SplitReader {
    private final StoredTable table;
    private final ScanSpec scan;
    private final BufferAllocator allocator;
    private final int batchRows;
    private final Semaphore wake = new Semaphore(0);
    private final Runnable listener = wake::release;
    private final Deque<Piece> pieces = new ArrayDeque<>();
    private final Runnable taken;
    private LogHolds.@Nullable Hold hold;
    private @Nullable Split split;
    private long next;
    private long end;
    private long given;
    private boolean inContent;
    private long toldWatermark = Watermark.START;

    /** Whether it must still be told that the content has been read although it gave no rows. */
    private boolean contentIsEmpty;

    /** Rows of a batch that are still to be handed out. */
    private record Piece(Batch batch, Selection rows) {}

    /** @param taken called when this reader holds on to what it is going to read */
    StoredTableReader(StoredTable table, ScanSpec scan, ConnectorContext context, Runnable taken) {
        this.taken = taken;
        this.table = table;
        this.scan = scan;
        this.allocator = context.allocator();
        this.batchRows = context.batchRows();
        table.addListener(listener);
    }

    @Override
    public void add(List<Split> splits) {
        for (Split added : splits) {
            split = added;
            Place place = Place.parse(added.start());
            next = place.log();
            end = place.end();
            hold = hold(place);
            taken.run();
            if (place.content()) {
                queue(content(place));
            } else if (place.row() > 0) {
                readLog(0);
            }
            skip(place.row());
        }
    }

    private LogHolds.Hold hold(Place place) {
        if (place.log() >= 0) {
            return table.hold(place.log());
        }
        return place.end() == Long.MAX_VALUE ? table.holdEnd() : table.hold(place.end());
    }

    /** The content at the place, or of a keyed table the one row of it that can meet the conditions of the scan. */
    private TableContent content(Place place) {
        if (place.log() < 0 && place.end() == Long.MAX_VALUE) {
            return table.content();
        }
        try (Batch key = place.log() < 0 ? KeyLookup.key(table, scan, allocator) : null) {
            long moment = place.log() < 0 ? place.end() : place.log();
            TableContent found = key == null ? null : table.find(key, moment);
            return found == null ? table.content(moment) : found;
        }
    }

    private void queue(TableContent content) {
        next = content.end();
        if (hold != null) {
            hold.advance(next);
        }
        for (int i = 0; i < content.batches().size(); i++) {
            cut(content.batches().get(i), content.rows().get(i));
        }
        inContent = !pieces.isEmpty();
        contentIsEmpty = pieces.isEmpty();
    }

    private void skip(long rows) {
        given = 0;
        while (given < rows && !pieces.isEmpty()) {
            Piece piece = pieces.remove();
            int missing = (int) (rows - given);
            if (piece.rows().count() > missing) {
                int[] rest = Arrays.copyOfRange(
                        piece.rows().indices(), missing, piece.rows().count());
                pieces.addFirst(new Piece(piece.batch(), new Selection(rest, rest.length)));
                given = rows;
            } else {
                given += piece.rows().count();
                piece.batch().close();
            }
        }
    }

    /**
     * A position: so many rows behind the begin of a batch of the log, or of the content that the table had when its log
     * was {@code log} batches long (-1 = now). A scan that ends keeps where: in front of batch {@code end} of the log.
     *
     * <pre>
     *   state:  [content] [:row] [@end]
     * </pre>
     */
    record Place(boolean content, long log, long row, long end) {
        private static final String CONTENT = "content";

        static Place parse(SplitPosition position) {
            String state = position.state();
            int at = state.indexOf('@');
            long end = at < 0 ? Long.MAX_VALUE : Long.parseLong(state.substring(at + 1));
            String place = at < 0 ? state : state.substring(0, at);
            int colon = place.indexOf(':');
            long row = colon < 0 ? 0 : Long.parseLong(place.substring(colon + 1));
            return new Place(place.startsWith(CONTENT), position.offset(), row, end);
        }

        SplitPosition position() {
            return new SplitPosition(
                    log,
                    (content ? CONTENT : "") + (row == 0 ? "" : ":" + row) + (end == Long.MAX_VALUE ? "" : "@" + end));
        }
    }

    /** Queues rows in pieces of {@code batchRows}, or one more to keep the halves of an update together; owns the batch. */
    private void cut(Batch batch, Selection rows) {
        for (int from = 0; from < rows.count(); ) {
            int to = Math.min(rows.count(), from + batchRows);
            if (to < rows.count() && batch.kind(rows.indices()[to - 1]) == RowKind.UPDATE_BEFORE) {
                to++;
            }
            pieces.add(
                    new Piece(batch.retain(), new Selection(Arrays.copyOfRange(rows.indices(), from, to), to - from)));
            from = to;
        }
        batch.close();
    }

    @Override
    public @Nullable SplitRows poll(ToLongFunction<Split> watermarks, long waitNanos) {
        Split current = split;
        if (current == null) {
            return null;
        }
        if (contentIsEmpty && next < end) {
            contentIsEmpty = false;
            return new SplitRows(current, null, position(), false, next >= table.end());
        }
        if (pieces.isEmpty() && !readLog(waitNanos)) {
            return next >= end ? ended(current) : newWatermark(current);
        }
        Piece piece = pieces.remove();
        given += piece.rows().count();
        boolean last = pieces.isEmpty() && next >= end;
        if (last) {
            split = null;
        }
        try (Batch batch = piece.batch()) {
            boolean atEnd = pieces.isEmpty() && next >= table.end();
            return new SplitRows(current, project(batch, piece.rows()), position(), last, atEnd, watermark());
        }
    }

    /** The watermark that the log has where it has been read up to. */
    private long watermark() {
        if (pieces.isEmpty()) {
            toldWatermark = Math.max(toldWatermark, table.watermarkAt(next));
        }
        return toldWatermark;
    }

    /** A view may go on in time although no row comes. */
    private @Nullable SplitRows newWatermark(Split current) {
        long before = toldWatermark;
        return watermark() == before
                ? null
                : new SplitRows(current, null, position(), false, next >= table.end(), toldWatermark);
    }

    private SplitPosition position() {
        if (pieces.isEmpty()) {
            inContent = false;
            return new Place(false, next, 0, end).position();
        }
        return new Place(inContent, inContent ? next : next - 1, given, end).position();
    }

    private SplitRows ended(Split current) {
        split = null;
        return new SplitRows(current, null, position(), true, true);
    }

    private boolean readLog(long waitNanos) {
        if (next >= end) {
            return false;
        }
        Batch batch = table.batch(next);
        if (batch == null && waitNanos > 0) {
            await(waitNanos);
            batch = table.batch(next);
        }
        if (batch == null && table.isClosed()) {
            throw SabotException.of(
                    ErrorCode.UNDEFINED_TABLE,
                    "the rows of " + table.definition().name().name() + " are no longer there");
        }
        if (batch == null) {
            return false;
        }
        next++;
        if (hold != null) {
            hold.advance(next);
        }
        given = 0;
        cut(batch, Selection.all(batch.rowCount()));
        return !pieces.isEmpty();
    }

    private void await(long nanos) {
        try {
            if (wake.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Batch project(Batch batch, Selection rows) {
        List<FieldVector> vectors = new ArrayList<>();
        ArrowBuf kinds = null;
        try {
            for (ScanColumn column : scan.columns()) {
                vectors.add(take(batch, ((ScanColumn.Physical) column).path(), rows));
            }
            kinds = scan.ends() ? null : batch.takeKinds(rows, allocator);
            return new Batch(vectors, rows.count(), kinds, batch.lateBefore());
        } catch (RuntimeException | Error e) {
            vectors.forEach(FieldVector::close);
            if (kinds != null) {
                kinds.close();
            }
            throw e;
        }
    }

    private FieldVector take(Batch batch, List<String> path, Selection rows) {
        FieldVector vector = batch.vector(table.schema().indexOf(path.get(0)).orElseThrow());
        Selection selection = rows;
        for (String field : path.subList(1, path.size())) {
            StructVector struct = (StructVector) vector;
            selection = withoutNulls(struct, selection);
            vector = struct.getChild(field);
        }
        return Gather.take(vector, selection, allocator);
    }

    /** The same rows, with -1 (NULL) where the structure that holds the field is NULL. */
    private static Selection withoutNulls(StructVector struct, Selection rows) {
        int[] indices = Arrays.copyOf(rows.indices(), rows.count());
        for (int i = 0; i < indices.length; i++) {
            if (indices[i] >= 0 && struct.isNull(indices[i])) {
                indices[i] = -1;
            }
        }
        return new Selection(indices, indices.length);
    }

    @Override
    public void wakeUp() {
        wake.release();
    }

    @Override
    public void close() {
        table.removeListener(listener);
        if (hold != null) {
            hold.close();
        }
        pieces.forEach(piece -> piece.batch().close());
        pieces.clear();
    }
}
