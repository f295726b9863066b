package io.sabot.server.avatica;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import java.sql.Types;

/** SQL types in JDBC's numbers. */
final class WireTypes {
    private static final int WIDE = 256;

    private WireTypes() {}

    /** The number under which values travel: VARCHAR for what only text can carry. */
    static int wireId(AtomicType type) {
        return switch (type.kind()) {
            case TIMESTAMP -> type.precision() <= 3 ? Types.TIMESTAMP : Types.VARCHAR;
            case INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME, NULL -> Types.VARCHAR;
            default -> jdbcId(type);
        };
    }

    /** The number that metadata calls tell. */
    static int jdbcId(DataType type) {
        if (type instanceof ArrayType) {
            return Types.ARRAY;
        }
        if (!(type instanceof AtomicType atomic)) {
            return Types.OTHER;
        }
        return switch (atomic.kind()) {
            case BOOLEAN -> Types.BOOLEAN;
            case TINYINT -> Types.TINYINT;
            case SMALLINT -> Types.SMALLINT;
            case INT -> Types.INTEGER;
            case BIGINT -> Types.BIGINT;
            case FLOAT -> Types.REAL;
            case DOUBLE -> Types.DOUBLE;
            case DECIMAL -> Types.DECIMAL;
            case CHAR -> Types.CHAR;
            case VARCHAR -> Types.VARCHAR;
            case BINARY -> Types.BINARY;
            case VARBINARY -> Types.VARBINARY;
            case DATE -> Types.DATE;
            case TIME -> Types.TIME;
            case TIMESTAMP -> Types.TIMESTAMP;
            case TIMESTAMP_LTZ -> Types.TIMESTAMP_WITH_TIMEZONE;
            case INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME -> Types.OTHER;
            case NULL -> Types.NULL;
        };
    }

    /** Digits or characters; of times the digits of a second. */
    static int precision(AtomicType type) {
        return switch (type.kind()) {
            case TINYINT -> 3;
            case SMALLINT -> 5;
            case INT -> 10;
            case BIGINT -> 19;
            case FLOAT -> 7;
            case DOUBLE -> 15;
            case DATE -> 10;
            case BOOLEAN -> 1;
            case DECIMAL, CHAR, VARCHAR, BINARY, VARBINARY, TIME, TIMESTAMP, TIMESTAMP_LTZ -> type.precision();
            case INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME, NULL -> 0;
        };
    }

    /** Characters that a value takes when it is printed, or a guess. */
    static int displaySize(DataType type) {
        if (!(type instanceof AtomicType atomic)) {
            return WIDE;
        }
        return switch (atomic.kind()) {
            case BOOLEAN -> 5;
            case TINYINT, SMALLINT, INT, BIGINT -> precision(atomic) + 1;
            case FLOAT -> 15;
            case DOUBLE -> 24;
            case DECIMAL -> atomic.precision() + 3;
            case CHAR, BINARY -> atomic.precision();
            case VARCHAR, VARBINARY -> Math.min(WIDE, atomic.precision());
            case DATE -> 10;
            case TIME -> 8 + fraction(atomic);
            case TIMESTAMP, TIMESTAMP_LTZ -> 19 + fraction(atomic);
            case INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME -> 20;
            case NULL -> 4;
        };
    }

    private static int fraction(AtomicType type) {
        return type.precision() == 0 ? 0 : type.precision() + 1;
    }
}
