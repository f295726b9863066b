package io.sabot.parser.type;

import java.util.List;
import java.util.function.BiConsumer;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.validate.SqlValidator;

/** What the types inside other types share: nullable unless NOT NULL is written, and written with it. */
final class NestedTypes {
    private NestedTypes() {}

    static RelDataType derive(SqlDataTypeSpec type, SqlValidator validator) {
        return type.deriveType(validator, true);
    }

    static void unparse(SqlDataTypeSpec type, SqlWriter writer) {
        type.unparse(writer, 0, 0);
        if (Boolean.FALSE.equals(type.getNullable())) {
            writer.keyword("NOT NULL");
        }
    }

    static boolean sameNullability(SqlDataTypeSpec left, SqlDataTypeSpec right) {
        return Boolean.FALSE.equals(left.getNullable()) == Boolean.FALSE.equals(right.getNullable());
    }

    /** Writes {@code NAME<item, …>} without blanks at the angle brackets. */
    static <T> void unparseList(String name, List<T> items, BiConsumer<T, SqlWriter> item, SqlWriter writer) {
        writer.keyword(name);
        bracket("<", writer);
        SqlWriter.Frame frame = writer.startList("", "");
        for (T each : items) {
            writer.sep(",");
            item.accept(each, writer);
        }
        writer.endList(frame);
        bracket(">", writer);
        writer.setNeedWhitespace(true);
    }

    private static void bracket(String sign, SqlWriter writer) {
        writer.setNeedWhitespace(false);
        writer.print(sign);
        writer.setNeedWhitespace(false);
    }
}
