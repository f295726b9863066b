package io.sabot.parser.type;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.util.Litmus;

/** {@code MAP<k, v>}; keeps whether keys and values may be NULL. */
public final class MapTypeSpec extends SqlTypeNameSpec {
    private final SqlDataTypeSpec key;
    private final SqlDataTypeSpec value;

    /** Called by the grammar. */
    public MapTypeSpec(SqlDataTypeSpec key, SqlDataTypeSpec value, SqlParserPos pos) {
        super(new SqlIdentifier("MAP", pos), pos);
        this.key = key;
        this.value = value;
    }

    /** The type of the keys. */
    public SqlDataTypeSpec key() {
        return key;
    }

    /** The type of the values. */
    public SqlDataTypeSpec value() {
        return value;
    }

    @Override
    public RelDataType deriveType(SqlValidator validator) {
        return validator
                .getTypeFactory()
                .createMapType(NestedTypes.derive(key, validator), NestedTypes.derive(value, validator));
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        NestedTypes.unparseList("MAP", List.of(key, value), NestedTypes::unparse, writer);
    }

    @Override
    public boolean equalsDeep(SqlTypeNameSpec node, Litmus litmus) {
        if (!(node instanceof MapTypeSpec that)
                || !NestedTypes.sameNullability(key, that.key)
                || !NestedTypes.sameNullability(value, that.value)) {
            return litmus.fail("{} != {}", this, node);
        }
        return key.equalsDeep(that.key, litmus) && value.equalsDeep(that.value, litmus);
    }
}
