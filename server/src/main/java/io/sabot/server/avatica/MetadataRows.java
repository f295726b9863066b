package io.sabot.server.avatica;

import java.sql.DatabaseMetaData;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.Service.ResultSetResponse;
import org.jspecify.annotations.Nullable;

/** A small result that is made at once: columns given as {@code NAME}, {@code NAME:int} or {@code NAME:short}, and rows. */
final class MetadataRows {
    private final List<ColumnMetaData> columns = new ArrayList<>();
    private final List<Object> rows = new ArrayList<>();

    MetadataRows(String... specs) {
        for (String spec : specs) {
            columns.add(column(columns.size(), spec));
        }
    }

    static MetadataRows warnings(List<String> warnings) {
        MetadataRows rows = new MetadataRows("WARNING");
        warnings.forEach(rows::add);
        return rows;
    }

    MetadataRows add(@Nullable Object... values) {
        assert values.length == columns.size();
        rows.add(Arrays.asList(values));
        return this;
    }

    ResultSetResponse response(String connectionId, int statementId) {
        Meta.Signature signature =
                Meta.Signature.create(columns, "", List.of(), Meta.CursorFactory.LIST, Meta.StatementType.SELECT);
        return new ResultSetResponse(
                connectionId, statementId, true, signature, Meta.Frame.create(0, true, rows), -1, null);
    }

    private static ColumnMetaData column(int ordinal, String spec) {
        int colon = spec.indexOf(':');
        String name = colon < 0 ? spec : spec.substring(0, colon);
        ColumnMetaData.AvaticaType type = switch (colon < 0 ? "text" : spec.substring(colon + 1)) {
            case "int" -> ColumnMetaData.scalar(Types.INTEGER, "INTEGER", Rep.INTEGER);
            case "short" -> ColumnMetaData.scalar(Types.SMALLINT, "SMALLINT", Rep.SHORT);
            case "boolean" -> ColumnMetaData.scalar(Types.BOOLEAN, "BOOLEAN", Rep.BOOLEAN);
            default -> ColumnMetaData.scalar(Types.VARCHAR, "STRING", Rep.STRING);
        };
        return new ColumnMetaData(
                ordinal,
                false,
                true,
                true,
                false,
                DatabaseMetaData.columnNullable,
                true,
                40,
                name,
                name,
                "",
                0,
                0,
                "",
                "",
                type,
                true,
                false,
                false,
                type.columnClassName());
    }
}
