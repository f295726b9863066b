package io.sabot.catalog.type;

/**
 * A type without element types.
 *
 * @param precision length of texts and byte strings, digits of DECIMAL, fraction digits of TIME and TIMESTAMP; 0 elsewhere
 * @param scale digits behind the point of DECIMAL; 0 elsewhere
 */
public record AtomicType(TypeKind kind, int precision, int scale, boolean nullable) implements DataType {
    /** Greatest length of a text or byte string, which is also that of STRING and BYTES. */
    public static final int MAX_LENGTH = Integer.MAX_VALUE;

    public static final AtomicType BOOLEAN = of(TypeKind.BOOLEAN);
    public static final AtomicType TINYINT = of(TypeKind.TINYINT);
    public static final AtomicType SMALLINT = of(TypeKind.SMALLINT);
    public static final AtomicType INT = of(TypeKind.INT);
    public static final AtomicType BIGINT = of(TypeKind.BIGINT);
    public static final AtomicType FLOAT = of(TypeKind.FLOAT);
    public static final AtomicType DOUBLE = of(TypeKind.DOUBLE);
    public static final AtomicType STRING = of(TypeKind.VARCHAR, MAX_LENGTH);
    public static final AtomicType BYTES = of(TypeKind.VARBINARY, MAX_LENGTH);
    public static final AtomicType DATE = of(TypeKind.DATE);

    /** A nullable type of this kind without precision. */
    public static AtomicType of(TypeKind kind) {
        return new AtomicType(kind, 0, 0, true);
    }

    /** A nullable type of this kind. */
    public static AtomicType of(TypeKind kind, int precision) {
        return new AtomicType(kind, precision, 0, true);
    }

    /** A nullable DECIMAL. */
    public static AtomicType decimal(int precision, int scale) {
        return new AtomicType(TypeKind.DECIMAL, precision, scale, true);
    }

    /** A nullable TIMESTAMP. */
    public static AtomicType timestamp(int precision) {
        return of(TypeKind.TIMESTAMP, precision);
    }

    /** A nullable TIMESTAMP_LTZ. */
    public static AtomicType timestampLtz(int precision) {
        return of(TypeKind.TIMESTAMP_LTZ, precision);
    }

    @Override
    public AtomicType withNullable(boolean newNullable) {
        return nullable == newNullable ? this : new AtomicType(kind, precision, scale, newNullable);
    }

    @Override
    public String name() {
        return switch (kind) {
            case DECIMAL -> "DECIMAL(" + precision + ", " + scale + ")";
            case CHAR -> "CHAR(" + precision + ")";
            case VARCHAR -> precision == MAX_LENGTH ? "STRING" : "VARCHAR(" + precision + ")";
            case BINARY -> "BINARY(" + precision + ")";
            case VARBINARY -> precision == MAX_LENGTH ? "BYTES" : "VARBINARY(" + precision + ")";
            case TIME -> "TIME(" + precision + ")";
            case TIMESTAMP -> "TIMESTAMP(" + precision + ")";
            case TIMESTAMP_LTZ -> "TIMESTAMP_LTZ(" + precision + ")";
            case INTERVAL_YEAR_MONTH -> "INTERVAL YEAR TO MONTH";
            case INTERVAL_DAY_TIME -> "INTERVAL DAY TO SECOND(3)";
            case BOOLEAN, TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, DATE, NULL -> kind.name();
        };
    }

    @Override
    public String toString() {
        return sql();
    }
}
