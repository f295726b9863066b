package io.sabot.planner.function;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.text.SqlSpans;
import io.sabot.planner.plan.CalciteTypes;
import io.sabot.planner.plan.ExpressionPlace;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlJsonQueryFunction;
import org.apache.calcite.sql.fun.SqlJsonValueFunction;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.jspecify.annotations.Nullable;

/** From calls of the syntax tree to expressions: as Calcite does it, but for the operators that are our own. */
public final class CallConversion implements SqlRexConvertletTable {
    /** The one table. */
    public static final CallConversion INSTANCE = new CallConversion();

    private static final Set<String> JSON_MAKERS = Set.of("JSON_STRING", "JSON_OBJECT", "JSON_ARRAY");

    private static final Set<SqlOperator> EXTREMES = Set.of(SqlLibraryOperators.GREATEST, SqlLibraryOperators.LEAST);

    private CallConversion() {}

    @Override
    public @Nullable SqlRexConvertlet get(SqlCall call) {
        if (call.getOperator().equals(JsonOperators.VALUE)) {
            return (context, value) -> untyped(context, value, SqlJsonValueFunction.removeTypeSpecOperands(value));
        }
        if (call.getOperator().equals(JsonOperators.QUERY)) {
            return CallConversion::query;
        }
        if (call.getOperator() instanceof CastOperator cast) {
            boolean safe = cast.equals(CastOperator.TRY_CAST);
            SqlOperator calcites = safe ? SqlLibraryOperators.TRY_CAST : SqlStdOperatorTable.CAST;
            return (context, casted) -> cast(context, casted, calcites, safe);
        }
        if (call.getKind() == SqlKind.ITEM) {
            return CallConversion::item;
        }
        if (EXTREMES.contains(call.getOperator())) {
            return CallConversion::extreme;
        }
        SqlRexConvertlet standard = StandardConvertletTable.INSTANCE.get(call);
        boolean rounds = call.getKind() == SqlKind.FLOOR || call.getKind() == SqlKind.CEIL;
        if (standard != null && rounds && call.operandCount() == 1) {
            return (context, rounding) -> rounded(context, rounding, standard);
        }
        return standard == null ? null : (context, converted) -> placed(context, converted, standard);
    }

    /** As comparisons, which Calcite makes of it, would say nothing of NaN: numbers that may be it keep the call. */
    private static RexNode extreme(SqlRexContext context, SqlCall call) {
        StandardConvertletTable standard = StandardConvertletTable.INSTANCE;
        RelDataType type = context.getValidator().getValidatedNodeType(call);
        if (!SqlTypeUtil.isApproximateNumeric(type)) {
            return placed(context, call, Objects.requireNonNull(standard.get(call)));
        }
        RexNode converted = standard.convertFunction(context, (SqlFunction) call.getOperator(), call);
        return ExpressionPlace.placed(converted, context.getRexBuilder(), call.getParserPosition());
    }

    private static RexNode placed(SqlRexContext context, SqlCall call, SqlRexConvertlet standard) {
        RexNode converted = standard.convertCall(context, call);
        RelDataType key = converted.getType().getKeyType();
        if (key != null && key.getSqlTypeName() == SqlTypeName.NULL) {
            throw SabotException.of(ErrorCode.DATATYPE_MISMATCH, "the keys of a MAP cannot all be NULL")
                    .at(SqlSpans.of(call))
                    .why("nothing tells their type")
                    .hint("write CAST(NULL AS type)");
        }
        if (JSON_MAKERS.contains(call.getOperator().getName()) && converted instanceof RexCall made) {
            made.getOperands().forEach(operand -> checkJson(operand.getType(), call));
        }
        return ExpressionPlace.placed(converted, context.getRexBuilder(), call.getParserPosition());
    }

    private static void checkJson(RelDataType type, SqlCall call) {
        RelDataType key = type.getKeyType();
        if (key != null && !SqlTypeUtil.inCharFamily(key)) {
            throw SabotException.of(
                            ErrorCode.DATATYPE_MISMATCH,
                            call.getOperator().getName() + " does not take "
                                    + CalciteTypes.toCatalog(type)
                                            .withNullable(true)
                                            .name())
                    .at(SqlSpans.of(call))
                    .why("keys of JSON are texts")
                    .hint("CAST the map to one with keys of type STRING");
        }
    }

    private static RexNode cast(SqlRexContext context, SqlCall call, SqlOperator calcites, boolean safe) {
        RelDataType type = context.getValidator().getValidatedNodeType(call);
        if (SqlUtil.isNullLiteral(call.operand(0), false)) {
            return context.getRexBuilder().makeNullLiteral(type);
        }
        RelDataType from = context.getValidator().getValidatedNodeType(call.operand(0));
        if (isNested(from) || isNested(type)) {
            RexNode value = context.convertExpression(call.operand(0));
            return context.getRexBuilder().makeAbstractCast(call.getParserPosition(), type, value, safe);
        }
        SqlCall same = calcites.createCall(call.getParserPosition(), call.getOperandList());
        RexNode converted = Objects.requireNonNull(StandardConvertletTable.INSTANCE.get(same))
                .convertCall(context, call);
        return safe && !converted.getType().isNullable() // Calcite's loses it for literals
                ? context.getRexBuilder().makeAbstractCast(call.getParserPosition(), type, converted, true)
                : ExpressionPlace.placed(converted, context.getRexBuilder(), call.getParserPosition());
    }

    /** {@code row['field']} and {@code row[1]} are fields, whose names and numbers are known here. */
    private static RexNode item(SqlRexContext context, SqlCall call) {
        RelDataType row = context.getValidator().getValidatedNodeType(call.operand(0));
        if (!row.isStruct()) {
            return placed(context, call, Objects.requireNonNull(StandardConvertletTable.INSTANCE.get(call)));
        }
        RexNode value = context.convertExpression(call.operand(0));
        SqlLiteral field = call.operand(1);
        int index = field instanceof SqlNumericLiteral number
                ? number.intValue(true) - 1
                : row.getFieldNames().indexOf(field.getValueAs(String.class));
        RexNode converted = context.getRexBuilder().makeFieldAccess(value, index);
        return context.getRexBuilder().ensureType(context.getValidator().getValidatedNodeType(call), converted, true);
    }

    private static RexNode query(SqlRexContext context, SqlCall call) {
        RelDataType type = context.getValidator().getValidatedNodeType(call);
        RelDataType element = type.getComponentType();
        if (element != null && !SqlTypeUtil.inCharFamily(element)) {
            throw SabotException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "JSON_QUERY returns texts and arrays of texts")
                    .at(SqlSpans.of(call))
                    .hint("write RETURNING ARRAY<STRING> and CAST the result");
        }
        return untyped(context, call, SqlJsonQueryFunction.removeTypeSpecOperands(call));
    }

    private static RexNode rounded(SqlRexContext context, SqlCall call, SqlRexConvertlet standard) {
        if (SqlTypeUtil.isInterval(context.getValidator().getValidatedNodeType(call.operand(0)))) {
            throw SabotException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            call.getOperator().getName() + " of an interval is not supported")
                    .at(SqlSpans.of(call))
                    .hint("take its parts by EXTRACT");
        }
        return placed(context, call, standard);
    }

    private static boolean isNested(RelDataType type) {
        return type.isStruct() || type.getComponentType() != null || type.getKeyType() != null;
    }

    /** The type that is asked for is the type of the call and not an operand. */
    private static RexNode untyped(SqlRexContext context, SqlCall call, List<SqlNode> operands) {
        List<RexNode> converted =
                operands.stream().map(context::convertExpression).toList();
        RelDataType type = context.getValidator().getValidatedNodeType(call);
        return context.getRexBuilder().makeCall(call.getParserPosition(), type, call.getOperator(), converted);
    }
}
