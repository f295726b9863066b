package io.sabot.connectors.json;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.TypeKind;
import io.sabot.connectors.record.Wanted;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Storage;
import io.sabot.executor.connector.ScanFilter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A column that the scanner fills. */
final class Leaf {
    final int column;
    final TypeKind kind;
    final int precision;
    final int scale;
    final long unitsPerMilli;
    final boolean required;
    /** Whether it is wanted also in rows that fail the filter. */
    final boolean needed;

    final ColumnTest[] tests;
    private @Nullable ColumnBuilder target;

    Leaf(Wanted wanted, ScanFilter filter) {
        AtomicType type = (AtomicType) wanted.type();
        this.column = wanted.column();
        this.kind = type.kind();
        this.precision = type.precision();
        this.scale = type.scale();
        this.unitsPerMilli = Storage.unitsPerMilli(type.precision());
        this.required = wanted.required();
        this.needed = filter.needed().contains(column);
        this.tests = filter.comparisons().stream()
                .filter(comparison -> comparison.column() == column && fits(kind, comparison.constant()))
                .map(ColumnTest::new)
                .toArray(ColumnTest[]::new);
    }

    /** Whether the scanner can make the comparison; it leaves others to the operator behind the scan. */
    private static boolean fits(TypeKind kind, Object constant) {
        return (kind.isInteger() && constant instanceof Long)
                || (kind.isText() && constant instanceof String)
                || (kind == TypeKind.BOOLEAN && constant instanceof Boolean);
    }

    /** Whether the scanner can fill columns of this type. */
    static boolean isScannable(Wanted wanted) {
        return wanted.type() instanceof AtomicType type
                && !type.kind().isBinary()
                && type.kind() != TypeKind.NULL
                && type.kind() != TypeKind.INTERVAL_DAY_TIME
                && type.kind() != TypeKind.INTERVAL_YEAR_MONTH;
    }

    void bind(ColumnBuilder builder) {
        target = builder;
    }

    ColumnBuilder target() {
        return Objects.requireNonNull(target);
    }

    boolean passes(long value) {
        for (ColumnTest test : tests) {
            if (!test.holds(value)) {
                return false;
            }
        }
        return true;
    }

    boolean passes(long address, int length) {
        for (ColumnTest test : tests) {
            if (!test.holds(address, length)) {
                return false;
            }
        }
        return true;
    }
}
