package io.sabot.connectors.csv;

import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.Schema;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;

/**
 * Where a column of a scan stands in a record.
 *
 * @param field position of the field
 * @param inner position inside the field when the column is a field of a row, else -1
 * @param required whether it must not be NULL
 */
record CsvColumn(String label, DataType type, int field, int inner, boolean required) {
    static CsvColumn of(ScanColumn column, Schema physical) {
        if (!(column instanceof ScanColumn.Physical path)) {
            throw new IllegalArgumentException("format csv has no metadata column " + column.label());
        }
        int field = physical.indexOf(path.path().get(0)).orElseThrow();
        DataType outer = physical.type(field);
        if (path.path().size() == 1) {
            return new CsvColumn(column.label(), column.type(), field, -1, !outer.nullable());
        }
        int inner = 0;
        for (Field candidate : ((RowType) outer).fields()) {
            if (candidate.name().equals(path.path().get(1))) {
                return new CsvColumn(
                        column.label(),
                        column.type(),
                        field,
                        inner,
                        !outer.nullable() && !candidate.type().nullable());
            }
            inner++;
        }
        throw new IllegalArgumentException("no field " + path.path());
    }

    /** Refuses what a field cannot hold: maps, and anything but plain values inside arrays and rows. */
    static void check(Schema schema) {
        for (Field field : schema.fields()) {
            DataType type = field.type();
            boolean fits = type instanceof AtomicType
                    || (type instanceof ArrayType array && array.element() instanceof AtomicType)
                    || (type instanceof RowType row
                            && row.fields().stream().allMatch(inner -> inner.type() instanceof AtomicType));
            if (!fits) {
                throw SabotException.of(
                                ErrorCode.FEATURE_NOT_SUPPORTED,
                                "format 'csv' cannot hold column '" + field.name() + "' of type " + type.name())
                        .hint("use format 'json', or plain values, arrays of them and rows of them");
            }
        }
    }
}
