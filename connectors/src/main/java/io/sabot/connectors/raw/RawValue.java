package io.sabot.connectors.raw;

import io.sabot.catalog.type.TypeKind;
import io.sabot.connectors.record.FieldProblem;
import io.sabot.connectors.text.Utf8;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.connector.EncodedRecords;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** A value of one type as bytes. */
final class RawValue {
    private final TypeKind kind;
    private final Charset charset;
    private final boolean bigEndian;

    RawValue(TypeKind kind, Charset charset, boolean bigEndian) {
        this.kind = kind;
        this.charset = charset;
        this.bigEndian = bigEndian;
    }

    static boolean supports(TypeKind kind) {
        return switch (kind) {
            case BOOLEAN, TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, CHAR, VARCHAR, BINARY, VARBINARY -> true;
            case DECIMAL, DATE, TIME, TIMESTAMP, TIMESTAMP_LTZ, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME, NULL -> false;
        };
    }

    /** Bytes of a value; 0 where they differ. */
    private int width() {
        return switch (kind) {
            case BOOLEAN, TINYINT -> 1;
            case SMALLINT -> 2;
            case INT, FLOAT -> 4;
            case BIGINT, DOUBLE -> 8;
            default -> 0;
        };
    }

    void read(long start, int length, ColumnBuilder[] targets) throws FieldProblem {
        int width = width();
        if (width > 0 && width != length) {
            throw new FieldProblem("", "a " + kind + " has " + width + " bytes, the record has " + length);
        }
        if (targets.length == 0) {
            return;
        }
        ColumnBuilder target = targets[0];
        switch (kind) {
            case BOOLEAN -> target.appendBoolean(Memory.getByte(start) != 0);
            case TINYINT -> target.appendByte(Memory.getByte(start));
            case SMALLINT -> target.appendShort((short) number(start, width));
            case INT -> target.appendInt((int) number(start, width));
            case FLOAT -> target.appendFloat(Float.intBitsToFloat((int) number(start, width)));
            case BIGINT -> target.appendLong(number(start, width));
            case DOUBLE -> target.appendDouble(Double.longBitsToDouble(number(start, width)));
            case BINARY, VARBINARY -> target.appendBytes(start, length);
            default -> readText(start, length, target);
        }
    }

    private void readText(long start, int length, ColumnBuilder target) {
        if (charset.equals(StandardCharsets.UTF_8) && Utf8.isValid(start, length)) {
            target.appendBytes(start, length);
            return;
        }
        byte[] bytes = new byte[length];
        Memory.copy(start, bytes, 0, length);
        target.appendText(new String(bytes, charset));
    }

    private long number(long start, int width) {
        long value = 0;
        for (int i = 0; i < width; i++) {
            value = value << 8 | (Memory.getByte(start + (bigEndian ? i : width - 1 - i)) & 0xFF);
        }
        return value;
    }

    void write(Column column, int row, EncodedRecords target) {
        switch (kind) {
            case BOOLEAN -> write(column.getBoolean(row) ? 1 : 0, 1, target);
            case TINYINT -> write(Memory.getByte(column.values() + row), 1, target);
            case SMALLINT -> write(Memory.getShort(column.values() + ((long) row << 1)), 2, target);
            case INT, FLOAT -> write(Memory.getInt(column.values() + ((long) row << 2)), 4, target);
            case BIGINT, DOUBLE -> write(Memory.getLong(column.values() + ((long) row << 3)), 8, target);
            default -> writeBytes(column, row, target);
        }
    }

    private void writeBytes(Column column, int row, EncodedRecords target) {
        byte[] bytes = new byte[column.length(row)];
        Memory.copy(column.start(row), bytes, 0, bytes.length);
        if (kind.isText() && !charset.equals(StandardCharsets.UTF_8)) {
            bytes = new String(bytes, StandardCharsets.UTF_8).getBytes(charset);
        }
        target.append(bytes);
    }

    private void write(long value, int width, EncodedRecords target) {
        int at = target.length();
        byte[] bytes = target.ensure(width);
        for (int i = 0; i < width; i++) {
            bytes[at + i] = (byte) (value >>> 8 * (bigEndian ? width - 1 - i : i));
        }
        target.setLength(at + width);
    }
}
