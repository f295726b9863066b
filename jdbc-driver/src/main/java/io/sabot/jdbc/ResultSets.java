package io.sabot.jdbc;

import org.apache.calcite.avatica.AvaticaResultSet;
import org.jspecify.annotations.Nullable;

/** Closing results that may not be there. */
final class ResultSets {
    private ResultSets() {}

    static void close(@Nullable AvaticaResultSet open) {
        if (open != null) {
            open.close();
        }
    }
}
