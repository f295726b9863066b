package io.sabot.executor.expression;

import com.google.common.collect.Range;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.executor.batch.Memory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUnknownAs;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.Sarg;
import org.jspecify.annotations.Nullable;

/** SEARCH, which IN lists and ranges become: a sorted array or a table of texts for many points, comparisons otherwise. */
final class InRules {
    /** Up to this many points are compared one by one. */
    private static final int FEW = 3;

    private InRules() {}

    static void declare(Functions functions) {
        functions.declare("SEARCH", InRules::search);
    }

    private static Node search(RexCall call, Compilation c) {
        Node many = many(call, c);
        return many != null ? many : c.compile(RexUtil.expandSearch(RexTypes.BUILDER, null, call));
    }

    private static @Nullable Node many(RexCall call, Compilation c) {
        RexNode operand = call.getOperands().get(0);
        if (!(call.getOperands().get(1) instanceof RexLiteral literal)
                || !(literal.getValue() instanceof Sarg<?> sarg)
                || sarg.nullAs != RexUnknownAs.UNKNOWN
                || sarg.pointCount <= FEW
                || !(sarg.isPoints() || sarg.isComplementedPoints())) {
            return null;
        }
        boolean out = sarg.isComplementedPoints();
        Node node = c.compile(operand);
        List<Value> values = points(out ? sarg.negate() : sarg, literal, c);
        DataType type = AtomicType.BOOLEAN;
        if (node.lane() == Lane.LONG) {
            long[] sorted = values.stream()
                    .mapToLong(value -> value.getLong(0))
                    .sorted()
                    .toArray();
            Kernel kernel = (rows, arguments) -> {
                for (int i = 0; i < rows.count(); i++) {
                    rows.putBoolean(i, Arrays.binarySearch(sorted, arguments[0].getLong(i)) >= 0 != out);
                }
            };
            return StrictNode.cheap(type, kernel, node);
        }
        return node.lane() == Lane.TEXT ? StrictNode.cheap(type, new TextSet(values).kernel(out), node) : null;
    }

    private static List<Value> points(Sarg<?> sarg, RexLiteral literal, Compilation c) {
        List<Value> values = new ArrayList<>();
        for (Range<?> range : sarg.rangeSet.asRanges()) {
            RexNode point = RexTypes.BUILDER.makeLiteral(range.lowerEndpoint(), literal.getType(), true, false);
            Value value = c.compile(point) instanceof ConstantNode constant ? constant.value() : null;
            values.add(Objects.requireNonNull(value));
        }
        return values;
    }

    /** Constant texts by hash, in a table with open addressing. */
    private static final class TextSet {
        private final Value[] slots;

        TextSet(List<Value> values) {
            slots = new Value[Integer.highestOneBit(values.size() * 4)];
            Set<Integer> used = new HashSet<>();
            for (Value value : values) {
                int slot = slot(value.low(0), (int) value.high(0));
                while (!used.add(slot)) {
                    slot = slot + 1 & slots.length - 1;
                }
                slots[slot] = value;
            }
        }

        private int slot(long address, int length) {
            long hash = Bytes.hash(address, length);
            return (int) (hash >>> 32) & slots.length - 1;
        }

        private boolean contains(long address, int length) {
            int slot = slot(address, length);
            while (true) {
                Value value = slots[slot];
                if (value == null) {
                    return false;
                }
                if (value.high(0) == length && Memory.equal(value.low(0), address, length)) {
                    return true;
                }
                slot = slot + 1 & slots.length - 1;
            }
        }

        Kernel kernel(boolean out) {
            return (rows, arguments) -> {
                for (int i = 0; i < rows.count(); i++) {
                    rows.putBoolean(i, contains(arguments[0].low(i), (int) arguments[0].high(i)) != out);
                }
            };
        }
    }
}
