package io.sabot.executor.connector;

import java.util.List;

/**
 * Conjuncts that a source may test while it decodes.
 *
 * @param comparisons all must hold
 * @param needed columns of the scan that must be decoded also in rows that fail, since time is computed from them
 * @param dropRejected whether rows that fail may be left out; false when their time still counts
 */
public record ScanFilter(List<Comparison> comparisons, List<Integer> needed, boolean dropRejected) {
    /** Tests nothing. */
    public static final ScanFilter NONE = new ScanFilter(List.of(), List.of(), false);

    public ScanFilter {
        comparisons = List.copyOf(comparisons);
        needed = List.copyOf(needed);
    }

    /** Comparisons of a column with a constant. */
    public enum Operator {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL
    }

    /**
     * {@code column operator constant}; false when the column is NULL.
     *
     * @param constant a {@link Long} for whole numbers, a {@link String} for texts, a {@link Boolean} for BOOLEAN
     */
    public record Comparison(int column, Operator operator, Object constant) {}
}
