package io.sabot.executor.expression;

import io.sabot.catalog.type.AtomicType;
import io.sabot.executor.batch.Memory;
import java.util.Arrays;
import java.util.List;

/**
 * AND or OR in three-valued logic, from left to right. A term that may fail or is dear is computed only for rows that the
 * terms before it left open.
 *
 * <p>A row is decided by the first term that is FALSE (for OR: TRUE); it is unknown when it is not decided and a term is
 * NULL.
 */
final class LogicNode extends Node {
    private final Node[] terms;
    /** XOR mask that turns the bits of a term into "decides": all ones for AND, whose terms decide when FALSE. */
    private final long decides;

    private LogicNode(List<Node> terms, boolean and) {
        super(AtomicType.BOOLEAN, terms.stream().allMatch(Node::isEager));
        this.terms = terms.toArray(Node[]::new);
        this.decides = and ? -1L : 0;
    }

    static Node and(List<Node> terms) {
        return new LogicNode(terms, true);
    }

    static Node or(List<Node> terms) {
        return new LogicNode(terms, false);
    }

    @Override
    Value evaluate(Frame frame) {
        int words = Bits.words(frame.count());
        long decided = frame.arena().allocateZeroed(Bits.bytes(frame.count()));
        long known = 0;
        int[] positions = null;
        for (Node term : terms) {
            if (term.isEager()) {
                Value value = term.evaluate(frame);
                known = frame.bothValid(known, value.validity);
                decide(value, words, decided);
                continue;
            }
            if (positions == null) {
                positions = new int[frame.count()];
            }
            int open = open(decided, frame, positions);
            if (open == 0) {
                break;
            }
            boolean all = open == frame.count();
            int[] rows = Arrays.copyOf(positions, open);
            Value value = term.evaluate(all ? frame : frame.narrow(rows, open));
            if (all) {
                known = frame.bothValid(known, value.validity);
                decide(value, words, decided);
            } else {
                known = scatter(value, rows, frame, decided, known);
            }
        }
        return result(frame, decided, known, words);
    }

    private void decide(Value value, int words, long decided) {
        for (int w = 0; w < words; w++) {
            long at = (long) w << 3;
            long bits = Memory.getLong(value.values + (long) w * value.step) ^ decides;
            if (value.validity != 0) {
                bits &= Memory.getLong(value.validity + at);
            }
            Memory.putLong(decided + at, Memory.getLong(decided + at) | bits);
        }
    }

    private static int open(long decided, Frame frame, int[] positions) {
        long open = frame.arena().allocate(Bits.bytes(frame.count()));
        for (int w = 0, words = Bits.words(frame.count()); w < words; w++) {
            Memory.putLong(open + ((long) w << 3), ~Memory.getLong(decided + ((long) w << 3)));
        }
        return Bits.positions(open, frame.count(), positions);
    }

    private long scatter(Value value, int[] rows, Frame frame, long decided, long known) {
        long newKnown = known;
        if (value.validity != 0) {
            newKnown = frame.arena().allocate(Bits.bytes(frame.count()));
            if (known == 0) {
                Bits.fill(newKnown, frame.count(), true);
            } else {
                Memory.copy(known, newKnown, Bits.bytes(frame.count()));
            }
        }
        for (int i = 0; i < rows.length; i++) {
            if (value.isNull(i)) {
                Memory.clearBit(newKnown, rows[i]);
            } else if (value.getBoolean(i) == (decides == 0)) {
                Memory.setBit(decided, rows[i]);
            }
        }
        return newKnown;
    }

    private Value result(Frame frame, long decided, long known, int words) {
        long values = decided;
        long validity = 0;
        if (known != 0) {
            validity = frame.arena().allocate(Bits.bytes(frame.count()));
            for (int w = 0; w < words; w++) {
                long at = (long) w << 3;
                Memory.putLong(validity + at, Memory.getLong(decided + at) | Memory.getLong(known + at));
            }
        }
        if (decides != 0) {
            for (int w = 0; w < words; w++) {
                long at = values + ((long) w << 3);
                Memory.putLong(at, ~Memory.getLong(at));
            }
        }
        return Value.column(Lane.BOOLEAN, values, validity);
    }
}
