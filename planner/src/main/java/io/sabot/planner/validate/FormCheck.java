package io.sabot.planner.validate;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.text.SqlSpans;
import io.sabot.parser.type.CollectionTypeSpec;
import io.sabot.parser.type.MapTypeSpec;
import io.sabot.parser.type.RowTypeSpec;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Refuses by name what the grammar has and nothing behind it knows: recursive queries, samples, queries that make
 * collections, times with a zone of their own. Whatever the validator would let pass in silence is stopped here.
 */
final class FormCheck extends SqlBasicVisitor<@Nullable Void> {
    private static final Map<SqlKind, Refusal> REFUSED = Map.of(
            SqlKind.TABLESAMPLE,
            new Refusal("TABLESAMPLE is not supported", "WHERE RAND() < 0.1 takes about a tenth"),
            SqlKind.WITHIN_DISTINCT,
            new Refusal("WITHIN DISTINCT is not supported", "aggregate over a sub-query of SELECT DISTINCT"),
            SqlKind.ARRAY_QUERY_CONSTRUCTOR,
            new Refusal("ARRAY(query) is not supported", "write (SELECT ARRAY_AGG(x) FROM …)"),
            SqlKind.MULTISET_QUERY_CONSTRUCTOR,
            new Refusal("MULTISET(query) is not supported", "write (SELECT COLLECT(x) FROM …)"),
            SqlKind.MAP_QUERY_CONSTRUCTOR,
            new Refusal(
                    "MAP(query) is not supported", "write (SELECT MAP_FROM_ARRAYS(ARRAY_AGG(k), ARRAY_AGG(v)) FROM …)"),
            SqlKind.MULTISET_VALUE_CONSTRUCTOR,
            new Refusal("MULTISET[…] is not supported", "write ARRAY[…], or COLLECT(x) over rows"),
            SqlKind.NEXT_VALUE,
            new Refusal("sequences are not supported", "UUID() makes keys"),
            SqlKind.CURRENT_VALUE,
            new Refusal("sequences are not supported", "UUID() makes keys"));

    private record Refusal(String what, String hint) {
        SabotException at(SqlNode node) {
            return SabotException.of(ErrorCode.FEATURE_NOT_SUPPORTED, what)
                    .at(SqlSpans.of(node))
                    .hint(hint);
        }
    }

    private FormCheck() {}

    static void check(SqlNode query) {
        query.accept(new FormCheck());
        CallForm.check(query);
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        Refusal refusal = REFUSED.get(call.getKind());
        if (refusal != null) {
            throw refusal.at(call);
        }
        if (call instanceof SqlWithItem item && item.recursive.booleanValue()) {
            throw new Refusal(
                            "WITH RECURSIVE is not supported",
                            "leave RECURSIVE out if no query of the WITH reads itself")
                    .at(item.name);
        }
        switch (call.getKind()) {
            case WITHIN_GROUP -> withinGroup(call);
            case OVER -> over(call);
            case ROW -> row(call);
            default -> {}
        }
        return super.visit(call);
    }

    private static void withinGroup(SqlCall call) {
        if (call.operand(0) instanceof SqlCall function && function.getKind() != SqlKind.JSON_ARRAYAGG) {
            boolean percentile = function.getOperator().getName().startsWith("PERCENTILE");
            String hint = percentile
                    ? "write PERCENTILE(x, fraction)"
                    : "leave it out: the function gives values in their order of arrival";
            throw new Refusal("WITHIN GROUP is not supported", hint).at(call);
        }
    }

    private static void over(SqlCall call) {
        if (call.operand(0).getKind() == SqlKind.FILTER) {
            throw new Refusal(
                            "FILTER together with OVER is not supported",
                            "put the condition into the argument: SUM(CASE WHEN condition THEN x END) OVER (…)")
                    .at(call);
        }
    }

    private static void row(SqlCall call) {
        for (SqlNode value : call.getOperandList()) {
            if (value.getKind() == SqlKind.DEFAULT) {
                throw new Refusal(
                                "DEFAULT is not supported",
                                "write NULL, or leave the column out: INSERT INTO t (columns) VALUES …")
                        .at(value);
            }
        }
    }

    @Override
    public @Nullable Void visit(SqlLiteral literal) {
        if (literal instanceof SqlUnknownLiteral unknown && unknown.tag.endsWith("WITH TIME ZONE")) {
            throw zoned(literal);
        }
        return null;
    }

    @Override
    public @Nullable Void visit(SqlDataTypeSpec type) {
        if (type.toString().toUpperCase(Locale.ROOT).contains("WITH TIME ZONE")) {
            throw zoned(type);
        }
        SqlTypeNameSpec spec = type.getTypeNameSpec();
        if (spec instanceof CollectionTypeSpec collection) {
            visit(collection.element());
        } else if (spec instanceof MapTypeSpec map) {
            visit(map.key());
            visit(map.value());
        } else if (spec instanceof RowTypeSpec row) {
            row.fields().forEach(field -> visit(field.type()));
        }
        if (spec instanceof SqlBasicTypeNameSpec basic) {
            if (basic.getCharSetName() != null) {
                throw new Refusal("CHARACTER SET is not supported", "leave it out: texts are Unicode").at(type);
            }
            if (basic.getTypeName().getSimple().equals(SqlTypeName.ANY.getName())) {
                throw SabotException.of(ErrorCode.UNDEFINED_OBJECT, "type 'ANY' does not exist")
                        .at(SqlSpans.of(type));
            }
        }
        TypeForm.check(type);
        return super.visit(type);
    }

    private static SabotException zoned(SqlNode node) {
        return SabotException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "types WITH TIME ZONE are not supported")
                .at(SqlSpans.of(node))
                .why("values do not keep a zone of their own")
                .hint("TIMESTAMP_LTZ is a point in time, shown in the zone of the session");
    }
}
