package io.sabot.parser.error;

/** The kinds of errors, each with its SQLSTATE (five characters, as in SQL:2016 and PostgreSQL) and the side to blame. */
public enum ErrorCode {
    SYNTAX_ERROR("42601", Side.USER),
    UNDEFINED_COLUMN("42703", Side.USER),
    UNDEFINED_TABLE("42P01", Side.USER),
    UNDEFINED_FUNCTION("42883", Side.USER),
    UNDEFINED_OBJECT("42704", Side.USER),
    DUPLICATE_OBJECT("42710", Side.USER),
    AMBIGUOUS_COLUMN("42702", Side.USER),
    DATATYPE_MISMATCH("42804", Side.USER),
    INVALID_OPTION("42616", Side.USER),
    INVALID_DEFINITION("42P16", Side.USER),
    DEPENDENT_OBJECTS("2BP01", Side.USER),
    FEATURE_NOT_SUPPORTED("0A000", Side.USER),
    CARDINALITY_VIOLATION("21000", Side.USER),
    DATA_EXCEPTION("22000", Side.USER),
    STRING_TRUNCATION("22001", Side.USER),
    NUMERIC_OUT_OF_RANGE("22003", Side.USER),
    NULL_NOT_ALLOWED("22004", Side.USER),
    INVALID_DATETIME("22007", Side.USER),
    DIVISION_BY_ZERO("22012", Side.USER),
    INVALID_CAST("22018", Side.USER),
    INVALID_PARAMETER("22023", Side.USER),
    MALFORMED_RECORD("22P04", Side.USER),
    NOT_NULL_VIOLATION("23502", Side.USER),
    UNIQUE_VIOLATION("23505", Side.USER),
    INVALID_STATE("55000", Side.USER),
    OBJECT_IN_USE("55006", Side.USER),
    QUERY_CANCELLED("57014", Side.USER),
    CONNECTION_FAILURE("08001", Side.EXTERNAL),
    CONNECTION_LOST("08006", Side.EXTERNAL),
    IO_ERROR("58030", Side.EXTERNAL),
    UNDEFINED_FILE("58P01", Side.EXTERNAL),
    OUT_OF_MEMORY("53200", Side.RESOURCE),
    DISK_FULL("53100", Side.RESOURCE),
    TOO_MANY("53400", Side.RESOURCE),
    INTERNAL_ERROR("XX000", Side.INTERNAL);

    /** Who can mend an error. */
    public enum Side {
        /** The SQL text or the data is wrong: the user changes it. */
        USER,
        /** A broker, a disk, a network is not there: someone looks outside. */
        EXTERNAL,
        /** Memory, disk or a limit is used up. */
        RESOURCE,
        /** Sabot is wrong: the user reports it. */
        INTERNAL
    }

    private final String sqlState;
    private final Side side;

    ErrorCode(String sqlState, Side side) {
        this.sqlState = sqlState;
        this.side = side;
    }

    /** The five characters that JDBC gives as SQLState. */
    public String sqlState() {
        return sqlState;
    }

    /** Who can mend it. */
    public Side side() {
        return side;
    }
}
