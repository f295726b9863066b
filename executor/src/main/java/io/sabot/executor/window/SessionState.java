package io.sabot.executor.window;

import io.sabot.executor.aggregate.Aggregation;
import io.sabot.executor.aggregate.TableTails;
import io.sabot.executor.aggregate.Tails;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyLayout;
import io.sabot.executor.state.LongCell;
import io.sabot.executor.state.OrderedCursor;
import io.sabot.executor.state.OrderedSpec;
import io.sabot.executor.state.OrderedTable;
import io.sabot.executor.state.RecordSpec;
import io.sabot.executor.state.RecordTable;
import io.sabot.executor.state.SortKeys;
import io.sabot.executor.state.StateBound;
import java.util.Arrays;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The sessions of all keys, and what has been accumulated in each.
 *
 * <pre>
 *   sessions:      (key; start, sequence)  → end
 *   accumulators:  key ‖ start ‖ sequence  → record
 * </pre>
 *
 * <p>The sequence is 0, but for a session that begins where another one does that is over and has not left yet.
 */
final class SessionState implements AutoCloseable {
    private final Aggregation aggregation;
    private final OrderedTable sessions;
    private final OrderedCursor cursor;
    private final RecordTable accumulators;
    private final Tails tails;
    private final BufferAllocator allocator;
    private final int groupCount;
    /** 1 when sessions of a key may overlap, since one began while another was over that had not left yet. */
    private final LongCell overlaps;

    private final KeyBatch target;
    private final KeyBatch merged;
    private final long[] to = new long[1];
    private final long[] from = new long[1];
    private long[] touching = new long[8];
    private long[] sequences = new long[8];
    private ArrowBuf scratch;
    private long start;
    private long sequence;
    private long end;
    private long endBefore;

    SessionState(Aggregation aggregation, KeyLayout keys, OperatorContext context) {
        this.aggregation = aggregation;
        this.allocator = context.allocator();
        this.sessions = context.state().orderedTable("sessions", new OrderedSpec(keys, 8, StateBound.WATERMARK));
        this.cursor = sessions.cursor();
        KeyLayout withStart = withStart(keys);
        this.accumulators = context.state()
                .recordTable(
                        "accumulators",
                        new RecordSpec(
                                withStart, aggregation.recordBytes(), aggregation.hasTail(), StateBound.WATERMARK));
        this.tails = new TableTails(accumulators);
        this.groupCount = context.state().keyGroups().groupCount();
        this.overlaps = context.state().cell("overlaps", 0, LongCell.Merge.MAX);
        this.target = new KeyBatch(allocator, withStart);
        this.merged = new KeyBatch(allocator, withStart);
        this.scratch = allocator.buffer(256);
    }

    /** Layout of a key with the start and sequence of a session behind it. */
    static KeyLayout withStart(KeyLayout keys) {
        return keys.isFixed() ? KeyLayout.fixed(keys.bodyBytes() + 16) : KeyLayout.VARIABLE;
    }

    Tails tails() {
        return tails;
    }

    OrderedCursor cursor() {
        return cursor;
    }

    RecordTable accumulators() {
        return accumulators;
    }

    private long orderKey(long time) {
        SortKeys.putLong(scratch.memoryAddress(), time);
        return scratch.memoryAddress();
    }

    /** Adds the key under which a session's record is kept to a batch. */
    void appendRecordKey(KeyBatch keys, int key, long sessionStart, long sessionSequence, KeyBatch recordKeys) {
        int length = keys.length(key);
        if (scratch.capacity() < length + 24L) {
            scratch.close();
            scratch = allocator.buffer(length * 2L + 24);
        }
        long at = scratch.memoryAddress();
        Memory.copy(keys.address(key), at, length);
        Memory.putLong(at + length, sessionStart);
        Memory.putLong(at + length + 8, sessionSequence);
        recordKeys.append(at, length + 16, keys.hash(key), groupCount);
    }

    /** Whether a stretch of time touches a session of a key that is not over. */
    boolean touchesOpen(KeyBatch keys, int key, long from, long until, long overUntil) {
        return collectTouching(keys, key, from, until, overUntil) > 0;
    }

    /** Starts of the open sessions that a stretch of time touches, latest first. Returns how many. */
    private int collectTouching(KeyBatch keys, int key, long stretchStart, long stretchEnd, long overUntil) {
        start = stretchStart;
        end = stretchEnd;
        sequence = -1;
        endBefore = Long.MIN_VALUE;
        int count = 0;
        cursor.seek(keys, key, orderKey(stretchEnd), 8, Long.MAX_VALUE);
        while (cursor.previous()) {
            long otherEnd = Memory.getLong(cursor.address());
            if (otherEnd < stretchStart) {
                if (overlaps.get() == 0) {
                    break;
                }
            } else if (otherEnd - 1 <= overUntil) {
                overlaps.set(1);
            } else {
                if (count == touching.length) {
                    touching = Arrays.copyOf(touching, count * 2);
                    sequences = Arrays.copyOf(sequences, count * 2);
                }
                touching[count] = SortKeys.getLong(cursor.orderKeyAddress());
                sequences[count] = cursor.sequence();
                if (touching[count] <= start) {
                    start = touching[count];
                    sequence = sequences[count];
                }
                count++;
                end = Math.max(end, otherEnd);
                endBefore = Math.max(endBefore, otherEnd);
            }
        }
        return count;
    }

    /**
     * Makes a stretch of time part of a session: merges it with the open sessions that it touches. The session is then {@link
     * #start} to {@link #end}.
     */
    void put(KeyBatch keys, int key, long stretchStart, long stretchEnd, long overUntil) {
        int count = collectTouching(keys, key, stretchStart, stretchEnd, overUntil);
        if (sequence < 0) {
            do {
                sequence++;
            } while (sessions.find(keys, key, orderKey(start), 8, sequence) != 0);
        }
        for (int i = 0; i < count; i++) {
            if (touching[i] != start) {
                mergeRecord(keys, key, touching[i], sequences[i]);
                sessions.remove(keys, key, orderKey(touching[i]), 8, sequences[i]);
            }
        }
        long entry = sessions.resolve(keys, key, orderKey(start), 8, sequence, 0, 0);
        Memory.putLong(entry, end);
    }

    private void mergeRecord(KeyBatch keys, int key, long otherStart, long otherSequence) {
        target.clear();
        appendRecordKey(keys, key, start, sequence, target);
        merged.clear();
        appendRecordKey(keys, key, otherStart, otherSequence, merged);
        accumulators.resolve(target, to);
        accumulators.find(merged, from);
        assert from[0] != 0 : "a session without a record";
        aggregation.merge(from, tails, to, tails, 1);
        accumulators.remove(merged);
    }

    long start() {
        return start;
    }

    long sequence() {
        return sequence;
    }

    long end() {
        return end;
    }

    /** The latest end of the sessions that became this one; the smallest number when it is new. */
    long endBefore() {
        return endBefore;
    }

    @Override
    public void close() {
        target.close();
        merged.close();
        scratch.close();
    }
}
