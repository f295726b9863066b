package io.sabot.shell.output;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A column of a result.
 *
 * @param typeName the SQL type as the engine names it
 */
public record Column(String name, ValueKind kind, String typeName) {

    private static final Pattern NESTED = Pattern.compile("(ROW|MAP|MULTISET|ARRAY)\\b.*", Pattern.DOTALL);

    /** Whether values are JSON already: nested ones cross JDBC as text of that form, but for plain arrays. */
    boolean isJsonText() {
        return kind == ValueKind.TEXT && NESTED.matcher(typeName).matches();
    }

    public static List<Column> of(ResultSetMetaData metaData) throws SQLException {
        List<Column> columns = new ArrayList<>();
        for (int i = 1; i <= metaData.getColumnCount(); i++) {
            String typeName = metaData.getColumnTypeName(i);
            columns.add(new Column(
                    metaData.getColumnLabel(i),
                    ValueKind.of(metaData.getColumnType(i)),
                    typeName == null ? "" : typeName));
        }
        return columns;
    }
}
