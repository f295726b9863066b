package io.sabot.executor.window;

import io.sabot.executor.batch.Memory;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyLayout;
import io.sabot.executor.state.LongCell;
import io.sabot.executor.state.OrderedCursor;
import io.sabot.executor.state.OrderedSpec;
import io.sabot.executor.state.OrderedTable;
import io.sabot.executor.state.SortKeys;
import io.sabot.executor.state.StateBound;
import java.util.Arrays;
import org.apache.arrow.memory.ArrowBuf;

/**
 * The sessions of all keys: (key; start, sequence) → end. What they hold is {@link SessionContent}'s.
 *
 * <p>The sequence is 0, but for a session that begins where another one does that is over and has not left yet. Over is what a
 * batch says: for a later batch both may be open, and become one.
 */
final class SessionState {
    private final SessionContent content;
    private final OrderedTable sessions;
    private final OrderedCursor cursor;
    /** 1 when sessions of a key may overlap, since one began while another was over that had not left yet. */
    private final LongCell overlaps;

    private long[] touching = new long[8];
    private long[] sequences = new long[8];
    private final ArrowBuf scratch;
    private long start;
    private long sequence;
    private long end;
    private long endBefore;

    SessionState(SessionContent content, KeyLayout keys, OperatorContext context) {
        this.content = content;
        this.sessions = context.state().orderedTable("sessions", new OrderedSpec(keys, 8, StateBound.WATERMARK));
        this.cursor = sessions.cursor();
        this.overlaps = context.state().cell("overlaps", 0, LongCell.Merge.MAX);
        this.scratch = context.own(context.allocator().buffer(8));
    }

    SessionContent content() {
        return content;
    }

    OrderedCursor cursor() {
        return cursor;
    }

    private long orderKey(long time) {
        SortKeys.putLong(scratch.memoryAddress(), time);
        return scratch.memoryAddress();
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
            if (touching[i] != start || sequences[i] != sequence) {
                content.merge(keys, key, touching[i], sequences[i], start, sequence);
                sessions.remove(keys, key, orderKey(touching[i]), 8, sequences[i]);
            }
        }
        long entry = sessions.resolve(keys, key, orderKey(start), 8, sequence, 0, 0);
        Memory.putLong(entry, end);
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
}
