package io.sabot.parser.type;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.util.Litmus;

/** {@code INTERVAL YEAR TO MONTH} and its kin as the type of a column or of an element. */
public final class IntervalTypeSpec extends SqlTypeNameSpec {
    private final SqlIntervalQualifier qualifier;

    /** Called by the grammar. */
    public IntervalTypeSpec(SqlIntervalQualifier qualifier, SqlParserPos pos) {
        super(new SqlIdentifier(qualifier.typeName().getName(), pos), pos);
        this.qualifier = qualifier;
    }

    @Override
    public RelDataType deriveType(SqlValidator validator) {
        return validator.getTypeFactory().createSqlIntervalType(qualifier);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
        writer.keyword("INTERVAL");
        writer.getDialect().unparseSqlIntervalQualifier(writer, qualifier, RelDataTypeSystem.DEFAULT);
    }

    @Override
    public boolean equalsDeep(SqlTypeNameSpec node, Litmus litmus) {
        return node instanceof IntervalTypeSpec that
                ? qualifier.equalsDeep(that.qualifier, litmus)
                : litmus.fail("{} != {}", this, node);
    }
}
