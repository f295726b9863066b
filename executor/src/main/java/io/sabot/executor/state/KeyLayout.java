package io.sabot.executor.state;

/**
 * The shape of a key in canonical encoding: how many bytes follow its first byte.
 *
 * <pre>
 *   flags (1 byte per 8 columns, bit = NULL) │ column 0 │ column 1 │ …
 *
 *   BOOLEAN 1 · TINYINT 1 · SMALLINT 2 · INT, DATE, TIME 4 · BIGINT, TIMESTAMP 8 · FLOAT 4 · DOUBLE 8 · DECIMAL 16
 *   texts and nested values: length (4) and bytes; the last column of a key leaves the length out
 *   NULL: a fixed column is zeros, others are empty
 * </pre>
 *
 * <p>Numbers are little-endian; -0.0 is 0.0 and every NaN the same; decimals have the column's scale. Comparing values of
 * different types is the planner's matter: it casts both sides to one type first.
 *
 * @param bodyBytes bytes behind the first flag byte; -1 when keys differ in length
 */
public record KeyLayout(int bodyBytes) {
    /** Keys of different lengths. */
    public static final KeyLayout VARIABLE = new KeyLayout(-1);

    /** Bytes behind the first flag byte, the same for each key. */
    public static KeyLayout fixed(int bodyBytes) {
        if (bodyBytes < 0) {
            throw new IllegalArgumentException("negative width " + bodyBytes);
        }
        return new KeyLayout(bodyBytes);
    }

    /** Whether all keys have the same length. */
    public boolean isFixed() {
        return bodyBytes >= 0;
    }

    /** 8-byte words that hold the body of a fixed key. */
    int bodyWords() {
        return (bodyBytes + 7) >>> 3;
    }
}
