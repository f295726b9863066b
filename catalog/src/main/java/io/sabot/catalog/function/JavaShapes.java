package io.sabot.catalog.function;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.MultisetType;
import io.sabot.catalog.type.RowType;

/** Whether nested values of one type can stand for those of another: lengths, precisions and NULLs do not matter. */
final class JavaShapes {
    private JavaShapes() {}

    static boolean alike(DataType a, DataType b) {
        if (a instanceof AtomicType x && b instanceof AtomicType y) {
            return x.kind() == y.kind() || (x.kind().isText() && y.kind().isText());
        }
        if (a instanceof ArrayType x && b instanceof ArrayType y) {
            return alike(x.element(), y.element());
        }
        if (a instanceof MapType x && b instanceof MapType y) {
            return alike(x.key(), y.key()) && alike(x.value(), y.value());
        }
        if (a instanceof MultisetType x && b instanceof MultisetType y) {
            return alike(x.element(), y.element());
        }
        if (!(a instanceof RowType x) || !(b instanceof RowType y)) {
            return false;
        }
        boolean same = x.fields().size() == y.fields().size();
        for (int i = 0; same && i < x.fields().size(); i++) {
            same = alike(x.fields().get(i).type(), y.fields().get(i).type());
        }
        return same;
    }
}
