package io.sabot.catalog.type;

/** The kinds of types that have no element types. */
public enum TypeKind {
    BOOLEAN,
    TINYINT,
    SMALLINT,
    INT,
    BIGINT,
    /** 4 bytes, IEEE 754 binary32. */
    FLOAT,
    DOUBLE,
    DECIMAL,
    CHAR,
    /** {@code STRING} is {@code VARCHAR} of the greatest length. */
    VARCHAR,
    BINARY,
    /** {@code BYTES} is {@code VARBINARY} of the greatest length. */
    VARBINARY,
    DATE,
    TIME,
    /** Without time zone. */
    TIMESTAMP,
    /** With local time zone: an instant. */
    TIMESTAMP_LTZ,
    /** Months; precision and scale unused. */
    INTERVAL_YEAR_MONTH,
    /** Milliseconds; precision and scale unused. */
    INTERVAL_DAY_TIME,
    /** The type of a bare {@code NULL}. */
    NULL;

    /** Whether values are numbers. */
    public boolean isNumeric() {
        return isInteger() || this == FLOAT || this == DOUBLE || this == DECIMAL;
    }

    /** Whether values are whole numbers of fixed width. */
    public boolean isInteger() {
        return this == TINYINT || this == SMALLINT || this == INT || this == BIGINT;
    }

    /** Whether values are text. */
    public boolean isText() {
        return this == CHAR || this == VARCHAR;
    }

    /** Whether values are byte strings. */
    public boolean isBinary() {
        return this == BINARY || this == VARBINARY;
    }

    /** Whether values are timestamps, with or without a time zone. */
    public boolean isTimestamp() {
        return this == TIMESTAMP || this == TIMESTAMP_LTZ;
    }
}
