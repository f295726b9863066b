package io.sabot.executor.storage;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.time.Watermark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The batches of a table by their numbers, which go on from commit to commit for ever. Batches in front of {@link
 * #changesFrom} may stand for what was there at that place instead of what happened before it.
 *
 * <pre>
 *   first            changesFrom                 end
 *   │ rows that were there │ changes since then … │
 * </pre>
 *
 * <p>Owns its batches. Guarded by the table.
 */
final class TableLog implements AutoCloseable {
    private final List<Batch> batches = new ArrayList<>();
    /** By place the watermark in front of it, where it changes. */
    private final NavigableMap<Long, Long> watermarks = new TreeMap<>();

    private final long changesFrom;
    private final long first;
    private long rows;

    /**
     * An empty log.
     *
     * @param first number of the batch that comes next
     * @param changesFrom up to which number batches are rows that were there
     */
    TableLog(long first, long changesFrom) {
        this.first = first;
        this.changesFrom = changesFrom;
    }

    /** The same batches, retained. */
    TableLog copy() {
        TableLog copy = new TableLog(first, changesFrom);
        batches.forEach(batch -> copy.add(batch.retain()));
        return copy;
    }

    /** Takes a batch. */
    void add(Batch batch) {
        batches.add(batch);
        rows += batch.rowCount();
    }

    /** What has been added is all that comes at or before a time, but for late rows. Only of logs that are not compacted. */
    void mark(long watermark) {
        if (watermark > watermarkAt(end())) {
            watermarks.put(end(), watermark);
        }
    }

    /** The watermark in front of a place: what commits up to there have told. */
    long watermarkAt(long place) {
        Map.Entry<Long, Long> before = watermarks.floorEntry(place);
        return before == null ? Watermark.START : before.getValue();
    }

    /** A batch; it stays here. */
    Batch get(long number) {
        return batches.get(Math.toIntExact(number - first));
    }

    /** Number of the first batch that is here. */
    long first() {
        return first;
    }

    /** The first place at which the content is known, and from which changes are. */
    long changesFrom() {
        return changesFrom;
    }

    /** The number that the next batch gets. */
    long end() {
        return first + batches.size();
    }

    /** Rows of all batches. */
    long rows() {
        return rows;
    }

    /** Rows of the batches in front of a place. */
    long rowsBefore(long place) {
        return batches.stream()
                .limit(Math.max(0, place - first))
                .mapToLong(Batch::rowCount)
                .sum();
    }

    @Override
    public void close() {
        batches.forEach(Batch::close);
        batches.clear();
        rows = 0;
    }
}
