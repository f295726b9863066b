package io.sabot.planner.function;

import java.util.List;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/** Every function of the dialect, family by family, and the ones that the planner knows by name. */
public final class SabotFunctions {
    /** Processing time of the row; a time column of the processing domain. */
    public static final SqlFunction PROCTIME = Signatures.clock("PROCTIME", Signatures.INSTANT, SqlSyntax.FUNCTION);

    /** Watermark in front of the row. */
    public static final SqlFunction CURRENT_WATERMARK = Signatures.scalar(
            "CURRENT_WATERMARK",
            ReturnTypes.ARG0.andThen(SqlTypeTransforms.FORCE_NULLABLE),
            Signatures.family(SqlTypeFamily.TIMESTAMP));

    /** Any value as a text that is JSON. */
    public static final SqlFunction JSON_STRING = Signatures.scalar("JSON_STRING", Signatures.STRING, OperandTypes.ANY);

    /** One of so many buckets (first argument) for each value of the others; equal values have the same for ever. */
    public static final SqlFunction BUCKET =
            Signatures.scalar("$BUCKET", ReturnTypes.explicit(SqlTypeName.INTEGER), OperandTypes.VARIADIC);

    /** The families in the order of the reference. */
    static final List<List<FunctionDefinition>> FAMILIES = List.of(
            ConditionalFunctions.ALL,
            MathFunctions.ALL,
            TextFunctions.ALL,
            CodeFunctions.ALL,
            TimeFunctions.ALL,
            CollectionFunctions.ALL,
            JsonFunctions.ALL,
            AggregateFunctions.ALL,
            RowFunctions.ALL);

    private SabotFunctions() {}
}
