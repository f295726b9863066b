package io.sabot.connectors.json;

import io.sabot.connectors.record.Wanted;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.connector.ScanFilter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to do with the fields of an object, and which keys were seen in which order. */
final class ObjectPlan {
    /** Keys learnt at most; objects that are used as maps have no end of them. */
    private static final int SLOTS_MAX = 256;

    /** All columns in the object, also those of objects inside. */
    final Leaf[] leaves;

    /** How many of them are needed in rejected rows too. */
    final int neededCount;

    /** Stands in front of the first key. */
    final KeySlot head = new KeySlot(0, null, null);

    /** The record in which the object was seen last. */
    long seenIn = -1;

    private final byte[][] names;
    private final @Nullable Leaf[] fieldLeaves;
    private final @Nullable ObjectPlan[] fieldObjects;
    private final List<KeySlot> slots = new ArrayList<>();

    ObjectPlan(Wanted wanted, ScanFilter filter) {
        int count = wanted.fields().size();
        names = new byte[count][];
        fieldLeaves = new Leaf[count];
        fieldObjects = new ObjectPlan[count];
        List<Leaf> all = new ArrayList<>();
        int i = 0;
        for (var field : wanted.fields().entrySet()) {
            names[i] = field.getKey().getBytes(StandardCharsets.UTF_8);
            if (field.getValue().isColumn()) {
                Leaf leaf = new Leaf(field.getValue(), filter);
                fieldLeaves[i] = leaf;
                all.add(leaf);
            } else {
                ObjectPlan object = new ObjectPlan(field.getValue(), filter);
                fieldObjects[i] = object;
                all.addAll(List.of(object.leaves));
            }
            i++;
        }
        leaves = all.toArray(Leaf[]::new);
        neededCount = (int) all.stream().filter(leaf -> leaf.needed).count();
    }

    /**
     * The slot of a key that was not predicted; from now on it is.
     *
     * @param from first byte behind the value before
     * @param key first byte of the key between its quotes
     * @param to first byte of the value
     */
    KeySlot find(KeySlot previous, long from, long key, int keyLength, long to) {
        int length = (int) (to - from);
        if (length <= KeySlot.BYTES_MAX) {
            for (KeySlot slot : slots) {
                if (slot.length == length && slot.matches(from)) {
                    return follow(previous, slot);
                }
            }
        }
        int field = field(key, keyLength);
        Leaf leaf = field < 0 ? null : fieldLeaves[field];
        ObjectPlan object = field < 0 ? null : fieldObjects[field];
        if (length > KeySlot.BYTES_MAX || slots.size() == SLOTS_MAX) {
            return new KeySlot(length, leaf, object);
        }
        KeySlot slot = new KeySlot(from, length, leaf, object);
        slots.add(slot);
        return follow(previous, slot);
    }

    private static KeySlot follow(KeySlot previous, KeySlot slot) {
        if (previous.next != slot) {
            previous.alternate = previous.next;
            previous.next = slot;
        }
        return slot;
    }

    private int field(long key, int length) {
        for (int i = 0; i < names.length; i++) {
            byte[] name = names[i];
            if (name.length == length && Memory.startsWith(key, name)) {
                return i;
            }
        }
        return -1;
    }
}
