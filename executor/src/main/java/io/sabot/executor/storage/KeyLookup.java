package io.sabot.executor.storage;

import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.catalog.type.TypeKind;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.connector.ScanFilter;
import io.sabot.executor.connector.ScanSpec;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Finds the one key that a scan of a keyed table asks for, where its conditions fix every column of the key. */
final class KeyLookup {
    private KeyLookup() {}

    /** A row with the key columns, owned by the caller; null when more than one row may be asked for. */
    static @Nullable Batch key(StoredTable table, ScanSpec scan, BufferAllocator allocator) {
        List<String> names = table.definition().primaryKey();
        if (names.isEmpty() || !scan.filter().dropRejected()) {
            return null;
        }
        List<Object> constants = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (String name : names) {
            DataType type = table.schema().type(table.schema().indexOf(name).orElseThrow());
            Object constant = constant(name, scan);
            if (constant == null || !holds(type, constant)) {
                return null;
            }
            constants.add(constant);
            fields.add(new Field(name, type));
        }
        try (BatchBuilder row = new BatchBuilder(new Schema(fields), allocator, 1)) {
            for (int c = 0; c < fields.size(); c++) {
                append(row.column(c), ((AtomicType) fields.get(c).type()).kind(), constants.get(c));
            }
            row.endRow();
            return row.finish();
        }
    }

    private static @Nullable Object constant(String column, ScanSpec scan) {
        for (ScanFilter.Comparison comparison : scan.filter().comparisons()) {
            if (comparison.operator() == ScanFilter.Operator.EQUAL
                    && scan.columns().get(comparison.column()) instanceof ScanColumn.Physical physical
                    && physical.path().equals(List.of(column))) {
                return comparison.constant();
            }
        }
        return null;
    }

    /** Whether a column of the type can be equal to the constant, and is then stored as the constant would be. */
    private static boolean holds(DataType type, Object constant) {
        if (!(type instanceof AtomicType atomic)) {
            return false;
        }
        return switch (atomic.kind()) {
            case TINYINT -> constant instanceof Long number && number == number.byteValue();
            case SMALLINT -> constant instanceof Long number && number == number.shortValue();
            case INT -> constant instanceof Long number && number == number.intValue();
            case BIGINT -> constant instanceof Long;
            case VARCHAR -> constant instanceof String;
            case BOOLEAN -> constant instanceof Boolean;
            default -> false;
        };
    }

    private static void append(ColumnBuilder column, TypeKind kind, Object constant) {
        if (constant instanceof String text) {
            column.appendText(text);
        } else if (constant instanceof Boolean truth) {
            column.appendBoolean(truth);
        } else if (constant instanceof Long number) {
            switch (kind) {
                case TINYINT -> column.appendByte(number.byteValue());
                case SMALLINT -> column.appendShort(number.shortValue());
                case INT -> column.appendInt(number.intValue());
                default -> column.appendLong(number);
            }
        }
    }
}
