package io.sabot.executor.expression;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;

/** The form in which values are computed with. */
enum Lane {
    /**
     * 8-byte integers: all whole numbers, DATE, TIME, TIMESTAMP, intervals, and DECIMAL of up to 18 digits as its unscaled
     * value.
     */
    LONG(8),
    /** 8-byte floating point: DOUBLE, and FLOAT with values rounded to it. */
    DOUBLE(8),
    /** 16-byte integers, low half first: DECIMAL of more than 18 digits as its unscaled value. */
    DECIMAL(16),
    /** A bitmap. */
    BOOLEAN(0),
    /** 16 bytes: the address of the first byte and the number of bytes. Character and byte strings. */
    TEXT(16),
    /** Rows of a vector of ROW, ARRAY, MAP, MULTISET or NULL type. */
    NESTED(-1);

    /** Digits that fit a decimal in {@link #LONG}. */
    static final int LONG_DIGITS = 18;

    private final int width;

    Lane(int width) {
        this.width = width;
    }

    /** Bytes from one value to the next; 0 for a bitmap, -1 for nested values. */
    int width() {
        return width;
    }

    /** Bytes that {@code rows} values take, rounded up to whole words. */
    long bytes(int rows) {
        return this == BOOLEAN ? Bits.bytes(rows) : (long) width * rows;
    }

    /** The lane of a type. */
    static Lane of(DataType type) {
        if (!(type instanceof AtomicType atomic)) {
            return NESTED;
        }
        return switch (atomic.kind()) {
            case TINYINT, SMALLINT, INT, BIGINT, DATE, TIME, TIMESTAMP, TIMESTAMP_LTZ -> LONG;
            case INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME -> LONG;
            case FLOAT, DOUBLE -> DOUBLE;
            case DECIMAL -> atomic.precision() <= LONG_DIGITS ? LONG : DECIMAL;
            case BOOLEAN -> BOOLEAN;
            case CHAR, VARCHAR, BINARY, VARBINARY -> TEXT;
            case NULL -> NESTED;
        };
    }
}
