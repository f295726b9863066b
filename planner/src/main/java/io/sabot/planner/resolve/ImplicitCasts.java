package io.sabot.planner.resolve;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.MultisetType;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.TypeKind;

/** Which values a column takes without CAST: those that lose nothing, and texts of another length. */
final class ImplicitCasts {
    private ImplicitCasts() {}

    static boolean allows(DataType from, DataType to) {
        if (from.sameIgnoringNull(to)) {
            return true;
        }
        if (from instanceof AtomicType source && to instanceof AtomicType target) {
            return allows(source.kind(), target.kind());
        }
        if (from instanceof AtomicType source) {
            return source.kind() == TypeKind.NULL;
        }
        if (from instanceof ArrayType source && to instanceof ArrayType target) {
            return allows(source.element(), target.element());
        }
        if (from instanceof MultisetType source && to instanceof MultisetType target) {
            return allows(source.element(), target.element());
        }
        if (from instanceof MapType source && to instanceof MapType target) {
            return allows(source.key(), target.key()) && allows(source.value(), target.value());
        }
        return from instanceof RowType source && to instanceof RowType target && allowsRow(source, target);
    }

    private static boolean allowsRow(RowType from, RowType to) {
        if (from.fields().size() != to.fields().size()) {
            return false;
        }
        for (int i = 0; i < from.fields().size(); i++) {
            if (!allows(from.fields().get(i).type(), to.fields().get(i).type())) {
                return false;
            }
        }
        return true;
    }

    private static boolean allows(TypeKind from, TypeKind to) {
        if (from == to || from == TypeKind.NULL) {
            return true;
        }
        if (from.isNumeric() && to.isNumeric()) {
            return width(from) <= width(to);
        }
        return (from.isText() && to.isText())
                || (from.isBinary() && to.isBinary())
                || (from.isTimestamp() && to.isTimestamp())
                || (from == TypeKind.DATE && to.isTimestamp());
    }

    /** Numbers in the order in which each takes all before it. */
    private static int width(TypeKind kind) {
        return switch (kind) {
            case TINYINT -> 1;
            case SMALLINT -> 2;
            case INT -> 3;
            case BIGINT -> 4;
            case DECIMAL -> 5;
            case FLOAT -> 6;
            case DOUBLE -> 7;
            default -> 0;
        };
    }
}
