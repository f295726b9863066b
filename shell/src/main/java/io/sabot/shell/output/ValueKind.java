package io.sabot.shell.output;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** How values of a column are read from JDBC and set in a table. */
public enum ValueKind {
    BOOLEAN(5, false),
    INTEGER(11, true),
    LONG(14, true),
    FLOAT(12, true),
    DOUBLE(14, true),
    DECIMAL(16, true),
    DATE(10, false),
    TIME(12, false),
    TIMESTAMP(23, false),
    BINARY(20, false),
    ARRAY(24, false),
    ROW(24, false),
    TEXT(20, false);

    private final int usualWidth;
    private final boolean isNumber;

    ValueKind(int usualWidth, boolean isNumber) {
        this.usualWidth = usualWidth;
        this.isNumber = isNumber;
    }

    /** Columns wide enough for most values: what a table uses whose rows are not there yet. */
    int usualWidth() {
        return usualWidth;
    }

    boolean isNumber() {
        return isNumber;
    }

    static ValueKind of(int jdbcType) {
        return switch (jdbcType) {
            case Types.BOOLEAN, Types.BIT -> BOOLEAN;
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER -> INTEGER;
            case Types.BIGINT -> LONG;
            case Types.REAL, Types.FLOAT -> FLOAT;
            case Types.DOUBLE -> DOUBLE;
            case Types.DECIMAL, Types.NUMERIC -> DECIMAL;
            case Types.DATE -> DATE;
            case Types.TIME, Types.TIME_WITH_TIMEZONE -> TIME;
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> TIMESTAMP;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> BINARY;
            case Types.ARRAY -> ARRAY;
            case Types.STRUCT -> ROW;
            default -> TEXT;
        };
    }

    /**
     * Reads one value: a Boolean, Number, String, byte[], List (of an array's or row's values) or null. What has no plain
     * Java form here (dates, times) comes as the driver's text.
     */
    public @Nullable Object read(ResultSet rows, int column) throws SQLException {
        Object value = switch (this) {
            case BOOLEAN -> rows.getBoolean(column);
            case INTEGER, LONG -> rows.getLong(column);
            case FLOAT -> rows.getFloat(column);
            case DOUBLE -> rows.getDouble(column);
            case DECIMAL -> rows.getBigDecimal(column);
            case BINARY -> rows.getBytes(column);
            case ARRAY, ROW -> NestedValue.plain(rows.getObject(column));
            case DATE, TIME, TIMESTAMP, TEXT -> rows.getString(column);
        };
        return rows.wasNull() ? null : value;
    }
}
