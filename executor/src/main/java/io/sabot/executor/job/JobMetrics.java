package io.sabot.executor.job;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counters of a run, by operator and name; all tasks of an operator share them. Safe for any thread. */
public final class JobMetrics {
    private final Map<String, Map<String, LongAdder>> counters = new ConcurrentHashMap<>();

    LongAdder counter(String operator, String name) {
        return counters.computeIfAbsent(operator, key -> new ConcurrentHashMap<>())
                .computeIfAbsent(name, key -> new LongAdder());
    }

    /** Present value of a counter; 0 when there is none. */
    public long value(String operator, String name) {
        LongAdder counter = counters.getOrDefault(operator, Map.of()).get(name);
        return counter == null ? 0 : counter.sum();
    }

    /** Sum of a counter over all operators. */
    public long total(String name) {
        return counters.values().stream()
                .mapToLong(byName -> sum(byName.get(name)))
                .sum();
    }

    private static long sum(@Nullable LongAdder counter) {
        return counter == null ? 0 : counter.sum();
    }

    /** Present values, by operator and name. */
    public Map<String, Map<String, Long>> snapshot() {
        Map<String, Map<String, Long>> values = new TreeMap<>();
        counters.forEach((operator, byName) -> {
            Map<String, Long> operatorValues = new TreeMap<>();
            byName.forEach((name, counter) -> operatorValues.put(name, counter.sum()));
            values.put(operator, operatorValues);
        });
        return values;
    }
}
