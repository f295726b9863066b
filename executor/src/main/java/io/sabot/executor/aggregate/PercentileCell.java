package io.sabot.executor.aggregate;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Storage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;

/**
 * The numbers of a group with signed weights, for percentiles; linear between neighbours. What is asked for is kept with
 * the numbers, since it comes as a column.
 *
 * <pre>
 *   │ pairs that are sorted 4 │ fractions 4 │ fraction 8 │ … │ number, as an ordered long 8 │ weight 8 │ …
 * </pre>
 *
 * <p>Numbers are added at the end; once there are more of them than sorted ones all are sorted, equal ones made one.
 */
final class PercentileCell implements Accumulator, AutoCloseable {
    private static final int HEADER = 8;
    private static final int PAIR = 16;
    private static final int UNSORTED_MAX = 64;

    private final TextSlots texts;
    private final int slot;
    private final List<DataType> types;
    private final List<Integer> columns;
    private final RowsByRecord byRecord = new RowsByRecord();
    private final ByteList scratch;

    private record Pair(long value, long weight) {}

    /** @param columns number, fraction or array of fractions, and perhaps weight */
    PercentileCell(TextSlots texts, int slot, List<Integer> columns, List<DataType> types, BufferAllocator allocator) {
        this.texts = texts;
        this.slot = slot;
        this.columns = columns;
        this.types = types;
        this.scratch = new ByteList(allocator);
    }

    @Override
    public void add(Column column, Run run, Tails tails) {
        throw new AssertionError("values of several columns");
    }

    @Override
    public void add(Batch batch, int column, Run run, Tails tails) {
        AtomicType type = (AtomicType) types.get(0);
        double[] numbers = Values.doubles(batch.column(column), Storage.of(type), type.scale(), run);
        long[] weights = run.values();
        if (columns.size() > 2) {
            AtomicType weight = (AtomicType) types.get(2);
            Values.bits(batch.column(columns.get(2)), Storage.of(weight), run);
        } else {
            Arrays.fill(weights, 0, run.count(), 1);
        }
        byte[] signs = run.signs();
        byRecord.gather(run);
        for (int r = 0; r < byRecord.count(); r++) {
            long record = byRecord.record(r);
            scratch.clear();
            int length = texts.length(tails, record, slot);
            if (length > 0) {
                scratch.append(texts.address(tails, record, slot), length);
            } else {
                putFractions(batch.column(columns.get(1)), run.rows()[byRecord.first(r)]);
            }
            for (int i = byRecord.first(r); i >= 0; i = byRecord.next(i)) {
                long to = scratch.extend(PAIR);
                Memory.putLong(to, Values.ordered(numbers[i] + 0.0));
                Memory.putLong(to + 8, signs == null ? weights[i] : weights[i] * signs[i]);
            }
            store(tails, record);
        }
    }

    private void putFractions(Column fractions, int row) {
        int count = 1;
        int first = row;
        FieldVector vector = fractions.vector();
        if (vector instanceof ListVector list) {
            first = list.getElementStartIndex(row);
            count = list.getElementEndIndex(row) - first;
            vector = list.getDataVector();
        }
        scratch.appendInt(0);
        scratch.appendInt(count);
        for (int f = 0; f < count; f++) {
            Object fraction = vector.getObject(first + f);
            Memory.putDouble(scratch.extend(8), fraction instanceof Number number ? number.doubleValue() : Double.NaN);
        }
    }

    private int firstPair(long list) {
        return HEADER + 8 * Memory.getInt(list + 4);
    }

    private void store(Tails tails, long record) {
        long list = scratch.address();
        int first = firstPair(list);
        int pairs = (scratch.length() - first) / PAIR;
        int sorted = Memory.getInt(list);
        if (pairs - sorted > sorted + UNSORTED_MAX) {
            List<Pair> merged = sortedPairs(list, scratch.length());
            Memory.putInt(list, merged.size());
            long at = list + first;
            for (Pair pair : merged) {
                Memory.putLong(at, pair.value);
                Memory.putLong(at + 8, pair.weight);
                at += PAIR;
            }
            texts.set(tails, record, slot, list, (int) (at - list));
        } else {
            texts.set(tails, record, slot, list, scratch.length());
        }
    }

    private List<Pair> sortedPairs(long list, int length) {
        List<Pair> pairs = new ArrayList<>();
        for (long at = list + firstPair(list); at < list + length; at += PAIR) {
            pairs.add(new Pair(Memory.getLong(at), Memory.getLong(at + 8)));
        }
        pairs.sort(Comparator.comparingLong(Pair::value));
        List<Pair> merged = new ArrayList<>();
        for (int i = 0; i < pairs.size(); ) {
            long value = pairs.get(i).value;
            long weight = 0;
            for (; i < pairs.size() && pairs.get(i).value == value; i++) {
                weight += pairs.get(i).weight;
            }
            if (weight != 0) {
                merged.add(new Pair(value, weight));
            }
        }
        return merged;
    }

    @Override
    public void merge(long[] from, Tails fromTails, long[] to, Tails toTails, int count) {
        for (int i = 0; i < count; i++) {
            int more = texts.length(fromTails, from[i], slot);
            if (more <= 0) {
                continue;
            }
            scratch.clear();
            int length = texts.length(toTails, to[i], slot);
            long list = texts.address(fromTails, from[i], slot);
            if (length > 0) {
                scratch.append(texts.address(toTails, to[i], slot), length);
                scratch.append(list + firstPair(list), more - firstPair(list));
            } else {
                scratch.append(list, more);
            }
            store(toTails, to[i]);
        }
    }

    /** The percentiles; NULL when there is no number. */
    Result result() {
        return (records, count, tails, out) -> {
            for (int i = 0; i < count; i++) {
                int length = texts.length(tails, records[i], slot);
                long list = length <= 0 ? 0 : texts.address(tails, records[i], slot);
                List<Pair> pairs = length <= 0 ? List.of() : sortedPairs(list, length);
                long total = 0;
                for (Pair pair : pairs) {
                    total += Math.max(0, pair.weight);
                }
                if (total == 0) {
                    out.appendNull();
                } else {
                    write(list, pairs, total, out);
                }
            }
        };
    }

    private static void write(long list, List<Pair> pairs, long total, ColumnBuilder out) {
        boolean isArray = out.storage() == Storage.LIST;
        ColumnBuilder target = isArray ? out.child(0) : out;
        for (int f = 0; f < Memory.getInt(list + 4); f++) {
            double fraction = Memory.getDouble(list + HEADER + 8L * f);
            if (fraction >= 0 && fraction <= 1) {
                target.appendDouble(at(pairs, fraction * (total - 1)));
            } else {
                target.appendNull();
            }
        }
        if (isArray) {
            out.appendList();
        }
    }

    /** The value at a position, counted from 0, between two numbers if need be. */
    private static double at(List<Pair> pairs, double position) {
        long below = (long) Math.floor(position);
        double low = number(pairs, below);
        double share = position - below;
        return share == 0 ? low : low + share * (number(pairs, below + 1) - low);
    }

    private static double number(List<Pair> pairs, long position) {
        long passed = 0;
        for (Pair pair : pairs) {
            passed += Math.max(0, pair.weight);
            if (position < passed) {
                return Values.unordered(pair.value);
            }
        }
        throw new AssertionError("no number at " + position);
    }

    @Override
    public void close() {
        scratch.close();
    }
}
