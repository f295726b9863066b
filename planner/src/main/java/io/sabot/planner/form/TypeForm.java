package io.sabot.planner.form;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.text.SqlSpans;
import io.sabot.parser.type.CollectionTypeSpec;
import io.sabot.parser.type.MapTypeSpec;
import io.sabot.parser.type.RowTypeSpec;
import java.util.Locale;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.type.SqlTypeName;

/** Refuses types that nothing can be of: with a zone, a character set, digits or lengths out of range. */
final class TypeForm {
    private static final int DECIMAL_DIGITS = 38;
    private static final int TIME_DIGITS = 9;

    private TypeForm() {}

    static void check(SqlDataTypeSpec type) {
        if (type.toString().toUpperCase(Locale.ROOT).contains("WITH TIME ZONE")) {
            throw zoned(type);
        }
        SqlTypeNameSpec spec = type.getTypeNameSpec();
        if (spec instanceof CollectionTypeSpec collection) {
            check(collection.element());
        } else if (spec instanceof MapTypeSpec map) {
            check(map.key());
            check(map.value());
        } else if (spec instanceof RowTypeSpec row) {
            row.fields().forEach(field -> check(field.type()));
        } else if (spec instanceof SqlBasicTypeNameSpec basic) {
            checkBasic(type, basic);
            checkRange(type, basic);
        }
    }

    static SabotException zoned(SqlNode node) {
        return SabotException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "types WITH TIME ZONE are not supported")
                .at(SqlSpans.of(node))
                .why("values do not keep a zone of their own")
                .hint("TIMESTAMP_LTZ is a point in time, shown in the zone of the session");
    }

    private static void checkBasic(SqlDataTypeSpec type, SqlBasicTypeNameSpec basic) {
        if (basic.getCharSetName() != null) {
            throw SabotException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "CHARACTER SET is not supported")
                    .at(SqlSpans.of(type))
                    .hint("leave it out: texts are Unicode");
        }
        if (basic.getTypeName().getSimple().equals(SqlTypeName.ANY.getName())) {
            throw SabotException.of(ErrorCode.UNDEFINED_OBJECT, "type 'ANY' does not exist")
                    .at(SqlSpans.of(type));
        }
    }

    private static void checkRange(SqlDataTypeSpec type, SqlBasicTypeNameSpec basic) {
        int precision = basic.getPrecision();
        SqlTypeName name = SqlTypeName.get(basic.getTypeName().getSimple());
        if (name == null || precision < 0) {
            return;
        }
        switch (name) {
            case DECIMAL -> {
                if (precision < 1 || precision > DECIMAL_DIGITS) {
                    throw refused(type, "a DECIMAL has 1 to " + DECIMAL_DIGITS + " digits, not " + precision);
                }
                if (basic.getScale() > precision) {
                    throw refused(
                            type,
                            "a DECIMAL of " + precision + " digits cannot have " + basic.getScale()
                                    + " of them behind the point");
                }
            }
            case TIME, TIMESTAMP, TIME_WITH_LOCAL_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> {
                if (precision > TIME_DIGITS) {
                    throw refused(type, "times have 0 to " + TIME_DIGITS + " digits of a second, not " + precision);
                }
            }
            case CHAR, VARCHAR, BINARY, VARBINARY -> {
                if (precision < 1) {
                    throw refused(type, name + " has a length of at least 1");
                }
            }
            default -> {}
        }
    }

    private static SabotException refused(SqlDataTypeSpec type, String what) {
        return SabotException.of(ErrorCode.INVALID_DEFINITION, what).at(SqlSpans.of(type));
    }
}
