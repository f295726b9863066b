package io.sabot.parser.type;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.util.Litmus;

/** {@code ARRAY<t>} or {@code MULTISET<t>}; keeps whether the elements may be NULL. */
public final class CollectionTypeSpec extends SqlTypeNameSpec {
    private final SqlTypeName kind;
    private final SqlDataTypeSpec element;

    /**
     * Called by the grammar.
     *
     * @param kind ARRAY or MULTISET
     */
    public CollectionTypeSpec(SqlTypeName kind, SqlDataTypeSpec element, SqlParserPos pos) {
        super(new SqlIdentifier(kind.name(), pos), pos);
        this.kind = kind;
        this.element = element;
    }

    /** The type of the elements, with its nullability. */
    public SqlDataTypeSpec element() {
        return element;
    }

    @Override
    public RelDataType deriveType(SqlValidator validator) {
        RelDataTypeFactory factory = validator.getTypeFactory();
        RelDataType elementType = NestedTypes.derive(element, validator);
        return kind == SqlTypeName.ARRAY
                ? factory.createArrayType(elementType, -1)
                : factory.createMultisetType(elementType, -1);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        writer.keyword(kind.name());
        SqlWriter.Frame frame = writer.startList(SqlWriter.FrameTypeEnum.SIMPLE, "<", ">");
        NestedTypes.unparse(element, writer);
        writer.endList(frame);
    }

    @Override
    public boolean equalsDeep(SqlTypeNameSpec node, Litmus litmus) {
        if (!(node instanceof CollectionTypeSpec that)
                || kind != that.kind
                || !NestedTypes.sameNullability(element, that.element)) {
            return litmus.fail("{} != {}", this, node);
        }
        return element.equalsDeep(that.element, litmus);
    }
}
