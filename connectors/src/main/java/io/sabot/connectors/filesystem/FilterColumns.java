package io.sabot.connectors.filesystem;

import io.sabot.executor.connector.ScanFilter;

/** A filter over columns in another order. */
final class FilterColumns {
    private FilterColumns() {}

    /** The filter with column {@code i} called {@code order[i]}. */
    static ScanFilter move(ScanFilter filter, int[] order) {
        return new ScanFilter(
                filter.comparisons().stream()
                        .map(comparison -> new ScanFilter.Comparison(
                                order[comparison.column()], comparison.operator(), comparison.constant()))
                        .toList(),
                filter.needed().stream().map(column -> order[column]).toList(),
                filter.dropRejected());
    }
}
