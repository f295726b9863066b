package io.sabot.sqltests;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HexFormat;

/** One value of a result as text in which NULL, an empty text and blanks can be told apart. */
final class CellText {
    private CellText() {}

    static String of(ResultSet rows, int column, int jdbcType) throws SQLException {
        String text = switch (jdbcType) {
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> bytes(rows.getBytes(column));
            case Types.DECIMAL, Types.NUMERIC -> decimal(rows.getBigDecimal(column));
            case Types.BOOLEAN -> Boolean.toString(rows.getBoolean(column));
            case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR -> quotedIfNeeded(rows.getString(column));
            default -> plain(rows.getString(column));
        };
        return rows.wasNull() ? "NULL" : text;
    }

    private static String plain(String text) {
        return text == null ? "NULL" : text;
    }

    private static String bytes(byte[] bytes) {
        return bytes == null ? "NULL" : "x'" + HexFormat.of().formatHex(bytes) + "'";
    }

    private static String decimal(BigDecimal decimal) {
        return decimal == null ? "NULL" : decimal.toPlainString();
    }

    private static String quotedIfNeeded(String text) {
        if (text == null) {
            return "NULL";
        }
        String visible = text.replace("\\", "\\\\")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
        boolean isPlain = !visible.isEmpty()
                && visible.equals(visible.strip())
                && !visible.equals("NULL")
                && !visible.startsWith("'");
        return isPlain ? visible : "'" + visible + "'";
    }
}
