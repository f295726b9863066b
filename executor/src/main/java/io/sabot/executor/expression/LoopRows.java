package io.sabot.executor.expression;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.MultisetType;
import io.sabot.catalog.type.RowType;
import io.sabot.executor.batch.Storage;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * What a generated loop reads and writes. Public only because generated classes live in a package of their own.
 *
 * <p>The primitive accessors are for columns that are never NULL.
 */
public final class LoopRows {
    private final Rows rows;
    private final Value[] values;
    private final DataType[] types;
    private final DataType result;
    private int row;

    LoopRows(Rows rows, Value[] values, DataType[] types, DataType result) {
        this.rows = rows;
        this.values = values;
        this.types = types;
        this.result = result;
    }

    /** Number of rows. */
    public int count() {
        return rows.count();
    }

    /** Row that is worked on. */
    int row() {
        return row;
    }

    /** Goes to a row; rows come in ascending order. */
    public int at(int newRow) {
        row = newRow;
        return newRow;
    }

    /** A value as an object; null for NULL. */
    public @Nullable Object get(int column) {
        return Boxes.read(values[column], row, types[column]);
    }

    /** A BOOLEAN. */
    public boolean getBoolean(int column) {
        return values[column].getBoolean(row);
    }

    /** A TINYINT. */
    public byte getByte(int column) {
        return (byte) values[column].getLong(row);
    }

    /** A SMALLINT. */
    public short getShort(int column) {
        return (short) values[column].getLong(row);
    }

    /** An INT, DATE, TIME or interval of months. */
    public int getInt(int column) {
        return (int) values[column].getLong(row);
    }

    /** A BIGINT, TIMESTAMP in milliseconds or interval of milliseconds. */
    public long getLong(int column) {
        return values[column].getLong(row);
    }

    /** A FLOAT. */
    public float getFloat(int column) {
        return (float) values[column].getDouble(row);
    }

    /** A DOUBLE. */
    public double getDouble(int column) {
        return values[column].getDouble(row);
    }

    /** Sets the result of the row; null stands for NULL. */
    public void set(@Nullable Object value) {
        Boxes.write(rows, row, result, value);
    }

    /** Whether a type keeps digits that milliseconds lose. */
    static boolean losesDigits(RelDataType type) {
        boolean timestamp = type.getSqlTypeName() == SqlTypeName.TIMESTAMP
                || type.getSqlTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
        return timestamp && Storage.unitsPerMilli(type.getPrecision()) > 1;
    }

    /** Whether values of a type, or in it, keep digits that milliseconds lose. */
    static boolean losesDigits(DataType type) {
        if (type instanceof AtomicType atomic) {
            return atomic.kind().isTimestamp() && Storage.unitsPerMilli(atomic.precision()) > 1;
        }
        if (type instanceof RowType row) {
            return row.fields().stream().anyMatch(field -> losesDigits(field.type()));
        }
        if (type instanceof MapType map) {
            return losesDigits(map.key()) || losesDigits(map.value());
        }
        return losesDigits(type instanceof ArrayType array ? array.element() : ((MultisetType) type).element());
    }
}
