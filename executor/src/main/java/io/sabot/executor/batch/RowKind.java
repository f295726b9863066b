package io.sabot.executor.batch;

/**
 * What a row of a changelog does.
 *
 * <p>The code is what a batch stores: bit 0 is the sign (1 = takes a row away), bit 1 says that the row is half of an
 * update. Operators look at the sign only; the update bit is advice that {@code ChangelogFold} makes true at the edge.
 */
public enum RowKind {
    INSERT("+I", 0),
    DELETE("-D", 1),
    UPDATE_AFTER("+U", 2),
    UPDATE_BEFORE("-U", 3);

    private static final RowKind[] BY_CODE = values();

    private final String symbol;
    private final byte code;

    RowKind(String symbol, int code) {
        this.symbol = symbol;
        this.code = (byte) code;
    }

    /** {@code +I}, {@code -U}, {@code +U} or {@code -D}. */
    public String symbol() {
        return symbol;
    }

    /** The byte that stands for it in a batch. */
    public byte code() {
        return code;
    }

    /** The kind of a code. */
    public static RowKind of(byte code) {
        return BY_CODE[code];
    }

    /** +1 for a row that comes, -1 for one that goes. */
    public static int sign(byte code) {
        return 1 - ((code & 1) << 1);
    }
}
