package io.sabot.sqltests.function;

import io.sabot.function.AggregateFunction;
import io.sabot.function.DataTypeHint;
import io.sabot.function.FunctionContext;
import io.sabot.function.FunctionHint;
import io.sabot.function.Row;
import io.sabot.function.TableAggregateFunction;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Aggregates that a user could have written. */
@SuppressWarnings("SameNameButDifferent") // each function has its State
public final class TestAggregates {
    private TestAggregates() {}

    /** Sum and number of values. */
    public static class Sum {
        public long sum;
        public int count;
        public @Nullable String last;
    }

    /** A mean with weights; takes back and merges. */
    public static class WeightedMean extends AggregateFunction<Double, Sum> {
        @Override
        public Sum createAccumulator() {
            return new Sum();
        }

        @Override
        public @Nullable Double getValue(Sum accumulator) {
            return accumulator.count == 0 ? null : (double) accumulator.sum / accumulator.count;
        }

        public void accumulate(Sum accumulator, Long value, Integer weight) {
            accumulator.sum += value * weight;
            accumulator.count += weight;
        }

        public void retract(Sum accumulator, Long value, Integer weight) {
            accumulator.sum -= value * weight;
            accumulator.count -= weight;
        }

        public void merge(Sum accumulator, Iterable<Sum> others) {
            for (Sum other : others) {
                accumulator.sum += other.sum;
                accumulator.count += other.count;
            }
        }

        public void resetAccumulator(Sum accumulator) {
            accumulator.sum = 0;
            accumulator.count = 0;
        }
    }

    /** Only adds: rows cannot be taken back. */
    public static class Longest extends AggregateFunction<String, Longest.State> {
        /** The longest text. */
        public static class State {
            public @Nullable String text;
        }

        @Override
        public State createAccumulator() {
            return new State();
        }

        @Override
        public @Nullable String getValue(State accumulator) {
            return accumulator.text;
        }

        public void accumulate(State accumulator, @Nullable String text) {
            if (text != null && (accumulator.text == null || text.length() > accumulator.text.length())) {
                accumulator.text = text;
            }
        }

        public void merge(State accumulator, Iterable<State> others) {
            for (State other : others) {
                accumulate(accumulator, other.text);
            }
        }
    }

    /** Keeps all values in a list; cannot be merged. */
    public static class Median extends AggregateFunction<Double, Median.State> {
        /** All values. */
        public static class State {
            public List<Double> values = new ArrayList<>();
        }

        @Override
        public State createAccumulator() {
            return new State();
        }

        @Override
        public @Nullable Double getValue(State accumulator) {
            List<Double> sorted = new ArrayList<>(accumulator.values);
            Collections.sort(sorted);
            return sorted.isEmpty() ? null : sorted.get((sorted.size() - 1) / 2);
        }

        public void accumulate(State accumulator, @Nullable Double value) {
            if (value != null) {
                accumulator.values.add(value);
            }
        }

        public void retract(State accumulator, @Nullable Double value) {
            accumulator.values.remove(value);
        }
    }

    /** How often each text came, NULL too; a map in the accumulator. */
    public static class Tally extends AggregateFunction<String, Tally.State> {
        /** Numbers by text. */
        public static class State {
            public Map<String, Integer> counts = new HashMap<>();
            public int nulls;
        }

        @Override
        public State createAccumulator() {
            return new State();
        }

        @Override
        public String getValue(State accumulator) {
            return new TreeMap<>(accumulator.counts) + "/" + accumulator.nulls;
        }

        public void accumulate(State accumulator, @Nullable String text) {
            add(accumulator, text, 1);
        }

        public void retract(State accumulator, @Nullable String text) {
            add(accumulator, text, -1);
        }

        public void merge(State accumulator, Iterable<State> others) {
            for (State other : others) {
                other.counts.forEach((text, count) -> add(accumulator, text, count));
                accumulator.nulls += other.nulls;
            }
        }

        private static void add(State accumulator, @Nullable String text, int count) {
            if (text == null) {
                accumulator.nulls += count;
                return;
            }
            int now = accumulator.counts.getOrDefault(text, 0) + count;
            if (now == 0) {
                accumulator.counts.remove(text);
            } else {
                accumulator.counts.put(text, now);
            }
        }
    }

    /** Types by hints; the accumulator is a row. */
    @FunctionHint(
            accumulator = @DataTypeHint("ROW<total DECIMAL(20, 4), latest TIMESTAMP(3), n INT>"),
            output = @DataTypeHint("ROW<total DECIMAL(20, 4), latest TIMESTAMP(3), n INT>"))
    public static class Summary extends AggregateFunction<Row, Row> {
        @Override
        public Row createAccumulator() {
            return Row.of(new BigDecimal("0.0000"), null, 0);
        }

        @Override
        public Row getValue(Row accumulator) {
            return Row.of(accumulator.getField(0), accumulator.getField(1), accumulator.getField(2));
        }

        public void accumulate(
                Row accumulator,
                @DataTypeHint("DECIMAL(10, 2)") @Nullable BigDecimal value,
                @DataTypeHint("TIMESTAMP(3)") @Nullable LocalDateTime time) {
            BigDecimal total = accumulator.<BigDecimal>getFieldAs(0);
            LocalDateTime latest = accumulator.<LocalDateTime>getFieldAs(1);
            Integer n = accumulator.<Integer>getFieldAs(2);
            accumulator.setField(0, value == null || total == null ? total : total.add(value));
            accumulator.setField(1, time != null && (latest == null || time.isAfter(latest)) ? time : latest);
            accumulator.setField(2, n == null ? 1 : n + 1);
        }
    }

    /** Several methods; private fields with an accumulator of a class above. */
    public static class Describe extends AggregateFunction<String, Describe.State> {
        /** Kind and number. */
        public static class State {
            public String kind = "none";
            public long[] counts = new long[2];
        }

        @Override
        public State createAccumulator() {
            return new State();
        }

        @Override
        public String getValue(State accumulator) {
            return accumulator.kind + " " + accumulator.counts[0] + " " + accumulator.counts[1];
        }

        public void accumulate(State accumulator, Integer value) {
            accumulator.kind = "int";
            accumulator.counts[0] += value;
        }

        public void accumulate(State accumulator, String value) {
            accumulator.kind = "string";
            accumulator.counts[1] += value.length();
        }

        public void accumulate(State accumulator, Double... values) {
            accumulator.kind = "doubles";
            accumulator.counts[0] += values.length;
        }
    }

    /** No arguments, and what open made. */
    public static class Rows extends AggregateFunction<Long, Sum> {
        private long step;

        @Override
        public void open(FunctionContext context) {
            step = 10;
        }

        @Override
        public Sum createAccumulator() {
            return new Sum();
        }

        @Override
        public Long getValue(Sum accumulator) {
            return accumulator.sum;
        }

        public void accumulate(Sum accumulator) {
            accumulator.sum += step;
        }

        public void retract(Sum accumulator) {
            accumulator.sum -= step;
        }
    }

    /** Fails for some rows. */
    public static class Picky extends WeightedMean {
        @Override
        public void accumulate(Sum accumulator, Long value, Integer weight) {
            if (weight < 0) {
                throw new IllegalArgumentException("a weight below 0");
            }
            super.accumulate(accumulator, value, weight);
        }
    }

    /** Not the same each time. */
    public static class Unsteady extends Rows {
        @Override
        public boolean isDeterministic() {
            return false;
        }
    }

    /** Primitive parameters. */
    public static class Primitive extends AggregateFunction<Long, Sum> {
        @Override
        public Sum createAccumulator() {
            return new Sum();
        }

        @Override
        public Long getValue(Sum accumulator) {
            return accumulator.sum;
        }

        public void accumulate(Sum accumulator, long value) {
            accumulator.sum += value;
        }
    }

    /** A plain class that names none of the classes for functions. */
    public static class Plain {
        public long[] createAccumulator() {
            return new long[1];
        }

        public Long getValue(long[] accumulator) {
            return accumulator[0];
        }

        public void accumulate(long[] accumulator, Integer value) {
            accumulator[0] += value;
        }
    }

    /** An accumulator that cannot be kept. */
    public static class OfThreads extends AggregateFunction<Long, OfThreads.State> {
        /** No value. */
        public static class State {
            public @Nullable Thread thread;
        }

        @Override
        public State createAccumulator() {
            return new State();
        }

        @Override
        public Long getValue(State accumulator) {
            return 0L;
        }

        public void accumulate(State accumulator, Long value) {}
    }

    /** An accumulator that contains itself. */
    public static class OfItself extends AggregateFunction<Long, OfItself.State> {
        /** A list by hand. */
        public static class State {
            public @Nullable State next;
        }

        @Override
        public State createAccumulator() {
            return new State();
        }

        @Override
        public Long getValue(State accumulator) {
            return 0L;
        }

        public void accumulate(State accumulator, Long value) {}
    }

    /** Gives several rows. */
    public static class TopTwo extends TableAggregateFunction<Integer, Sum> {
        @Override
        public Sum createAccumulator() {
            return new Sum();
        }

        public void accumulate(Sum accumulator, Integer value) {
            accumulator.sum += value;
        }
    }
}
