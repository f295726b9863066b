package io.sabot.planner.size;

import io.sabot.catalog.Table;
import java.util.OptionalLong;

/** Tells how many rows tables have; asked at planning, so it must be quick. */
@FunctionalInterface
public interface TableSizes {
    /** Knows no table. */
    TableSizes UNKNOWN = table -> OptionalLong.empty();

    /** About as many as a scan that ends now would give; empty when that is not known. */
    OptionalLong rows(Table table);

    /** As {@link #rows}; NaN when it is not known. */
    default double estimate(Table table) {
        OptionalLong rows = rows(table);
        return rows.isPresent() ? rows.getAsLong() : Double.NaN;
    }
}
