package io.sabot.shell.prompt;

import io.sabot.shell.run.EngineConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Names of tables and columns for completion, asked for when first wanted and kept until {@link #forget}. An engine that is
 * still starting, or that does not answer, has none: completion never waits and never fails.
 */
final class CatalogNames {
    private final EngineConnection engine;
    private @Nullable List<String> tables;
    private final Map<String, List<String>> columns = new TreeMap<>();

    CatalogNames(EngineConnection engine) {
        this.engine = engine;
    }

    /** Something in the catalog may have changed. */
    void forget() {
        tables = null;
        columns.clear();
    }

    List<String> tables() {
        List<String> known = tables;
        if (known == null) {
            known = tables = read(null, "TABLE_NAME");
        }
        return known;
    }

    List<String> columns(String table) {
        return columns.computeIfAbsent(table, name -> read(name, "COLUMN_NAME"));
    }

    private List<String> read(@Nullable String table, String label) {
        Connection connection = engine.ifOpen();
        if (connection == null) {
            return List.of();
        }
        var names = new TreeSet<String>();
        try {
            var metaData = connection.getMetaData();
            try (var rows = table == null
                    ? metaData.getTables(null, null, "%", null)
                    : metaData.getColumns(null, null, table, "%")) {
                while (rows.next()) {
                    names.add(rows.getString(label));
                }
            }
        } catch (SQLException e) {
            return List.of();
        }
        return List.copyOf(names);
    }
}
