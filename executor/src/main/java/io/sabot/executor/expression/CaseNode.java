package io.sabot.executor.expression;

import io.sabot.catalog.type.DataType;
import io.sabot.executor.batch.Memory;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * CASE: the result behind the first condition that is TRUE, else the last result.
 *
 * <p>Where all parts are eager, they are computed for all rows and blended. Otherwise each condition is computed for the
 * rows that are still open, each result for the rows that take it.
 */
final class CaseNode extends Node {
    private final Node[] conditions;
    private final Node[] results;
    private final boolean blend;

    /** All results have the lane of {@code type}; there is one more of them than conditions. */
    CaseNode(DataType type, List<Node> conditions, List<Node> results) {
        super(type, eager(conditions) && eager(results));
        this.conditions = conditions.toArray(Node[]::new);
        this.results = results.toArray(Node[]::new);
        this.blend = isEager() && lane() != Lane.NESTED;
    }

    private static boolean eager(List<Node> nodes) {
        return nodes.stream().allMatch(Node::isEager);
    }

    @Override
    Value evaluate(Frame frame) {
        return blend ? blend(frame) : choose(frame);
    }

    private Value blend(Frame frame) {
        Value result = results[conditions.length].evaluate(frame);
        for (int i = conditions.length - 1; i >= 0; i--) {
            long bits = trueBits(conditions[i].evaluate(frame), frame);
            result = Blend.blend(lane(), bits, results[i].evaluate(frame), result, frame);
        }
        return result;
    }

    private static long trueBits(Value condition, Frame frame) {
        long bits = frame.arena().allocate(Bits.bytes(frame.count()));
        BitKernels.isTrue(condition, bits, frame.count());
        return bits;
    }

    private Value choose(Frame frame) {
        Blend.Scatter out = null;
        Frame open = frame;
        int[] openRows = null;
        for (int i = 0; i < conditions.length; i++) {
            long bits = trueBits(conditions[i].evaluate(open), open);
            int[] positions = new int[open.count()];
            int taken = Bits.positions(bits, open.count(), positions);
            if (taken == open.count()) {
                return finish(out, results[i].evaluate(open), openRows);
            }
            if (taken == 0) {
                continue;
            }
            int[] takenRows = Arrays.copyOf(positions, taken);
            out = out == null ? new Blend.Scatter(type(), frame) : out;
            out.put(results[i].evaluate(open.narrow(takenRows, taken)), compose(openRows, takenRows));
            invert(bits, open.count());
            int left = Bits.positions(bits, open.count(), positions);
            int[] leftRows = Arrays.copyOf(positions, left);
            open = open.narrow(leftRows, left);
            openRows = compose(openRows, leftRows);
        }
        return finish(out, results[conditions.length].evaluate(open), openRows);
    }

    private static Value finish(Blend.@Nullable Scatter out, Value rest, int @Nullable [] rows) {
        if (out == null || rows == null) {
            return rest;
        }
        out.put(rest, rows);
        return out.result();
    }

    private static int[] compose(int @Nullable [] outer, int[] inner) {
        if (outer == null) {
            return inner;
        }
        int[] composed = new int[inner.length];
        for (int i = 0; i < inner.length; i++) {
            composed[i] = outer[inner[i]];
        }
        return composed;
    }

    private static void invert(long bits, int count) {
        for (int w = 0, words = Bits.words(count); w < words; w++) {
            long at = bits + ((long) w << 3);
            Memory.putLong(at, ~Memory.getLong(at));
        }
    }
}
