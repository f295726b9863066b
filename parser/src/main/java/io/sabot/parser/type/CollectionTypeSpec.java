package io.sabot.parser.type;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCollectionTypeNameSpec;
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

    /** The same type with {@code t ARRAY} turned into {@code ARRAY<t>}, whose elements may be NULL. Called by the grammar. */
    public static SqlDataTypeSpec withoutPostfix(SqlDataTypeSpec type) {
        return type.getTypeNameSpec() instanceof SqlCollectionTypeNameSpec postfix
                ? new SqlDataTypeSpec(ofPostfix(postfix), type.getParserPosition())
                : type;
    }

    private static CollectionTypeSpec ofPostfix(SqlCollectionTypeNameSpec postfix) {
        SqlTypeNameSpec inner = postfix.getElementTypeName();
        SqlTypeNameSpec element = inner instanceof SqlCollectionTypeNameSpec nested ? ofPostfix(nested) : inner;
        SqlTypeName kind = SqlTypeName.valueOf(postfix.getTypeName().getSimple());
        SqlDataTypeSpec elementType = new SqlDataTypeSpec(element, inner.getParserPos()).withNullable(true);
        return new CollectionTypeSpec(kind, elementType, postfix.getParserPos());
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
        NestedTypes.unparseList(kind.name(), List.of(element), NestedTypes::unparse, writer);
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
