package io.sabot.connectors.json;

import io.sabot.executor.batch.Memory;
import io.sabot.executor.connector.ScanFilter;
import org.jspecify.annotations.Nullable;

/**
 * Walks through one record, from predicted key to predicted key, and stops behind the last field that is wanted.
 *
 * <p>Addresses are passed and returned; 0 is {@link #ODD}: something that only the full parser can judge. Bytes behind the
 * record are read but never believed: a walk that left the record is odd.
 */
final class RecordScanner {
    /** The record is left to the full parser. */
    static final long ODD = 0;

    /** Nothing more is wanted of the record. */
    private static final long DONE = 1;

    private final ObjectPlan root;
    private final boolean failOnMissing;
    private final boolean dropRejected;
    private final ValueScanner values;
    private long record;
    private long end;
    /** Behind the last value looked at, when the walk ended with {@link #DONE}. */
    private long doneAt;
    /** Columns that have no value yet; of all, and of those needed in rejected rows. */
    private int missing;

    private int missingNeeded;
    private boolean rejected;
    private int row;

    RecordScanner(ObjectPlan root, JsonOptions options, ScanFilter filter) {
        this.root = root;
        this.failOnMissing = options.failOnMissingField();
        this.dropRejected = filter.dropRejected();
        this.values = new ValueScanner(options.timestamps());
    }

    /** Outcome of {@link #scan}. */
    enum Outcome {
        /** Every column got a value. */
        ROW,
        /** The row fails the filter and is to be left out; columns may have got values. */
        DROPPED,
        /** Nothing is decided; columns may have got values. */
        ODD
    }

    /** Fills row {@code newRow} of the columns from one record. */
    Outcome scan(long start, int length, int newRow) {
        record++;
        end = start + length;
        row = newRow;
        missing = root.leaves.length;
        missingNeeded = root.neededCount;
        rejected = false;
        long at = JsonSkip.blanks(start, end);
        if (at >= end || Memory.getByte(at) != '{') {
            return Outcome.ODD;
        }
        doneAt = at + 1;
        long behind = missing == 0 ? DONE : object(root, at + 1);
        boolean dropped = rejected && dropRejected;
        if (behind == DONE ? !JsonSkip.closes(doneAt, end, !dropped) : behind == ODD || behind > end) {
            return Outcome.ODD;
        }
        if (dropped) {
            return Outcome.DROPPED;
        }
        return missing == 0 || fillMissing(root, !rejected) ? Outcome.ROW : Outcome.ODD;
    }

    /**
     * Walks through an object from behind its brace.
     *
     * @return address behind the object, {@link #ODD} or {@link #DONE}
     */
    private long object(ObjectPlan plan, long start) {
        int restMissing = missing - plan.leaves.length;
        int restNeeded = missingNeeded - plan.neededCount;
        KeySlot previous = plan.head;
        long at = start;
        while (true) {
            KeySlot slot = previous.next;
            if (slot == null || !slot.matches(at)) {
                slot = previous.alternate;
                if (slot == null || !slot.matches(at)) {
                    slot = unpredicted(plan, previous, at);
                    if (slot == null) {
                        return endOfObject(plan, at, restMissing, restNeeded);
                    }
                }
            }
            previous = slot;
            at += slot.length;
            if (at >= end) {
                return ODD;
            }
            at = value(slot, at);
            if (at == ODD || at == DONE) {
                return at;
            }
            if (rejected ? missingNeeded == 0 || dropRejected : missing == 0) {
                doneAt = at;
                return DONE;
            }
            if (plan != root && (rejected ? missingNeeded == restNeeded : missing == restMissing)) {
                missingNeeded = restNeeded;
                return JsonSkip.restOfObject(at, end);
            }
        }
    }

    private @Nullable KeySlot unpredicted(ObjectPlan plan, KeySlot previous, long from) {
        long at = JsonSkip.blanks(from, end);
        if (previous != plan.head) {
            if (at >= end || Memory.getByte(at) != ',') {
                return null;
            }
            at = JsonSkip.blanks(at + 1, end);
        }
        if (at >= end || Memory.getByte(at) != '"') {
            return null;
        }
        long key = at + 1;
        long quote = JsonSkip.plainString(key, end);
        if (quote == ODD) {
            return null;
        }
        at = JsonSkip.blanks(quote + 1, end);
        if (at >= end || Memory.getByte(at) != ':') {
            return null;
        }
        at = JsonSkip.blanks(at + 1, end);
        return at >= end ? null : plan.find(previous, from, key, (int) (quote - key), at);
    }

    /** Behind the brace that should stand where no further key does; NULL for columns that did not come. */
    private long endOfObject(ObjectPlan plan, long from, int restMissing, int restNeeded) {
        long at = JsonSkip.blanks(from, end);
        if (at >= end || Memory.getByte(at) != '}') {
            return ODD;
        }
        if (plan != root) {
            if (!rejected && missing > restMissing && !fillMissing(plan, true)) {
                return ODD;
            }
            missing = rejected ? missing : restMissing;
            missingNeeded = restNeeded;
        }
        return at + 1;
    }

    private long value(KeySlot slot, long at) {
        Leaf leaf = slot.leaf;
        if (leaf != null) {
            if (leaf.target().rowCount() > row || (rejected && !leaf.needed)) {
                return JsonSkip.value(at, end);
            }
            return leaf(leaf, at);
        }
        ObjectPlan object = slot.object;
        if (object == null || object.seenIn == record || (rejected && object.neededCount == 0)) {
            return JsonSkip.value(at, end);
        }
        object.seenIn = record;
        if (Memory.getByte(at) == '{') {
            return object(object, at + 1);
        }
        if (!JsonSkip.isNull(at)) {
            return ODD;
        }
        for (Leaf inner : object.leaves) {
            if (inner.target().rowCount() == row) {
                if (!appendNull(inner)) {
                    return ODD;
                }
            }
        }
        return at + 4;
    }

    private long leaf(Leaf leaf, long at) {
        if (JsonSkip.isNull(at)) {
            return appendNull(leaf) ? at + 4 : ODD;
        }
        long behind = values.scan(leaf, at, end);
        if (behind != ODD) {
            count(leaf);
            rejected |= !values.passed();
        }
        return behind;
    }

    private boolean appendNull(Leaf leaf) {
        if (leaf.required && !rejected) {
            return false;
        }
        leaf.target().appendNull();
        count(leaf);
        rejected |= leaf.tests.length > 0;
        return true;
    }

    private void count(Leaf leaf) {
        missing--;
        missingNeeded -= leaf.needed ? 1 : 0;
    }

    /** Puts NULL into columns without a value; false where the full parser has to complain. */
    private boolean fillMissing(ObjectPlan plan, boolean check) {
        for (Leaf leaf : plan.leaves) {
            if (leaf.target().rowCount() == row) {
                if (check && (failOnMissing || leaf.required)) {
                    return false;
                }
                leaf.target().appendNull();
                if (leaf.tests.length > 0) {
                    rejected = true;
                }
            }
        }
        return true;
    }
}
