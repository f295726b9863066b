package io.sabot.parser.type;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.util.Litmus;

/**
 * {@code ROW<name type, …>}.
 *
 * <p>The derived type has {@link StructKind#PEEK_FIELDS_NO_EXPAND}: a field is reached as {@code column.field}, and
 * {@code *} does not spread it. Calcite's own spec gives FULLY_QUALIFIED, with which {@code column.field} is not found.
 * Fields keep their NOT NULL here; Calcite's type factories lose it when the row itself is made nullable, unless they
 * override {@code createTypeWithNullability} for rows.
 */
public final class RowTypeSpec extends SqlTypeNameSpec {
    private final List<Field> fields;

    /**
     * One field.
     *
     * @param comment empty when there is none
     */
    public record Field(SqlIdentifier name, SqlDataTypeSpec type, String comment) {}

    /** Called by the grammar. */
    public RowTypeSpec(List<Field> fields, SqlParserPos pos) {
        super(new SqlIdentifier("ROW", pos), pos);
        this.fields = List.copyOf(fields);
    }

    /** The fields in the order written. */
    public List<Field> fields() {
        return fields;
    }

    @Override
    public RelDataType deriveType(SqlValidator validator) {
        List<RelDataType> types = fields.stream()
                .map(field -> NestedTypes.derive(field.type(), validator))
                .toList();
        List<String> names =
                fields.stream().map(field -> field.name().getSimple()).toList();
        return validator.getTypeFactory().createStructType(StructKind.PEEK_FIELDS_NO_EXPAND, types, names);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        NestedTypes.unparseList("ROW", fields, RowTypeSpec::unparse, writer);
    }

    private static void unparse(Field field, SqlWriter writer) {
        field.name().unparse(writer, 0, 0);
        NestedTypes.unparse(field.type(), writer);
        if (!field.comment().isEmpty()) {
            SqlLiteral.createCharString(field.comment(), SqlParserPos.ZERO).unparse(writer, 0, 0);
        }
    }

    @Override
    public boolean equalsDeep(SqlTypeNameSpec node, Litmus litmus) {
        if (!(node instanceof RowTypeSpec that) || fields.size() != that.fields.size()) {
            return litmus.fail("{} != {}", this, node);
        }
        for (int i = 0; i < fields.size(); i++) {
            Field mine = fields.get(i);
            Field other = that.fields.get(i);
            if (!mine.comment().equals(other.comment())
                    || !NestedTypes.sameNullability(mine.type(), other.type())
                    || !mine.name().equalsDeep(other.name(), litmus)
                    || !mine.type().equalsDeep(other.type(), litmus)) {
                return litmus.fail("{} != {}", this, node);
            }
        }
        return litmus.succeed();
    }
}
